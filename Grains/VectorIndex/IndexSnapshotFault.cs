namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Why a snapshot cannot be used.</summary>
internal enum IndexSnapshotFault
{
    /// <summary>There is no such file.</summary>
    Missing,

    /// <summary>The file cannot be opened or read.</summary>
    Unreadable,

    /// <summary>It does not end as a snapshot of this program does: cut short, or another program's file.</summary>
    NotASnapshot,

    /// <summary>It was written by another version of this program, in a format unknown here.</summary>
    OtherFormat,

    /// <summary>Its content is not what was written.</summary>
    Damaged,

    /// <summary>It holds another kind of index, or vectors of another length.</summary>
    OtherIndex,
}
