using ChatAnalysis.Cluster.Load;
using ChatAnalysis.Cluster.RabbitMq.Embedding;
using ChatAnalysis.Cluster.RabbitMq.Jobs;
using ChatAnalysis.Cluster.RabbitMq.VectorIndex;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.RabbitMq.Presence;

/// <summary>The cluster as this process has heard of it. While the broker is away it is what was heard before, growing old.</summary>
internal sealed class RabbitMqClusterDirectory(ProcessLoad process, SiloDirectory silos, QueueDepths queues) : IClusterDirectory
{
    /// <inheritdoc/>
    public async Task<ClusterStatus> GetStatusAsync(CancellationToken cancellationToken)
    {
        // Of silos that are gone too: what waits for them is worth seeing.
        var heard = silos.Silos;
        var models = heard.Select(silo => silo.Model).OfType<ModelId>().Distinct();
        string[] names =
        [
            FileJobQueues.Files, FileJobQueues.Delayed, VectorIndexMethods.Queue.Name, VectorIndexMethods.Waits.Name,
            .. models.SelectMany(model => new[] { EmbeddingMethods.QueueOf(model).Name, EmbeddingMethods.InteractiveQueueOf(model).Name }),
        ];

        // Of itself a process need not hear.
        var all = heard.Select(silo => silo.Silo).Where(silo => silo.Name != process.Name).Append(process.Read());
        return new ClusterStatus(
            [.. all.OrderBy(silo => silo.Name, StringComparer.Ordinal)], await queues.ReadAsync(names, cancellationToken), silos.Owner);
    }
}
