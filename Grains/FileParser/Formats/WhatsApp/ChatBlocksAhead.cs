using System.Runtime.ExceptionServices;

namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>Reads a chat's blocks on several cores, some ahead of the one that is at hand, and gives them in their order.</summary>
/// <param name="blocks">The blocks.</param>
/// <param name="reader">What reads a block.</param>
/// <param name="workers">How many are read at once.</param>
internal sealed class ChatBlocksAhead(ChatBlocks blocks, ChatBlockReader reader, int workers)
{
    private readonly Queue<Work> _ahead = [];
    private readonly int _depth = workers > 1 ? 2 * workers : 1;
    private ChatBlock? _current;
    private bool _ended;

    /// <summary>The next block, read; null after the last. It is valid until the next call.</summary>
    public ChatBlock? Next()
    {
        if (_current is { } done)
            blocks.Return(done);
        _current = null;
        while (!_ended && _ahead.Count < _depth)
            Begin();
        if (!_ahead.TryDequeue(out var next))
            return null;

        // Whoever waits for a block does what nobody else has begun.
        if (!next.TryDo())
            while (!next.IsDone && _ahead.Any(other => other.TryDo()))
            {
                // Until it is there, or nothing is left to do.
            }

        return _current = next.Wait();
    }

    private void Begin()
    {
        if (blocks.Next() is not { } block)
        {
            _ended = true;
            return;
        }

        var work = new Work(block, reader);
        _ahead.Enqueue(work);
        if (workers > 1)
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
    }

    /// <summary>A block to be read, by whoever comes first.</summary>
    private sealed class Work(ChatBlock block, ChatBlockReader reader) : IThreadPoolWorkItem
    {
        private readonly object _gate = new();
        private int _begun;
        private volatile bool _isDone;
        private ExceptionDispatchInfo? _failure;

        public bool IsDone => _isDone;

        public void Execute() => TryDo();

        public bool TryDo()
        {
            if (Interlocked.Exchange(ref _begun, 1) != 0)
                return false;
            try
            {
                reader.Read(block);
            }
#pragma warning disable CA1031 // Whoever waits for the block gets it.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _failure = ExceptionDispatchInfo.Capture(exception);
            }

            lock (_gate)
            {
                _isDone = true;
                Monitor.Pulse(_gate);
            }

            return true;
        }

        public ChatBlock Wait()
        {
            lock (_gate)
                while (!_isDone)
                    Monitor.Wait(_gate);
            _failure?.Throw();
            return block;
        }
    }
}
