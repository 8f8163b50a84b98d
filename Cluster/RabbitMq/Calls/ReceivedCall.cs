namespace ChatAnalysis.Cluster.RabbitMq.Calls;

/// <summary>A call as it came.</summary>
/// <param name="Tag">The broker's number for it on this channel.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Body">What was sent, as JSON.</param>
/// <param name="ReplyTo">Where the answer goes.</param>
/// <param name="CorrelationId">What the caller knows the answer by.</param>
/// <param name="Timeout">How long the caller waits; zero where it did not say.</param>
/// <param name="TraceParent">The caller's trace.</param>
/// <param name="IsLost">Whether it is not to be begun: somebody had begun with it, and ended without an answer.</param>
internal sealed record ReceivedCall(
    ulong Tag, string Method, byte[] Body, string ReplyTo, string CorrelationId, TimeSpan Timeout, string? TraceParent, bool IsLost);
