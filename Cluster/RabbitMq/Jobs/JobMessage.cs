using System.Globalization;
using System.Text.Json;
using ChatAnalysis.Cluster.RabbitMq.Calls;
using ChatAnalysis.Grains.Interfaces;
using RabbitMQ.Client;

namespace ChatAnalysis.Cluster.RabbitMq.Jobs;

/// <summary>A job as it stands in a queue.</summary>
/// <param name="Job">The job.</param>
/// <param name="Failures">How many times in a row a parser has ended on it with an exception.</param>
internal sealed record JobMessage(FileJob Job, int Failures)
{
    private const string FailuresHeader = "failures";

    /// <summary>Reads a message.</summary>
    public static JobMessage Read(IReadOnlyBasicProperties properties, ReadOnlySpan<byte> body) => new(
        JsonSerializer.Deserialize(body, GrainJson.Default.FileJob)!,
        properties.Headers?.TryGetValue(FailuresHeader, out var failures) == true && failures is int count ? count : 0);

    /// <summary>Puts it into a queue; answered once the broker has it on disk.</summary>
    public ValueTask PublishAsync(IChannel channel, string queue, TimeSpan? delay, CancellationToken cancellationToken)
    {
        var properties = new BasicProperties { Persistent = true, Headers = new Dictionary<string, object?> { [FailuresHeader] = Failures } };
        if (delay is { } wait)
            properties.Expiration = ((long)wait.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        var body = JsonSerializer.SerializeToUtf8Bytes(Job, GrainJson.Default.FileJob);
        return channel.BasicPublishAsync("", queue, mandatory: true, properties, body, cancellationToken);
    }
}
