using ChatAnalysis.Grains.FileParser.Archives;
using ChatAnalysis.Grains.FileParser.Bytes;

namespace ChatAnalysis.Tests.FileParser.Archives;

public sealed class RewoundBytesTests
{
    private int _unpacked;
    private int _openedAnywhere;

    [Fact]
    public void Whatever_is_asked_for_in_whatever_order_is_what_stands_there()
    {
        var random = new Random(3);
        var content = ArchiveTests.RandomBytes(random, 300_000);
        using var bytes = Rewound(content);
        var at = 0L;
        for (var i = 0; i < 4000; i++)
        {
            at = random.Next(10) switch
            {
                0 => random.Next(content.Length + 100),
                1 => Math.Max(0, at - random.Next(9000)),
                _ => at,
            };
            var asked = new byte[random.Next(1, random.Next(1, 20_000))];
            var read = bytes.Read(asked, at);
            Assert.Equal(at < content.Length, read > 0);
            Assert.Equal(content.AsSpan((int)Math.Min(at, content.Length), read), asked.AsSpan(0, read));
            at += read;
        }
    }

    [Fact]
    public void A_look_back_over_the_edge_of_a_readers_window_unpacks_nothing_again()
    {
        var content = ArchiveTests.RandomBytes(new Random(3), 1 << 20);
        using var bytes = Rewound(content);
        var window = new byte[256 * 1024];
        for (var at = 0; at < content.Length; at += window.Length)
        {
            Assert.Equal(window.Length, bytes.Read(window, at));
            var back = new byte[200];
            for (var from = Math.Max(0, at - 100); from < at + 100;)
                from += bytes.Read(back.AsSpan(0, at + 100 - from), from);
        }

        Assert.Equal(1, _unpacked);
    }

    [Fact]
    public void Who_goes_back_often_reads_from_where_any_byte_can_be_read()
    {
        var content = ArchiveTests.RandomBytes(new Random(3), 4 << 20);
        using var bytes = Rewound(content);
        var some = new byte[10];
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(10, bytes.Read(some, content.Length - 10));
            Assert.Equal(10, bytes.Read(some, 0));
            Assert.Equal(content[..10], some);
        }

        Assert.Equal(1, _openedAnywhere);
        Assert.InRange(_unpacked, 2, 10);
    }

    [Fact]
    public void What_cannot_be_opened_anywhere_is_damaged_wherever_it_is_read_then()
    {
        var content = new byte[40 << 20];
        using var bytes = new RewoundBytes(() => new FrontToBack(content), () => throw new InvalidDataException("no room"));
        var some = new byte[10];
        Assert.Equal(10, bytes.Read(some, content.Length - 10));
        foreach (var offset in (long[])[0, content.Length - 10, content.Length, 7])
            Assert.Equal("no room", Assert.Throws<InvalidDataException>(() => bytes.Read(some, offset)).Message);
    }

    private RewoundBytes Rewound(byte[] content) => new(
        () =>
        {
            _unpacked++;
            return new FrontToBack(content);
        },
        () =>
        {
            _openedAnywhere++;
            return new ChoppedBytes(content);
        });

    private sealed class FrontToBack(byte[] content) : IByteSource
    {
        private readonly ChoppedBytes _bytes = new(content);
        private long _position;

        public int Read(Span<byte> destination, long offset)
        {
            Assert.Equal(_position, offset);
            var read = _bytes.Read(destination, offset);
            _position += read;
            return read;
        }
    }
}
