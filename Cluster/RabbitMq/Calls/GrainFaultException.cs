namespace ChatAnalysis.Cluster.RabbitMq.Calls;

/// <summary>A grain in another process broke on a call; that process's log says more.</summary>
public sealed class GrainFaultException : Exception
{
    internal GrainFaultException(string method, string reason)
        : base($"{method} failed: {reason}")
    {
    }
}
