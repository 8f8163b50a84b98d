namespace ChatAnalysis.Grains.Embedding.Queue;

/// <summary>
/// The one queue of an engine. All requests put their texts here, so that batches are filled across requests; a text that is
/// wanted twice, at once or lately, is run once. Runners take batches out.
/// </summary>
/// <param name="maxTokens">Tokens of the longest text.</param>
/// <param name="batchTokens">Tokens of a batch at most, padding included.</param>
/// <param name="runners">How many take batches at once.</param>
/// <param name="cacheSize">Vectors that are kept.</param>
internal sealed class TextQueue(int maxTokens, int batchTokens, int runners, int cacheSize)
{
    // Smaller runs cost more a token than they spread the work.
    private const int LeastShare = 128;

    // After so many batches for people who wait, one of the bulk is due.
    private const int MostInteractiveInARow = 8;

    private readonly object _gate = new();
    private readonly Dictionary<int[], QueuedText> _texts = new(new TokenComparer());
    private readonly LengthBuckets _interactive = new(maxTokens), _bulk = new(maxTokens);
    private readonly RecentTexts? _recent = cacheSize > 0 ? new RecentTexts(cacheSize) : null;
    private long _sequence, _batchesRun, _textsRun, _tokensRun, _paddingRun;
    private int _interactiveInARow;
    private bool _closed;

    public QueueCounters Counters
    {
        get
        {
            lock (_gate)
                return new QueueCounters(_batchesRun, _textsRun, _tokensRun, _paddingRun, _texts.Count);
        }
    }

    /// <summary>Puts texts in. Those whose vectors are known are delivered at once.</summary>
    /// <exception cref="ObjectDisposedException">The queue is closed.</exception>
    public void Add(RequestPart part, TokenizedTexts tokens, bool isInteractive)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(EmbeddingGrain));
            var known = _texts.GetAlternateLookup<ReadOnlySpan<int>>();
            for (var row = 0; row < tokens.Count; row++)
            {
                if (!known.TryGetValue(tokens[row], out var text))
                {
                    text = new QueuedText(tokens[row].ToArray(), _sequence++);
                    _texts.Add(text.Tokens, text);
                    (isInteractive ? _interactive : _bulk).Add(text);
                }
                else if (text.Vector is { } vector)
                {
                    text.AskedForAgain = true;
                    part.Deliver(row, vector);
                    continue;
                }
                else if (isInteractive && text.Bucket == _bulk)
                {
                    _bulk.Forget(text);
                    _interactive.Add(text);
                }

                text.Waiters.Add((part, row));
                part.Awaited.Add(text);
            }

            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits for texts and takes a batch of about the same length.</summary>
    /// <param name="batch">Is emptied, and takes the texts.</param>
    /// <returns>False once the queue is closed.</returns>
    public bool Take(List<QueuedText> batch)
    {
        batch.Clear();
        lock (_gate)
        {
            while (!_closed && _interactive.Tokens + _bulk.Tokens == 0)
                Monitor.Wait(_gate);
            if (_closed)
                return false;

            var bulkIsDue = _interactiveInARow >= MostInteractiveInARow && _bulk.Tokens > 0;
            var source = _interactive.Tokens > 0 && !bulkIsDue ? _interactive : _bulk;
            _interactiveInARow = source == _interactive ? _interactiveInARow + 1 : 0;
            // What is left is shared evenly, so that no runner is idle while another has a long batch.
            var share = source.Tokens / runners;
            source.TakeBatch(batch, (int)Math.Clamp(share, Math.Min(LeastShare, batchTokens), batchTokens));
            Count(batch);
            return true;
        }
    }

    /// <summary>Hands a batch's vectors to all who wait for them.</summary>
    /// <param name="batch">What was taken.</param>
    /// <param name="vectors">[texts, dimension].</param>
    public void Complete(List<QueuedText> batch, ReadOnlySpan<float> vectors)
    {
        var dimension = vectors.Length / batch.Count;
        lock (_gate)
        {
            foreach (var text in batch)
            {
                var vector = vectors[..dimension];
                vectors = vectors[dimension..];
                foreach (var (part, row) in text.Waiters)
                    part.Deliver(row, vector);
                text.Waiters.Clear();
                if (_recent is null)
                {
                    _texts.Remove(text.Tokens);
                    continue;
                }

                text.Vector = vector.ToArray();
                if (_recent.Add(text) is { } dropped)
                    _texts.Remove(dropped.Tokens);
            }
        }
    }

    /// <summary>Tells all who wait for a batch that its run failed.</summary>
    public void Fail(List<QueuedText> batch, Exception reason)
    {
        lock (_gate)
        {
            foreach (var text in batch)
            {
                _texts.Remove(text.Tokens);
                foreach (var (part, _) in text.Waiters)
                    part.Fail(reason);
            }
        }
    }

    /// <summary>Ends the wait for a part. Its texts that nobody else wants, and that do not run yet, are dropped.</summary>
    public void Cancel(RequestPart part, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            part.Cancel(cancellationToken);
            foreach (var text in part.Awaited)
            {
                text.Waiters.RemoveAll(waiter => waiter.Part == part);
                if (text.Waiters.Count > 0 || text.Bucket is not { } bucket)
                    continue;
                bucket.Forget(text);
                _texts.Remove(text.Tokens);
            }
        }
    }

    /// <summary>Lets the runners go. Who still waits is told that the engine is gone.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var (part, _) in _texts.Values.SelectMany(text => text.Waiters))
                part.Fail(new ObjectDisposedException(nameof(EmbeddingGrain)));
            Monitor.PulseAll(_gate);
        }
    }

    private void Count(List<QueuedText> batch)
    {
        long tokens = 0, widest = 0;
        foreach (var text in batch)
        {
            tokens += text.Tokens.Length;
            widest = Math.Max(widest, text.Tokens.Length);
        }

        _batchesRun++;
        _textsRun += batch.Count;
        _tokensRun += tokens;
        _paddingRun += widest * batch.Count - tokens;
    }
}
