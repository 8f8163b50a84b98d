using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.Gateway;

/// <summary>A parser that reads no file: what is in it is said by the test.</summary>
internal sealed class FakeFileParserGrain : IFileParserGrain
{
    public List<FileInspectionRequest> Requests { get; } = [];

    /// <summary>What an inspection finds.</summary>
    public Func<FileInspectionRequest, CancellationToken, Task<FileInspection>> Inspect { get; set; } =
        (_, _) => Task.FromResult(new FileInspection(FakeVectorIndexGrain.OneMessage, null, []));

    public Task<FileInspection> InspectAsync(FileInspectionRequest request, CancellationToken cancellationToken)
    {
        lock (Requests)
            Requests.Add(request);
        return Inspect(request, cancellationToken);
    }

    public Task<FileJobOutcome> ParseAsync(FileJob job, CancellationToken cancellationToken) => throw new NotSupportedException();
}
