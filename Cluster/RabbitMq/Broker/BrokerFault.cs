using System.Threading.Channels;
using RabbitMQ.Client.Exceptions;

namespace ChatAnalysis.Cluster.RabbitMq.Broker;

/// <summary>Tells a broker that is away, or a channel that is gone, from other faults.</summary>
internal static class BrokerFault
{
    /// <summary>Whether the client throws this where the broker cannot be asked any more.</summary>
    public static bool IsBrokerFault(this Exception e) =>
        e is RabbitMQClientException or IOException or ObjectDisposedException or ChannelClosedException or TimeoutException;

    /// <summary>The same, or a wait that was ended.</summary>
    public static bool IsBrokerFaultOrEnd(this Exception e) => e is OperationCanceledException || e.IsBrokerFault();
}
