using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>The table of conversations.</summary>
internal static class ConversationRows
{
    /// <summary>The row of a conversation that its id in the export identifies; made where there is none.</summary>
    public static long EnsureById(DatabaseConnection database, ConversationRef conversation) => database.Integer(
        """
        INSERT INTO conversations (platform, ordinal, export_id, title) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (platform, export_id) WHERE file IS NULL DO UPDATE SET title = coalesce(excluded.title, title) RETURNING id
        """,
        conversation.Platform, conversation.Ordinal, conversation.Id, conversation.Title)!.Value;

    /// <summary>The row of a conversation that its id in the export identifies.</summary>
    public static long? FindById(DatabaseConnection database, ConversationRef conversation) => database.Integer(
        "SELECT id FROM conversations WHERE platform = ?1 AND export_id = ?2 AND file IS NULL", conversation.Platform, conversation.Id);

    /// <summary>The row of a conversation that its place in a file identifies; made where there is none.</summary>
    public static long EnsureByPlace(DatabaseConnection database, long file, ConversationRef conversation) =>
        database.Integer(
            """
            INSERT INTO conversations (platform, file, ordinal, export_id, title) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (file, ordinal) WHERE file IS NOT NULL DO UPDATE SET title = coalesce(excluded.title, title) RETURNING id
            """,
            conversation.Platform, file, conversation.Ordinal, conversation.Id, conversation.Title)!.Value;

    /// <summary>A new row of a conversation that its messages identify.</summary>
    public static long InsertContinued(DatabaseConnection database, ConversationRef conversation) => database.Integer(
        "INSERT INTO conversations (platform, ordinal, title) VALUES (?1, ?2, ?3) RETURNING id",
        conversation.Platform, conversation.Ordinal, conversation.Title)!.Value;

    /// <summary>A conversation's title; null where it has none.</summary>
    public static string? Title(DatabaseConnection database, long conversation)
    {
        using var row = database.Query("SELECT title FROM conversations WHERE id = ?1", conversation);
        return row.Read() ? row.TextOrNull(0) : null;
    }

    public static void SetTitle(DatabaseConnection database, long conversation, string title) =>
        database.Execute("UPDATE conversations SET title = ?2 WHERE id = ?1 AND title IS NOT ?2", conversation, title);

    /// <summary>When the first and the last of a conversation's messages were sent; null where no time is known.</summary>
    public static (DateTimeOffset First, DateTimeOffset Last)? Span(DatabaseConnection database, long conversation)
    {
        using var row = database.Query(
            "SELECT min(sent_at), max(sent_at) FROM messages INDEXED BY messages_by_filter WHERE conversation = ?1", conversation);
        return row.Read() && row.TimeOrNull(0) is { } first ? (first, row.TimeOrNull(1)!.Value) : null;
    }

    /// <summary>How many of a conversation's messages a sample would hold, if it were of this conversation.</summary>
    public static long CountCovered(DatabaseConnection database, long conversation, SampledSpan sample) => sample.Limit is { } limit
        ? database.Integer(
            """
            SELECT count(*) FROM messages INDEXED BY messages_by_identity
            WHERE conversation = ?1 AND identity <= ?4 AND sent_at BETWEEN ?2 AND ?3
            """,
            conversation, sample.First, sample.Last, limit)!.Value
        : database.Integer(
            """
            SELECT count(*) FROM messages INDEXED BY messages_by_filter WHERE conversation = ?1 AND sent_at BETWEEN ?2 AND ?3
            """,
            conversation, sample.First, sample.Last)!.Value;

    /// <summary>How many messages a conversation has.</summary>
    public static long Count(DatabaseConnection database, long conversation) =>
        database.Integer("SELECT count(*) FROM messages WHERE conversation = ?1", conversation)!.Value;

    /// <summary>Makes one of two conversations that are the same. Messages that both have, if any, stay where they are.</summary>
    public static void Join(DatabaseConnection database, long conversation, long into)
    {
        database.Execute("UPDATE OR IGNORE messages SET conversation = ?2 WHERE conversation = ?1", conversation, into);
        database.Execute("UPDATE continuations SET conversation = ?2 WHERE conversation = ?1", conversation, into);
        database.Execute("UPDATE OR IGNORE marks SET conversation = ?2 WHERE conversation = ?1", conversation, into);
        database.Execute("DELETE FROM marks WHERE conversation = ?1", conversation);
        database.Execute("UPDATE OR IGNORE participants SET conversation = ?2 WHERE conversation = ?1", conversation, into);
        DeleteEmpty(database, [conversation]);
    }

    /// <summary>Deletes those among some conversations that have no message any more.</summary>
    public static void DeleteEmpty(DatabaseConnection database, IEnumerable<long> conversations)
    {
        foreach (var conversation in conversations)
        {
            // Its number may be given out again.
            if (database.Execute(
                "DELETE FROM conversations WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM messages WHERE conversation = ?1)", conversation) > 0)
                database.Execute("DELETE FROM participants WHERE conversation = ?1", conversation);
        }
    }
}
