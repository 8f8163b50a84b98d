using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser.Archives;

public sealed class PartsAheadTests
{
    private static readonly ConversationRef Conversation = new(0, "test", null, null);

    [Fact]
    public void Messages_come_in_the_parts_order_however_fast_each_is_read()
    {
        using var first = new ManualResetEventSlim();
        using var ahead = new PartsAhead([_ => Waiting(first), _ => Setting(first)], 2);
        Assert.Equal(["0", "1", "2", "3"], ahead.Read().Select(message => message.Text));

        static IEnumerable<ParsedMessage> Waiting(ManualResetEventSlim other)
        {
            other.Wait();
            yield return Message("0");
            yield return Message("1");
        }

        static IEnumerable<ParsedMessage> Setting(ManualResetEventSlim own)
        {
            yield return Message("2");
            yield return Message("3");
            own.Set();
        }
    }

    [Fact]
    public void What_is_read_ahead_is_bounded_in_parts_and_in_text()
    {
        var (begun, read) = (0, 0L);
        var parts = Enumerable.Range(0, 50).Select(_ => (Func<CancellationToken, IEnumerable<ParsedMessage>>)(_ => Endless())).ToList();
        using (var ahead = new PartsAhead(parts, 3))
        using (var messages = ahead.Read().GetEnumerator())
        {
            for (var i = 0; i < 10_000; i++)
                Assert.True(messages.MoveNext());
        }

        // Whatever the workers did meanwhile: three parts of 512 K characters each, and what was asked for.
        Assert.InRange(begun, 1, 3);
        Assert.InRange(read, 10_000, 10_000 + (3 * 700));

        IEnumerable<ParsedMessage> Endless()
        {
            Interlocked.Increment(ref begun);
            while (true)
            {
                Interlocked.Increment(ref read);
                yield return Message(new string('x', 1024));
            }
        }
    }

    [Fact]
    public void The_first_parts_failure_is_the_one_that_is_told()
    {
        using var second = new ManualResetEventSlim();
        using var ahead = new PartsAhead([_ => First(second), _ => Second(second)], 2);
        var seen = new List<string>();
        var failure = Assert.Throws<InvalidDataException>(() => seen.AddRange(ahead.Read().Select(message => message.Text)));
        Assert.Equal("first", failure.Message);

        static IEnumerable<ParsedMessage> First(ManualResetEventSlim other)
        {
            other.Wait();
            yield return Message("fine");
            throw new InvalidDataException("first");
        }

        static IEnumerable<ParsedMessage> Second(ManualResetEventSlim own)
        {
            own.Set();
            yield return Message("never seen");
            throw new InvalidDataException("second");
        }
    }

    [Fact]
    public void Who_asks_no_more_ends_the_reading()
    {
        var open = 0;
        var parts = Enumerable.Repeat<Func<CancellationToken, IEnumerable<ParsedMessage>>>(_ => Counted(), 9).ToList();
        using (var ahead = new PartsAhead(parts, 3))
        {
            using var messages = ahead.Read().GetEnumerator();
            Assert.True(messages.MoveNext());
        }

        Assert.Equal(0, open);

        IEnumerable<ParsedMessage> Counted()
        {
            Interlocked.Increment(ref open);
            try
            {
                while (true)
                    yield return Message("more");
            }
            finally
            {
                Interlocked.Decrement(ref open);
            }
        }
    }

    [Fact]
    public void Ordered_work_ends_with_the_first_that_ends_it_and_throws_the_first_failure()
    {
        var outcomes = OrderedWork.Do([.. Enumerable.Range(0, 100)], i => i, i => i is 30 or 60, 4);
        Assert.Equal(Enumerable.Range(0, 31), outcomes);
        var failure = Assert.Throws<InvalidDataException>(() => OrderedWork.Do<int, int>(
            [.. Enumerable.Range(0, 100)], i => i is 20 or 21 ? throw new InvalidDataException($"{i}") : i, _ => false, 4));
        Assert.Equal("20", failure.Message);
        var ended = OrderedWork.Do(
            [.. Enumerable.Range(0, 100)], i => i > 50 ? throw new InvalidDataException() : i, i => i == 10, 4);
        Assert.Equal(11, ended.Count);
    }

    [Fact]
    public void Paths_are_ordered_by_the_numbers_in_them()
    {
        string[] ordered = ["a/message_1", "a/message_02", "a/message_2", "a/message_10", "a/message_10b", "b", "b1", "ba"];
        Assert.Equal(ordered, ordered.Reverse().Order(NaturalOrder.Instance));
    }

    private static ParsedMessage Message(string text) => new(0, Conversation, null, null, null, null, text);
}
