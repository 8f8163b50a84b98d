using ChatAnalysis.Grains.FileParser.Archives;
using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.Interfaces;
using Microsoft.Extensions.Logging;

namespace ChatAnalysis.Grains.FileParser;

/// <summary>Takes one file through: claim, survey, read, embed, add, report.</summary>
/// <remarks>One instance works on any number of files at once, and keeps nothing of them.</remarks>
/// <param name="index">The owner.</param>
/// <param name="embedding">Makes the vectors.</param>
/// <param name="storage">Where uploaded files lie.</param>
/// <param name="options">How files are read.</param>
/// <param name="time">The clock by which claims are renewed.</param>
/// <param name="logger">Told what became of each file.</param>
public sealed partial class FileParserGrain(
    IVectorIndexGrain index,
    IEmbeddingGrain embedding,
    StorageOptions storage,
    ParsingOptions options,
    TimeProvider time,
    ILogger<FileParserGrain> logger) : IFileParserGrain
{
    // A stopping program waits no longer than this to be rid of its files.
    private static readonly TimeSpan HandBackPatience = TimeSpan.FromSeconds(5);

    private readonly FirstSteps _firstSteps = new();

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The embedding's model is not the index's.</exception>
    public async Task<FileJobOutcome> ParseAsync(FileJob job, CancellationToken cancellationToken)
    {
        using var firstSteps = await _firstSteps.BeginAsync(job.Suspect || job.HolderGone, cancellationToken);
        var claim = await index.ClaimFileAsync(job, Guid.NewGuid().ToString("N"), cancellationToken);
        if (claim.Outcome != FileClaimOutcome.Granted)
            return FileJobOutcome.NotNeeded;

        await using var keeper = new ClaimKeeper(index, claim, time, logger, cancellationToken);
        try
        {
            var outcome = await ParseAsync(claim, firstSteps, keeper);
            if (outcome == FileJobOutcome.Superseded)
                LogSuperseded(job.FileId);
            return outcome;
        }
        catch (OperationCanceledException) when (keeper.Lost && !cancellationToken.IsCancellationRequested)
        {
            LogSuperseded(job.FileId);
            return FileJobOutcome.Superseded;
        }
        catch when (cancellationToken.IsCancellationRequested && !keeper.Lost)
        {
            if (await TryHandBackAsync(claim.Key!))
                return FileJobOutcome.HandedBack;
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<FileInspection> InspectAsync(FileInspectionRequest request, CancellationToken cancellationToken) =>
        new FileInspecting(storage, options, time).InspectAsync(request, cancellationToken);

    /// <summary>Gives a file back because this parser is stopped: another goes on at once, and it is no try. Else its lease has to run out.</summary>
    private async Task<bool> TryHandBackAsync(FileClaimKey claim)
    {
        try
        {
            using var patience = new CancellationTokenSource(HandBackPatience, time);
            if (!await index.HandBackFileAsync(claim, patience.Token).WaitAsync(patience.Token))
                return false;
            LogStopped(claim.FileId);
            return true;
        }
#pragma warning disable CA1031 // Whatever went wrong, the stop goes on, and the owner takes the file back when its lease has run out.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogNotHandedBack(failure, claim.FileId);
            return false;
        }
    }

    /// <summary>Works on a file that was granted.</summary>
    private async Task<FileJobOutcome> ParseAsync(FileClaim claim, IDisposable firstSteps, ClaimKeeper keeper)
    {
        var key = claim.Key!;
        var stored = Path.Combine(storage.UploadDirectory, claim.File!.StoredAs);
        FileBytes bytes;
        try
        {
            bytes = new FileBytes(stored, keeper.Work);
        }
        catch (IOException missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return await FailAsync(key, new FileError(FileErrorKind.Unreadable, "the stored file is gone"), keeper.Work);
        }

        using (bytes)
        {
            // Reading a file blocks, on Linux even where it is called asynchronous: the caller is not made to wait for it.
            using var spool = new Spool(Path.GetDirectoryName(stored), keeper.Work);
            var file = new ChatFile([new UploadFile(bytes, claim.File.Size, claim.File.Name)], options, claim.Reading) { Spool = spool };
            var survey = await Task.Run(file.Survey, keeper.Work);
            if (survey.Error is { } error)
                return await FailAsync(key, error, keeper.Work);
            if (!await keeper.ExpectAsync(survey.Report!.Messages))
                return FileJobOutcome.Superseded;

            using var batches = new MessageBatcher(ChatFile.Read(survey, claim.NextOrdinal), options);
            var added = await AddAllAsync(key, batches, firstSteps, keeper.Work);
            if (added == FileJobOutcome.HandedBack)
            {
                LogHandedBack(key.FileId);
                return await index.HandBackFileAsync(key, keeper.Work) ? added : FileJobOutcome.Superseded;
            }

            if (added != FileJobOutcome.Completed || !await index.FinishFileAsync(key, survey.Report, keeper.Work))
                return FileJobOutcome.Superseded;
            LogRead(key.FileId, survey.Report.Format, survey.Report.Messages, survey.Report.Conversations);
            return FileJobOutcome.Completed;
        }
    }

    /// <summary>Embeds several batches at once and adds them one after another, in order, until the turn is over: one at least.</summary>
    private async Task<FileJobOutcome> AddAllAsync(
        FileClaimKey claim, MessageBatcher batches, IDisposable firstSteps, CancellationToken work)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(work);
        var embedder = new MessageEmbedding(index, embedding, claim);
        var inFlight = new Queue<Task<MessageBatch>>();
        try
        {
            var began = time.GetTimestamp();
            var (more, turnIsOver) = (true, false);
            while (true)
            {
                while (more && !turnIsOver && inFlight.Count < options.BatchesInFlight)
                {
                    var next = await Task.Run(batches.Next, work);
                    more = next.Count > 0;
                    if (more)
                        inFlight.Enqueue(embedder.EmbedAsync(next, ending.Token));
                }

                if (!inFlight.TryPeek(out var embedded))
                    return more ? FileJobOutcome.HandedBack : FileJobOutcome.Completed;
                var batch = await embedded;
                _ = inFlight.Dequeue();
                if (!await AddAsync(embedder, batch, work))
                    return FileJobOutcome.Superseded;
                firstSteps.Dispose();
                turnIsOver = time.GetElapsedTime(began) >= options.Turn;
            }
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(inFlight).ContinueWith(
                _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>Adds a batch; all of it is embedded where the index has changed since it was asked what it needs.</summary>
    private async Task<bool> AddAsync(MessageEmbedding embedder, MessageBatch batch, CancellationToken cancellationToken) =>
        await index.AddMessagesAsync(batch, cancellationToken) switch
        {
            AddOutcome.Added => true,
            AddOutcome.Superseded => false,
            AddOutcome.VectorsMissing when batch.Embedded is not null =>
                await AddAsync(embedder, await embedder.EmbedAllAsync(batch.Messages, cancellationToken), cancellationToken),
            _ => throw new InvalidOperationException($"The vectors are of {batch.Model}, which is not the index's model"),
        };

    private async Task<FileJobOutcome> FailAsync(FileClaimKey claim, FileError error, CancellationToken cancellationToken)
    {
        LogRefused(claim.FileId, error.Kind);
        return await index.FailFileAsync(claim, error, cancellationToken) ? FileJobOutcome.Completed : FileJobOutcome.Superseded;
    }

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "File {FileId} read as {Format}: {Messages} messages in {Conversations} conversations")]
    private partial void LogRead(long fileId, string format, long messages, int conversations);

    [LoggerMessage(Level = LogLevel.Information, Message = "File {FileId} refused: {Kind}; its report says where")]
    private partial void LogRefused(long fileId, FileErrorKind kind);

    [LoggerMessage(Level = LogLevel.Information, Message = "File {FileId} is handed back: its turn is over, the rest waits for the next")]
    private partial void LogHandedBack(long fileId);

    [LoggerMessage(Level = LogLevel.Information, Message = "File {FileId} is handed back: its parser is stopped")]
    private partial void LogStopped(long fileId);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "File {FileId} could not be handed back by its stopping parser; it is read on when its lease has run out")]
    private partial void LogNotHandedBack(Exception failure, long fileId);

    [LoggerMessage(Level = LogLevel.Information, Message = "File {FileId} is another parser's now")]
    private partial void LogSuperseded(long fileId);
}
