using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>An upload as the database keeps it.</summary>
internal sealed record UploadRow(
    long Id,
    string UploadId,
    int Clusters,
    UploadState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt)
{
    public bool Ended => EndedAt is not null;
}
