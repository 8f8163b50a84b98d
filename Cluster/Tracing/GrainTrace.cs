using System.Diagnostics;

namespace ChatAnalysis.Cluster.Tracing;

/// <summary>The spans of grain calls, the same by every engine: a span has a method's name and the kind of its fault, nothing else.</summary>
internal static class GrainTrace
{
    /// <summary>What a listener knows them by.</summary>
    public const string SourceName = "ChatAnalysis.Grains";

    private static readonly ActivitySource Source = new(SourceName);
    private static readonly AsyncLocal<string?> Caller = new();

    /// <summary>Begins the side of who calls into another process.</summary>
    public static Activity? BeginCall(string method) => Source.StartActivity(method, ActivityKind.Client);

    /// <summary>Says who, in another process, has asked for the next span that is begun here.</summary>
    /// <param name="traceParent">The caller's span, as a W3C traceparent; null where it has none.</param>
    public static void ComesFrom(string? traceParent) => Caller.Value = traceParent;

    /// <summary>Begins the side of who does the work.</summary>
    /// <param name="method">The grain and its method, such as <c>Embedding.Embed</c>.</param>
    /// <param name="traceParent">Who has asked for it, where the work itself says so.</param>
    public static Activity? Begin(string method, string? traceParent)
    {
        var caller = traceParent ?? Caller.Value;
        Caller.Value = null; // What is called in turn is this span's child.
        return Source.StartActivity(method, caller is null ? ActivityKind.Internal : ActivityKind.Server, caller);
    }

    /// <summary>Notes that the work failed: the kind of the fault alone, for its words may name files.</summary>
    public static void Fail(Activity? span, Exception fault) => span?.SetStatus(ActivityStatusCode.Error, fault.GetType().Name);
}
