using System.Text.Json;
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
            INSERT INTO messages (id, change, conversation, identity, author, role, sent_at, sent_offset, text,
                                  author_id, zone, reply_to, attachments, edited, continued)
            VALUES (?1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
            """,
            id, conversation, identity, message.Author, message.Role, SentAt(message), SentOffset(message), message.Text,
            message.AuthorId, (int)message.Zone, message.ReplyTo, Attachments(message), message.Edited,
            identity is not null && message.Conversation.Id is null ? 1 : default(long?));
        database.Execute("INSERT INTO vectors (message, model, vector) VALUES (?1, ?2, ?3)", id, model, vector);
    }

    /// <summary>
    /// Brings a stored message to what an export says now, but for its vector. What this export does not say, another one of the same
    /// platform may have said: it stays.
    /// </summary>
    public static void Update(DatabaseConnection database, KnownMessage known, long change, ParsedMessage message)
    {
        database.Execute(
            """
            UPDATE messages SET change = ?2, author = coalesce(?3, author), role = coalesce(?4, role), text = ?5,
                                author_id = coalesce(?6, author_id), reply_to = coalesce(?7, reply_to),
                                attachments = coalesce(?8, attachments), edited = ?9
            WHERE id = ?1
            """,
            known.Id, change, message.Author, message.Role, message.Text, message.AuthorId, message.ReplyTo, Attachments(message),
            message.Edited || known.Edited);
        if (!known.TimeKnownBetter && message.SentAt is not null)
        {
            database.Execute(
                "UPDATE messages SET sent_at = ?2, sent_offset = ?3, zone = ?4 WHERE id = ?1",
                known.Id, SentAt(message), SentOffset(message), (int)message.Zone);
        }
    }

    public static void UpdateVector(DatabaseConnection database, long id, long model, ReadOnlyMemory<Half> vector) =>
        database.Execute("UPDATE vectors SET model = ?2, vector = ?3 WHERE message = ?1", id, model, vector);

    /// <summary>The stored message with the identity of one that an export brings; null where there is none.</summary>
    public static KnownMessage? Find(DatabaseConnection database, long conversation, ParsedMessage message)
    {
        using var row = database.Query(
            """
            SELECT id, text, author, role, sent_at, sent_offset, author_id, zone, reply_to, attachments, edited
            FROM messages WHERE conversation = ?1 AND identity = ?2
            """,
            conversation, message.Id);
        if (!row.Read())
            return null;
        var edited = row.Integer(10) != 0;
        var timeKnownBetter = row.IntegerOrNull(4) is not null && row.Integer(7) < (long)message.Zone;
        var sameTime = timeKnownBetter || message.SentAt is null
            || (row.IntegerOrNull(4) == (message.SentAt is { } sent ? Timestamp.ToMicroseconds(sent) : null)
                && row.IntegerOrNull(5) == SentOffset(message) && row.Integer(7) == (long)message.Zone);
        var sameData = sameTime && Agrees(row, 2, message.Author) && Agrees(row, 3, message.Role) && Agrees(row, 6, message.AuthorId)
            && Agrees(row, 8, message.ReplyTo) && Agrees(row, 9, Attachments(message)) && (edited || !message.Edited);
        return new KnownMessage(
            row.Integer(0), row.TextIs(1, message.Text), sameData, edited, edited && !message.Edited, timeKnownBetter);
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

    /// <summary>Reads names of attachments as they are stored.</summary>
    public static IReadOnlyList<string> ReadAttachments(string? stored) =>
        stored is null ? [] : JsonSerializer.Deserialize(stored, ReportJson.Default.IReadOnlyListString)!;

    private static string? Attachments(ParsedMessage message) => message.Attachments.Count == 0
        ? null
        : JsonSerializer.Serialize(message.Attachments, ReportJson.Default.IReadOnlyListString);

    private static bool Agrees(Rows row, int column, string? said) => said is null || row.TextIs(column, said);

    private static SqlValue SentAt(ParsedMessage message) => message.SentAt is { } time ? (SqlValue)time : default;

    private static long? SentOffset(ParsedMessage message) => (long?)message.SentAt?.Offset.TotalMinutes;
}
