using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.Interfaces;
using static ChatAnalysis.Tests.FileParser.Archives.ArchiveTests;

namespace ChatAnalysis.Tests.FileParser.Archives;

public sealed class HostileArchiveTests
{
    private const string Chat = """{"messages":["one","two"]}""";

    [Theory]
    [InlineData("../chat.json", "climbs")]
    [InlineData("a/../../chat.json", "climbs")]
    [InlineData("a\\..\\chat.json", "climbs")]
    [InlineData("/etc/chat.json", "absolute")]
    [InlineData("\\\\server\\chat.json", "absolute")]
    [InlineData("C:\\chat.json", "drive")]
    [InlineData("c:/chat.json", "drive")]
    [InlineData("chat\0.json", "NUL")]
    public void A_name_that_no_honest_archive_has_is_refused(string name, string reason)
    {
        using var upload = new StoredUpload(new TestZip().With("fine.json", Chat).With(name, Chat).Bytes());
        var error = upload.Refusal();
        Assert.Contains(reason, error.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain('\0', error.Place!);
        if (name.Contains('\0'))
            return;
        using var tar = new StoredUpload(Tar((name, Chat)));
        Assert.Contains(reason, tar.Refusal().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_too_long_or_too_deep_is_refused_and_shown_cut()
    {
        using var longName = new StoredUpload(new TestZip().With(new string('x', 5000), Chat).Bytes());
        Assert.InRange(longName.Refusal().Place!.Length, 100, 200);
        using var deep = new StoredUpload(new TestZip().With(string.Concat(Enumerable.Repeat("a/", 100)) + "b", Chat).Bytes());
        Assert.Contains("folders", deep.Refusal().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Backslashes_of_Windows_are_folders_and_odd_characters_are_not_shown()
    {
        using var upload = new StoredUpload(new TestZip().With(".\\in\\a\u202Ebc\u0007.json", Chat).Bytes());
        Assert.Equal("in/a?bc?.json", upload.Survey().Parts[0].Part.Files[0].Path);
    }

    [Fact]
    public void Links_are_counted_and_never_followed()
    {
        using var zip = new StoredUpload(new TestZip().With("chat.json", Chat).WithLink("link.json", "/etc/passwd").Bytes());
        Assert.Equal(1, zip.Report().FilesIgnored["symbolic link"]);
        var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "l.json") { LinkName = "/etc/passwd" });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.Fifo, "fifo"));
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "chat.json") { DataStream = new MemoryStream(Bytes(Chat)) });
        }

        using var tar = new StoredUpload(stream.ToArray());
        Assert.Equal((1, 1), (tar.Report().FilesIgnored["symbolic link"], tar.Report().FilesIgnored["special file"]));
        Assert.Equal(["one", "two"], tar.Texts());
    }

    [Fact]
    public void A_name_that_occurs_twice_is_refused_unless_both_are_the_same()
    {
        using var same = new StoredUpload(new TestZip().With("chat.json", Chat).With("./chat.json", Chat).Bytes());
        Assert.Equal(2, same.Messages().Count);
        Assert.Equal(1, same.Report().FilesIgnored["the same file again"]);
        using var other = new StoredUpload(new TestZip().With("chat.json", Chat).With("chat.json", Chat.Replace("one", "ten")).Bytes());
        Assert.Equal(("chat.json", true), (other.Refusal().Place, other.Refusal().Detail.Contains("two files of this name")));
    }

    [Fact]
    public void An_encrypted_entry_is_refused_by_name_and_says_what_would_be_right()
    {
        var zip = new TestZip().With("in/chat.json", Chat).Bytes();
        Patch16(zip, Directory(zip) + 8, flags => flags | 1);
        using var upload = new StoredUpload(zip);
        Assert.Equal(
            new FileError(FileErrorKind.Damaged, "is encrypted: unpack the archive with its password and send it without", "in/chat.json"),
            upload.Refusal());
    }

    [Fact]
    public void A_compression_that_is_not_read_is_named()
    {
        var zip = new TestZip().With("chat.json", Chat).Bytes();
        Patch16(zip, Directory(zip) + 10, _ => 93);
        using var upload = new StoredUpload(zip);
        Assert.Contains("compressed by Zstandard", upload.Refusal().Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CompressionLevel.Optimal, 100)]
    [InlineData(CompressionLevel.NoCompression, 100)]
    [InlineData(CompressionLevel.Optimal, 200_000)]
    [InlineData(CompressionLevel.NoCompression, 200_000)]
    public void An_entry_of_another_checksum_or_length_is_refused(CompressionLevel level, int messages)
    {
        var zip = new TestZip().With("chat.json", TestParser.Prototype(messages), level).Bytes();
        var checksum = zip.ToArray();
        Patch16(checksum, Directory(zip) + 16, crc => crc ^ 1);
        using var wrong = new StoredUpload(checksum);
        Assert.Equal(("chat.json", true), (wrong.Refusal().Place, wrong.Refusal().Detail.Contains("checksum")));
        foreach (var by in (int[])[-1, 1])
        {
            var length = zip.ToArray();
            Patch16(length, Directory(zip) + 24, size => size + by);
            using var other = new StoredUpload(length);
            Assert.Equal(FileErrorKind.Damaged, other.Refusal().Kind);
            Assert.Equal("chat.json", other.Refusal().Place);
        }
    }

    [Fact]
    public void Entries_that_share_bytes_are_refused()
    {
        var zip = new TestZip().With("a.json", Chat).With("b.json", Chat).Bytes();
        var second = zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        zip.AsSpan(second + 42, 4).Clear();
        using var upload = new StoredUpload(zip);
        Assert.Contains("shares bytes", upload.Refusal().Detail, StringComparison.Ordinal);

        // Nor may an entry's own header make it reach into the next, where the directory shows nothing of it.
        var reaching = new TestZip().With("a.json", Chat).With("b.json", Chat).Bytes();
        Patch16(reaching, 28, _ => 20);
        using var other = new StoredUpload(reaching);
        Assert.Contains("shares bytes", other.Refusal().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_entries_are_refused_whatever_they_are()
    {
        var zip = new TestZip().With("chat.json", Chat).With("f/", "").With("inner.zip", new TestZip().With("a", "").With("b", "").Bytes());
        using var enough = new StoredUpload(zip.Bytes()) { Parsing = new ParsingOptions { MaxArchiveEntries = 5 } };
        Assert.Equal(2, enough.Messages().Count);
        using var tooMany = new StoredUpload(zip.Bytes()) { Parsing = new ParsingOptions { MaxArchiveEntries = 4 } };
        Assert.Contains("Parsing:MaxArchiveEntries", tooMany.Refusal().Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Archives_within_archives_are_opened_as_deep_as_is_set()
    {
        var zip = new TestZip().With("chat.json", Chat).Bytes();
        for (var i = 1; i < 3; i++)
            zip = new TestZip().With("more.zip", zip).Bytes();
        using var upload = new StoredUpload(zip);
        var error = upload.Refusal();
        Assert.Equal("more.zip/more.zip", error.Place);
        Assert.Contains("Parsing:MaxArchiveDepth", error.Detail, StringComparison.Ordinal);
        using var deeper = new StoredUpload(zip) { Parsing = new ParsingOptions { MaxArchiveDepth = 3 } };
        Assert.Equal(2, deeper.Messages().Count);
    }

    [Theory]
    [InlineData(OnDamage.Refuse)]
    [InlineData(OnDamage.Keep)]
    public void A_bomb_is_refused_by_what_comes_out_of_it(OnDamage onDamage)
    {
        var spaces = Bytes($$"""{"messages":["one"{{new string(' ', 40 << 20)}}]}""");
        foreach (var archive in (byte[][])[new TestZip().With("bomb.json", spaces).Bytes(), Gzipped(spaces)])
        {
            using var ratio = new StoredUpload(archive) { Parsing = new ParsingOptions { OnDamage = onDamage } };
            Assert.Contains("Parsing:MaxCompressionRatio", ratio.Refusal().Detail, StringComparison.Ordinal);
            using var total = new StoredUpload(archive)
            {
                Parsing = new ParsingOptions { OnDamage = onDamage, MaxCompressionRatio = 10_000, MaxUnpackedBytes = 30 << 20 },
            };
            Assert.Contains("Parsing:MaxUnpackedBytes", total.Refusal().Detail, StringComparison.Ordinal);
            using var allowed = new StoredUpload(archive) { Parsing = new ParsingOptions { MaxCompressionRatio = 10_000 } };
            Assert.Equal(["one"], allowed.Texts());
        }
    }

    [Fact]
    public void A_tar_that_claims_gigabytes_for_a_name_is_refused_before_they_are_reserved()
    {
        var tar = Tar(("chat.json", Chat));
        Bytes("17777777777\0").CopyTo(tar.AsSpan(124));
        Sum(tar.AsSpan(0, 512));
        Assert.Equal((byte)'x', tar[156]);
        using var upload = new StoredUpload(tar);
        var before = GC.GetTotalAllocatedBytes();
        Assert.Contains("an entry's name or attributes", upload.Refusal().Detail, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 256L << 20);
    }

    [Fact]
    public void Such_a_claim_is_seen_behind_an_entry_whose_attributes_give_its_size()
    {
        byte[] tar =
        [
            .. TarHeader('x', "14"), .. Bytes("12 size=512\n").Concat(new byte[500]),
            .. TarHeader('0', "0"), .. new byte[512],
            .. TarHeader('L', "16000000000"), .. new byte[1024],
        ];
        using var upload = new StoredUpload(tar);
        var before = GC.GetTotalAllocatedBytes();
        Assert.Contains("an entry's name or attributes", upload.Refusal().Detail, StringComparison.Ordinal);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 256L << 20);
    }

    [Fact]
    public void What_is_unpacked_twice_counts_once()
    {
        var random = new Random(1);
        var export = $$"""{"messages":["{{Convert.ToBase64String(RandomBytes(random, 600_000))}}"]}""";
        using var upload = new StoredUpload(new TestZip().With("a.json", export).Bytes())
        {
            Parsing = new ParsingOptions { MaxUnpackedBytes = export.Length + (200 << 10) },
        };
        Assert.Single(upload.Messages());
    }

    [Fact]
    public void An_archive_cut_anywhere_is_refused()
    {
        byte[][] archives =
        [
            new TestZip().With("a/chat.json", Chat).With("b.json", Chat, CompressionLevel.NoCompression).Bytes(),
            Gzipped(Bytes(TestParser.Prototype(40))),
        ];
        foreach (var archive in archives)
            for (var length = 1; length < archive.Length; length++)
            {
                using var upload = new StoredUpload(archive[..length]);
                Assert.NotNull(upload.Survey().Error);
            }
    }

    [Fact]
    public void However_an_archive_is_broken_it_is_read_whole_or_refused()
    {
        byte[][] archives =
        [
            new TestZip().With("a/chat.json", Chat).With("b.json", TestParser.Prototype(9), CompressionLevel.NoCompression)
                .With("c.zip", new TestZip().With("d.json", Chat).Bytes()).Bytes(),
            Gzipped(Tar(("chat.json", Chat), ("b.json", Chat))),
            Tar(("chat.json", Chat), ("b.json", Chat)),
        ];
        var random = new Random(7);
        for (var i = 0; i < 600; i++)
        {
            var archive = archives[i % archives.Length].ToArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                archive[random.Next(archive.Length)] = (byte)random.Next(256);
            using var upload = new StoredUpload(archive) { Parsing = new ParsingOptions { OnDamage = (OnDamage)(i % 2) } };
            var survey = upload.Survey();
            if (survey.Report is { } report)
                Assert.Equal(report.Messages, ChatFile.Read(survey, 0).Count());
            Assert.Empty(upload.LeftBehind);
        }
    }

    private static int Directory(byte[] zip) => zip.AsSpan().IndexOf("PK\u0001\u0002"u8);

    private static void Patch16(byte[] zip, int at, Func<int, int> change) => BinaryPrimitives.WriteUInt16LittleEndian(
        zip.AsSpan(at), (ushort)change(BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(at))));

    /// <summary>A header of the old kind.</summary>
    /// <param name="type">Of the entry.</param>
    /// <param name="size">What it claims for what follows, in octal digits.</param>
    private static byte[] TarHeader(char type, string size)
    {
        var header = new byte[512];
        Bytes("chat.json").CopyTo(header, 0);
        Bytes("0000644\0").CopyTo(header, 100);
        Bytes(size.PadLeft(11, '0')).CopyTo(header, 124);
        header[156] = (byte)type;
        Bytes("ustar\u000000").CopyTo(header, 257);
        Sum(header);
        return header;
    }

    private static void Sum(Span<byte> header)
    {
        var sum = 0;
        for (var i = 0; i < header.Length; i++)
            sum += i is >= 148 and < 156 ? ' ' : header[i];
        Bytes($"{Convert.ToString(sum, 8).PadLeft(6, '0')}\0 ").CopyTo(header[148..]);
    }
}
