using System.Collections.Concurrent;
using System.Diagnostics;
using ChatAnalysis.Cluster.Tracing;

namespace ChatAnalysis.Tests.Cluster.Tracing;

/// <summary>A trace that a client begins, and what the program adds to it.</summary>
internal sealed class RecordedTrace : IDisposable
{
    private const string Requests = "Microsoft.AspNetCore";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ActivityTraceId _id = ActivityTraceId.CreateRandom();
    private readonly ActivitySpanId _client = ActivitySpanId.CreateRandom();
    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly ActivityListener _listener;

    public RecordedTrace()
    {
        // Other tests run beside this one: what they do is of other traces.
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Requests or GrainTrace.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceId == _id ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                if (span.TraceId == _id)
                    _spans.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The client's span, as the header of its request.</summary>
    public string TraceParent => $"00-{_id}-{_client}-01";

    /// <summary>Waits until spans of all these names have ended, and gives all that were recorded.</summary>
    public async Task<IReadOnlyList<Activity>> UntilAsync(params string[] names)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (names.Except(_spans.Select(span => span.OperationName)).Any())
            await Task.Delay(10, patience.Token);
        return [.. _spans];
    }

    /// <summary>The names from a span up to the client's, which is left out; empty where the way is broken.</summary>
    public IReadOnlyList<string> PathOf(string name)
    {
        var path = new List<string>();
        var spans = _spans.ToArray();
        for (var span = spans.First(s => s.OperationName == name); ; span = spans.First(s => s.SpanId == span.ParentSpanId))
        {
            path.Add($"{span.Kind} {span.OperationName}");
            if (span.ParentSpanId == _client)
                return path;
        }
    }

    public void Dispose() => _listener.Dispose();
}
