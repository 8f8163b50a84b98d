using ChatAnalysis.Grains.FileParser.Reading;

namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>Reads a chat's blocks on several cores, some ahead of the one that is at hand, and gives them in their order.</summary>
/// <param name="blocks">The blocks.</param>
/// <param name="reader">What reads a block.</param>
/// <param name="workers">How many are read at once.</param>
internal sealed class ChatBlocksAhead(ChatBlocks blocks, ChatBlockReader reader, int workers)
{
    private const long MostBytesAhead = 4 * 1024 * 1024; // long messages are read one after the other

    private readonly Queue<(ChatBlock Block, WorkAhead Reading)> _ahead = [];
    private readonly int _depth = workers > 1 ? 2 * workers : 1;
    private long _bytesAhead;
    private ChatBlock? _current;
    private bool _ended;

    /// <summary>The next block, read; null after the last. It is valid until the next call.</summary>
    public ChatBlock? Next()
    {
        if (_current is { } done)
            blocks.Return(done);
        _current = null;
        while (!_ended && (_ahead.Count == 0 || (_ahead.Count < _depth && _bytesAhead < MostBytesAhead)))
            Begin();
        if (!_ahead.TryDequeue(out var next))
            return null;

        // Whoever waits for a block does what nobody else has begun.
        if (!next.Reading.TryDo())
            while (!next.Reading.IsDone && _ahead.Any(other => other.Reading.TryDo()))
            {
                // Until it is there, or nothing is left to do.
            }

        next.Reading.Wait();
        _bytesAhead -= next.Block.Length;
        return _current = next.Block;
    }

    private void Begin()
    {
        if (blocks.Next() is not { } block)
        {
            _ended = true;
            return;
        }

        var reading = new WorkAhead(() => reader.Read(block));
        _ahead.Enqueue((block, reading));
        _bytesAhead += block.Length;
        if (workers > 1)
            reading.Offer();
    }
}
