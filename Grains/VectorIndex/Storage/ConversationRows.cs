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

    /// <summary>The row of a conversation that its place in a file identifies; made where there is none.</summary>
    public static long EnsureByPlace(DatabaseConnection database, long file, ConversationRef conversation) =>
        database.Integer(
            """
            INSERT INTO conversations (platform, file, ordinal, export_id, title) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (file, ordinal) WHERE file IS NOT NULL DO UPDATE SET title = coalesce(excluded.title, title) RETURNING id
            """,
            conversation.Platform, file, conversation.Ordinal, conversation.Id, conversation.Title)!.Value;

    /// <summary>Deletes those among some conversations that have no message any more.</summary>
    public static void DeleteEmpty(DatabaseConnection database, IEnumerable<long> conversations)
    {
        foreach (var conversation in conversations)
        {
            database.Execute(
                "DELETE FROM conversations WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM messages WHERE conversation = ?1)", conversation);
        }
    }
}
