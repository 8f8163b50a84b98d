using System.Diagnostics;
using System.Text;
using RabbitMQ.Client;

namespace ChatAnalysis.Cluster.RabbitMq.Calls;

/// <summary>Carries a trace across the broker: the W3C traceparent in a message's headers.</summary>
internal static class CallTrace
{
    private const string Header = "traceparent";

    /// <summary>Writes the present trace, where there is one, into a message's headers.</summary>
    public static void Inject(BasicProperties properties)
    {
        if (Activity.Current?.Id is { } id)
            (properties.Headers ??= new Dictionary<string, object?>())[Header] = id;
    }

    /// <summary>The trace in a message's headers.</summary>
    public static string? Extract(IReadOnlyBasicProperties properties) =>
        properties.Headers?.TryGetValue(Header, out var value) == true && value is byte[] bytes ? Encoding.ASCII.GetString(bytes) : null;
}
