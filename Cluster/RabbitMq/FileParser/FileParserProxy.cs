using ChatAnalysis.Cluster.RabbitMq.Calls;
using ChatAnalysis.Cluster.RabbitMq.Presence;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.RabbitMq.FileParser;

/// <summary>The parsers of the cluster, whichever has time. Only asked what files hold: what is to be imported reaches them as jobs.</summary>
/// <param name="calls">Carries the calls.</param>
/// <param name="silos">Tells whether there is a parser.</param>
/// <param name="timeout">How long an inspection may take.</param>
/// <param name="patience">How long to wait for a parser where there is none.</param>
/// <param name="time">The clock.</param>
internal sealed class FileParserProxy(
    CallClient calls, SiloDirectory silos, TimeSpan timeout, TimeSpan patience, TimeProvider time) : IFileParserGrain
{
    private const int MaxTries = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: the owner's jobs reach parsers by their queue.</exception>
    public Task<FileJobOutcome> ParseAsync(FileJob job, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Files to be imported reach the parsers as jobs");

    /// <inheritdoc/>
    /// <exception cref="UnavailableException">No parser is there, or none had the time.</exception>
    public async Task<FileInspection> InspectAsync(FileInspectionRequest request, CancellationToken cancellationToken)
    {
        for (var tries = 1; tries <= MaxTries; tries++)
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var call = calls.CallAsync(
                FileParserMethods.Inspections.Name, FileParserMethods.Inspect, request, timeout, timeout, ending.Token);
            try
            {
                await WaitWhileServedAsync(call, cancellationToken);
                return await call;
            }
            catch (CallLostException)
            {
                // The file may have been the end of its parser, or only have been there.
            }
            finally
            {
                await ending.CancelAsync();
            }
        }

        return new FileInspection(null, new FileError(FileErrorKind.Abandoned, $"its parser died {MaxTries} times"), []);
    }

    /// <summary>Waits for a call's end, which may be long in coming, as long as somebody is there to work on it.</summary>
    private async Task WaitWhileServedAsync(Task call, CancellationToken cancellationToken)
    {
        var lastSeen = time.GetTimestamp();
        while (await Task.WhenAny(call, Task.Delay(Pause, time, cancellationToken)) != call && !cancellationToken.IsCancellationRequested)
        {
            if (silos.Has("parser"))
                lastSeen = time.GetTimestamp();
            else if (time.GetElapsedTime(lastSeen) > patience)
                throw new UnavailableException("no silo that reads files is there");
        }
    }
}
