namespace ChatAnalysis.Cluster.RabbitMq.Calls;

/// <summary>What came of one sending of a call.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Body">The answer as JSON.</param>
/// <param name="Reason">Why there is none.</param>
internal sealed record CallAnswer(AnswerKind Kind, byte[] Body, string Reason = "")
{
    /// <summary>No answer came.</summary>
    public static CallAnswer None(string reason) => new(AnswerKind.None, [], reason);
}
