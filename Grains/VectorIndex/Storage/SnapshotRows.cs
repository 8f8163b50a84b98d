namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>What the database knows about snapshots, and what changed since one.</summary>
internal static class SnapshotRows
{
    /// <summary>Notes a snapshot that is about to be written.</summary>
    public static void Announce(DatabaseConnection database, string token) =>
        database.Execute("INSERT INTO snapshots (token) VALUES (?1)", token);

    /// <summary>Forgets all other snapshots, and the deletions that this one knows.</summary>
    public static void Confirm(DatabaseConnection database, string token, long lastChange)
    {
        database.Execute("DELETE FROM snapshots WHERE token <> ?1", token);
        database.Execute("DELETE FROM deletions WHERE change <= ?1", lastChange);
    }

    public static bool IsKnown(DatabaseConnection database, string token) =>
        database.Integer("SELECT 1 FROM snapshots WHERE token = ?1", token) is not null;

    public static long CountInsertedAfter(DatabaseConnection database, long change) =>
        database.Integer("SELECT count(*) FROM messages WHERE id > ?1", change)!.Value;

    /// <summary>How many messages that were there at a change have been deleted since.</summary>
    public static long CountDeletedAfter(DatabaseConnection database, long change) =>
        database.Integer("SELECT count(*) FROM deletions WHERE change > ?1 AND message <= ?1", change)!.Value;

    public static long[] DeletedAfter(DatabaseConnection database, long change)
    {
        using var rows = database.Query("SELECT message FROM deletions WHERE change > ?1 AND message <= ?1", change);
        var messages = new List<long>();
        while (rows.Read())
            messages.Add(rows.Integer(0));
        return [.. messages];
    }

    /// <summary>Messages inserted or updated after a change (all, after 0), with their vectors.</summary>
    public static Rows VectorsChangedAfter(DatabaseConnection database, long change) => database.Query(
        """
        SELECT message, vector FROM vectors WHERE message > ?1
        UNION ALL
        SELECT v.message, v.vector FROM messages m JOIN vectors v ON v.message = m.id
        WHERE m.change > ?1 AND m.change <> m.id AND m.id <= ?1
        """,
        change);
}
