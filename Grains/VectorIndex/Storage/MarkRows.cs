using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>The table of what files that are being read have sampled of conversations, and the same of messages that are stored.</summary>
internal static class MarkRows
{
    // A text that was sent to everybody marks many conversations; those that hold the sample hold other marks as well.
    private const int MostHolders = 64;

    public static void Insert(DatabaseConnection database, long file, long conversation, IReadOnlyList<MessageMark> sample)
    {
        foreach (var mark in sample)
        {
            database.Execute(
                "INSERT OR IGNORE INTO marks (file, conversation, mark, sent_at) VALUES (?1, ?2, ?3, ?4)",
                file, conversation, mark.Id, mark.SentAt);
        }
    }

    public static void Delete(DatabaseConnection database, long file) => database.Execute("DELETE FROM marks WHERE file = ?1", file);

    /// <summary>The conversations of a platform that hold a message, or will, with the message's author where it is stored.</summary>
    public static List<(long Conversation, string? Author)> FindHolders(DatabaseConnection database, string platform, string mark)
    {
        using var rows = database.Query(
            """
            SELECT m.conversation, m.author FROM messages m JOIN conversations c ON c.id = m.conversation
            WHERE m.continued = 1 AND m.identity = ?2 AND c.platform = ?1
            UNION ALL
            SELECT k.conversation, NULL FROM marks k JOIN conversations c ON c.id = k.conversation
            WHERE k.mark = ?2 AND c.platform = ?1
            LIMIT ?3
            """,
            platform, mark, MostHolders);
        var holders = new List<(long, string?)>();
        while (rows.Read())
            holders.Add((rows.Integer(0), rows.TextOrNull(1)));
        return holders;
    }

    /// <summary>What each file that is being read has sampled of a conversation.</summary>
    public static List<SampledSpan> SpansOf(DatabaseConnection database, long conversation)
    {
        using var rows = database.Query(
            """
            SELECT min(sent_at), max(sent_at), max(mark), count(*) FROM marks WHERE conversation = ?1 GROUP BY file
            """,
            conversation);
        var spans = new List<SampledSpan>();
        while (rows.Read())
            spans.Add(new(rows.TimeOrNull(0)!.Value, rows.TimeOrNull(1)!.Value, rows.Text(2), (int)rows.Integer(3)));
        return spans;
    }
}
