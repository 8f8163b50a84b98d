namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>The table that links a file's ordinals to messages.</summary>
internal static class LinkRows
{
    public static void Insert(DatabaseConnection database, long file, long ordinal, long message) =>
        database.Execute("INSERT INTO links (file, ordinal, message) VALUES (?1, ?2, ?3)", file, ordinal, message);

    public static void Copy(DatabaseConnection database, long from, long to) => database.Execute(
        "INSERT INTO links (file, ordinal, message) SELECT ?2, ordinal, message FROM links WHERE file = ?1", from, to);

    /// <summary>Takes a file's messages back: its links go, and with them the messages that no other file links.</summary>
    public static void Release(WriteTransaction transaction, long file)
    {
        var database = transaction.Database;
        ContinuationRows.Delete(database, file);
        MarkRows.Delete(database, file);
        ParticipantRows.Delete(database, file);
        var linked = Distinct(database, file);
        if (linked.Count == 0)
            return;
        database.Execute("DELETE FROM links WHERE file = ?1", file);

        var deleted = new List<long>(linked.Count);
        var conversations = new HashSet<long>();
        foreach (var message in linked)
        {
            if (MessageRows.DeleteUnlinked(transaction, message) is not { } conversation)
                continue;
            deleted.Add(message);
            conversations.Add(conversation);
        }

        if (deleted.Count == 0)
            return;
        ConversationRows.DeleteEmpty(database, conversations);
        var left = transaction.State.Messages - deleted.Count;
        transaction.State = transaction.State with { Messages = left, Model = left == 0 ? null : transaction.State.Model };
        transaction.VectorChanges.Add(new([.. deleted], default));
        transaction.Erased = true;
    }

    /// <summary>The messages of an upload, one for each label: in the order of its files, then of their messages.</summary>
    public static long[] OfUpload(DatabaseConnection database, long upload)
    {
        using var rows = database.Query(
            "SELECT l.message FROM files f JOIN links l ON l.file = f.id WHERE f.upload = ?1 ORDER BY f.position, l.ordinal", upload);
        return ReadAll(rows).ToArray();
    }

    private static List<long> Distinct(DatabaseConnection database, long file)
    {
        using var rows = database.Query("SELECT DISTINCT message FROM links WHERE file = ?1 ORDER BY message", file);
        return ReadAll(rows);
    }

    private static List<long> ReadAll(Rows rows)
    {
        var messages = new List<long>();
        while (rows.Read())
            messages.Add(rows.Integer(0));
        return messages;
    }
}
