using System.Diagnostics.CodeAnalysis;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>What came of reading a snapshot: an index with its stamp, or why there is none.</summary>
/// <param name="Index">The index, owned by the caller.</param>
/// <param name="Stamp">What the snapshot says about itself.</param>
/// <param name="Fault">Why it cannot be used.</param>
/// <param name="Detail">The same in a sentence for the log.</param>
internal sealed record IndexSnapshotReading(
    SearchIndex? Index, IndexSnapshotStamp? Stamp, IndexSnapshotFault? Fault = null, string Detail = "")
{
    /// <summary>Whether there is an index.</summary>
    [MemberNotNullWhen(true, nameof(Index), nameof(Stamp))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool Usable => Index is not null && Stamp is not null;

    /// <summary>A snapshot that cannot be used.</summary>
    public static IndexSnapshotReading Unusable(IndexSnapshotFault fault, string detail) => new(null, null, fault, detail);
}
