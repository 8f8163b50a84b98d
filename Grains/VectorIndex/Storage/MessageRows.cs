using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>The tables of messages and their vectors.</summary>
internal static class MessageRows
{
    public static void Insert(
        DatabaseConnection database,
        long id,
        long conversation,
        string? identity,
        ParsedMessage message,
        long model,
        ReadOnlyMemory<Half> vector)
    {
        database.Execute(
            """
            INSERT INTO messages (id, change, conversation, identity, author, role, sent_at, sent_offset, text)
            VALUES (?1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """,
            id, conversation, identity, message.Author, message.Role, SentAt(message), SentOffset(message), message.Text);
        database.Execute("INSERT INTO vectors (message, model, vector) VALUES (?1, ?2, ?3)", id, model, vector);
    }

    public static void Update(
        DatabaseConnection database, long id, long change, ParsedMessage message, long model, ReadOnlyMemory<Half> vector)
    {
        database.Execute(
            "UPDATE messages SET change = ?2, author = ?3, role = ?4, sent_at = ?5, sent_offset = ?6, text = ?7 WHERE id = ?1",
            id, change, message.Author, message.Role, SentAt(message), SentOffset(message), message.Text);
        database.Execute("UPDATE vectors SET model = ?2, vector = ?3 WHERE message = ?1", id, model, vector);
    }

    /// <summary>The message with an identity in the export.</summary>
    /// <returns>Its number, and whether its text is the same as stored; null where there is none.</returns>
    public static (long Id, bool SameText)? Find(DatabaseConnection database, long conversation, string identity, string text)
    {
        using var row = database.Query("SELECT id, text FROM messages WHERE conversation = ?1 AND identity = ?2", conversation, identity);
        if (!row.Read())
            return null;

        // As bytes: a lone surrogate is stored as U+FFFD, and would look like another text for ever.
        return (row.Integer(0), row.Bytes(1).SequenceEqual(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Deletes a message that no file links, its vector with it, and leaves a tombstone.</summary>
    /// <returns>Its conversation; null where it is still linked.</returns>
    public static long? DeleteUnlinked(WriteTransaction transaction, long message)
    {
        var database = transaction.Database;
        var conversation = database.Integer(
            "DELETE FROM messages WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM links WHERE message = ?1) RETURNING conversation", message);
        if (conversation is not null)
            database.Execute("INSERT INTO deletions (change, message) VALUES (?1, ?2)", transaction.NextChange(), message);
        return conversation;
    }

    private static SqlValue SentAt(ParsedMessage message) => message.SentAt is { } time ? (SqlValue)time : default;

    private static long? SentOffset(ParsedMessage message) => (long?)message.SentAt?.Offset.TotalMinutes;
}
