using System.Threading.Channels;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.Cluster;

/// <summary>A parser whose jobs end when the test says so.</summary>
internal sealed class ScriptedParser : IFileParserGrain
{
    private readonly Channel<Work> _begun = Channel.CreateUnbounded<Work>();
    private int _atOnce;

    public int MostAtOnce { get; private set; }

    public ValueTask<Work> NextAsync() => _begun.Reader.ReadAsync();

    public async Task<FileJobOutcome> ParseAsync(FileJob job, CancellationToken cancellationToken)
    {
        var work = new Work(job);
        lock (_begun)
            MostAtOnce = Math.Max(MostAtOnce, ++_atOnce);
        await _begun.Writer.WriteAsync(work, CancellationToken.None);
        try
        {
            return await work.End.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            work.Ended = true;
            lock (_begun)
                _atOnce--;
        }
    }

    public Task<FileInspection> InspectAsync(FileInspectionRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    internal sealed record Work(FileJob Job)
    {
        public TaskCompletionSource<FileJobOutcome> End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Ended { get; set; }
    }
}
