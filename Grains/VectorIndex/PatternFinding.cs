using System.Collections.Concurrent;
using ChatAnalysis.Grains.Clustering;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex.Storage;
using Microsoft.Extensions.Logging;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Finds the patterns of uploads whose files have ended, and ends the uploads. Adds and searches go on meanwhile.</summary>
internal sealed partial class PatternFinding(
    VectorIndexOptions options,
    LiveIndex live,
    WriteQueue writes,
    ReadConnections reads,
    UploadEnding ending,
    ILogger<PatternFinding> logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<long, Lazy<Task>> _running = [];
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Begins with an upload, unless it has begun already.</summary>
    public void Begin(long upload)
    {
        if (!_stopping.IsCancellationRequested)
            _ = _running.GetOrAdd(upload, u => new Lazy<Task>(() => Task.Run(() => RunAsync(u)))).Value;
    }

    /// <summary>Breaks off; the next start begins again.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running.Values.Select(r => r.Value));
    }

    private async Task RunAsync(long upload)
    {
        try
        {
            await FindAsync(upload);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The next start begins again.
        }
        catch (Exception e)
        {
            // A full disk, say: the upload has not ended, and is begun with again by and by.
            LogNotEnded(e, upload);
        }
        finally
        {
            _running.TryRemove(upload, out _);
        }
    }

    private async Task FindAsync(long upload)
    {
        var (row, messages) = await reads.ReadAsync(
            database => (UploadRows.Find(database, upload), LinkRows.OfUpload(database, upload)), _stopping.Token);
        if (row is null or { Ended: true })
            return;
        var (labels, patterns) = await ClusterAsync(row, messages);
        await writes.RunAsync(transaction =>
        {
            if (UploadRows.Find(transaction.Database, upload) is not { Ended: false })
                return false;
            PatternRows.Insert(transaction.Database, upload, patterns);
            ending.End(transaction, upload, StateName.Succeeded, LabelBlob.Encode(labels));
            return true;
        });
    }

    private async Task<(int[] Labels, List<Pattern> Patterns)> ClusterAsync(UploadRow upload, long[] messages)
    {
        if (messages.Length == 0)
            return ([], []);
        try
        {
            var (vectors, dimension) = live.Copy(messages);
            var found = KMeans.Fit(vectors, dimension, new KMeansOptions { Clusters = upload.Clusters }, _stopping.Token);
            var patterns = await reads.ReadAsync(
                database => PatternExamples.Find(database, messages, vectors, found.Labels, found.Centres, dimension, options.Examples),
                _stopping.Token);
            return (found.Labels, patterns);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Trying again would fail again, and the messages are there: the upload ends, without patterns.
            LogNoPatterns(e, upload.UploadId);
            return ([], []);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "No patterns could be found in upload {Upload}")]
    private partial void LogNoPatterns(Exception exception, string upload);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Upload number {Upload} could not be ended; it will be tried again")]
    private partial void LogNotEnded(Exception exception, long upload);
}
