namespace ChatAnalysis.Cluster.RabbitMq.Calls;

/// <summary>Stands for no arguments, or no answer but that it was done.</summary>
internal sealed record Nothing
{
    public static Nothing Value { get; } = new();
}
