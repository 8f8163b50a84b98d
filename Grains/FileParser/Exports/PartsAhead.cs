using System.Runtime.ExceptionServices;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Exports;

/// <summary>Reads several parts at once, each into a queue of bounded length, and gives their messages in the parts' order.</summary>
internal sealed class PartsAhead : IDisposable
{
    private const int MessagesTogether = 256;
    private const int CharactersTogether = 64 * 1024;
    private const int CharactersAhead = 512 * 1024;

    // What is read ahead must not cost more than this, however short its texts are.
    private const int MessagesAhead = 4096;

    private readonly object _gate = new();
    private readonly IReadOnlyList<Func<CancellationToken, IEnumerable<ParsedMessage>>> _parts;
    private readonly int _workers;
    private readonly Dictionary<int, Ahead> _ahead = [];
    private readonly CancellationTokenSource _ended = new();
    private readonly List<Thread> _threads;
    private int _next;
    private int _current;

    /// <summary>Begins to read.</summary>
    /// <param name="parts">What gives the messages of each part.</param>
    /// <param name="workers">How many parts are read at once.</param>
    public PartsAhead(IReadOnlyList<Func<CancellationToken, IEnumerable<ParsedMessage>>> parts, int workers)
    {
        _parts = parts;
        _workers = Math.Min(workers, parts.Count);
        _threads = [.. Enumerable.Range(0, _workers).Select(_ => new Thread(Work) { IsBackground = true, Name = "Parsing" })];
        _threads.ForEach(thread => thread.Start());
    }

    /// <summary>The messages in order. Once.</summary>
    public IEnumerable<ParsedMessage> Read()
    {
        while (_current < _parts.Count)
        {
            while (Take() is { } messages)
                foreach (var message in messages)
                    yield return message;
        }
    }

    /// <summary>Ends the reading, and waits until nothing more is read.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _ended.Cancel();
            Monitor.PulseAll(_gate);
        }

        _threads.ForEach(thread => thread.Join());
        _ended.Dispose();
    }

    /// <summary>The next messages of the current part; null after its last, and then the next part is the current one.</summary>
    private List<ParsedMessage>? Take()
    {
        lock (_gate)
        {
            Ahead? part;
            while (!_ahead.TryGetValue(_current, out part) || (part.Messages.Count == 0 && !part.Ended))
                Monitor.Wait(_gate);
            Monitor.PulseAll(_gate);
            if (part.Messages.TryDequeue(out var messages))
            {
                part.Count -= messages.Count;
                part.Characters -= messages.Sum(message => (long)message.Text.Length);
                return messages;
            }

            part.Failure?.Throw();
            _ahead.Remove(_current++);
            return null;
        }
    }

    private void Work()
    {
        while (Begin() is { } begun)
        {
            var (index, part) = begun;
            ExceptionDispatchInfo? failure = null;
            try
            {
                Fill(part, _parts[index](_ended.Token));
            }
#pragma warning disable CA1031 // Whoever asks for the messages gets it, once the parts before were read.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }

            lock (_gate)
            {
                (part.Failure, part.Ended) = (failure, true);
                Monitor.PulseAll(_gate);
            }
        }
    }

    private (int Index, Ahead Part)? Begin()
    {
        lock (_gate)
        {
            while (!_ended.IsCancellationRequested && _next < _parts.Count && _next >= _current + _workers)
                Monitor.Wait(_gate);
            if (_ended.IsCancellationRequested || _next == _parts.Count)
                return null;
            return (_next, _ahead[_next++] = new Ahead());
        }
    }

    private void Fill(Ahead part, IEnumerable<ParsedMessage> messages)
    {
        var together = new List<ParsedMessage>();
        var characters = 0L;
        foreach (var message in messages)
        {
            together.Add(message);
            characters += message.Text.Length;
            if (together.Count < MessagesTogether && characters < CharactersTogether)
                continue;
            Offer(part, together, characters);
            (together, characters) = ([], 0);
        }

        if (together.Count > 0)
            Offer(part, together, characters);
    }

    private void Offer(Ahead part, List<ParsedMessage> messages, long characters)
    {
        lock (_gate)
        {
            while (!_ended.IsCancellationRequested && part.Messages.Count > 0
                && (part.Characters + characters > CharactersAhead || part.Count >= MessagesAhead))
            {
                Monitor.Wait(_gate);
            }

            _ended.Token.ThrowIfCancellationRequested();
            part.Messages.Enqueue(messages);
            part.Characters += characters;
            part.Count += messages.Count;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>What was read of a part and not asked for yet.</summary>
    private sealed class Ahead
    {
        public Queue<List<ParsedMessage>> Messages { get; } = [];

        public long Characters { get; set; }

        public int Count { get; set; }

        public bool Ended { get; set; }

        public ExceptionDispatchInfo? Failure { get; set; }
    }
}
