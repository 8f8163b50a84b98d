namespace ChatAnalysis.Cluster.RabbitMq.Calls;

/// <summary>Whoever had begun with a call ended without an answer, and the call may be why: its caller decides whether to repeat it.</summary>
/// <param name="method">The method.</param>
internal sealed class CallLostException(string method) : Exception($"The process that worked on {method} ended without an answer");
