using ChatAnalysis.Grains;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex;
using ChatAnalysis.Silo.Hosting;

namespace ChatAnalysis.Silo.Composition;

/// <summary>Sees that this process has the same UPLOAD_DIR as the index's owner.</summary>
internal sealed class SharedUploads(IVectorIndexGrain index, StorageOptions storage, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits for the owner and compares.</summary>
    /// <exception cref="StartFailedException">The folders are two.</exception>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        var marker = (await StatusAsync(cancellationToken)).UploadsMarker;
        if (UploadsMarker.Read(storage.UploadDirectory) != marker)
        {
            throw new StartFailedException(
                $"UPLOAD_DIR is '{storage.UploadDirectory}', which is not the folder that the index's owner has: gateways and silos must "
                + "share one (a volume, NFS)");
        }
    }

    private async Task<IndexStatus> StatusAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await index.GetStatusAsync(cancellationToken);
            }
            catch (UnavailableException)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
