using ChatAnalysis.Cluster.Load;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.InProcess;

/// <summary>A cluster of one: this process.</summary>
internal sealed class InProcessClusterDirectory(ProcessLoad process, IFileJobQueue files) : IClusterDirectory
{
    /// <inheritdoc/>
    public async Task<ClusterStatus> GetStatusAsync(CancellationToken cancellationToken) => new(
        [process.Read()], [new QueueStatus("files", await files.CountWaitingAsync(cancellationToken))], process.Name);
}
