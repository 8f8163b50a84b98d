using ChatAnalysis.Grains.VectorIndex.Storage;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Ties a snapshot to the database that it was made from.</summary>
/// <remarks>
/// Each snapshot has a token that the database knows before the file is there. So one of another database is told apart, and
/// one that is newer than a database restored from a backup, even where counts and change numbers happen to agree.
/// </remarks>
internal static class SnapshotStamp
{
    public static IndexSnapshotStamp Create(IndexState state, string token) =>
        new($"{state.Model!.Id}#{token}", state.LastChange, state.Messages);

    /// <summary>Why a snapshot does not belong to the database as it stands; null where it does.</summary>
    public static string? FindFault(IndexSnapshotStamp stamp, DatabaseConnection database, IndexState state)
    {
        var mark = stamp.Model.LastIndexOf('#');
        if (mark < 0 || stamp.Model[..mark] != state.Model!.Id.ToString())
            return "it is of another model";
        if (!SnapshotRows.IsKnown(database, stamp.Model[(mark + 1)..]))
            return "it was not made from this database";
        if (stamp.LastChange > state.LastChange)
            return "it is newer than the database";
        var kept = state.Messages - SnapshotRows.CountInsertedAfter(database, stamp.LastChange);
        var gone = SnapshotRows.CountDeletedAfter(database, stamp.LastChange);
        return kept + gone == stamp.Count ? null : $"it holds {stamp.Count} vectors where the database had {kept + gone}";
    }
}
