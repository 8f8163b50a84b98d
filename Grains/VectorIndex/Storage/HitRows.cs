using System.Globalization;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>The messages that a search found.</summary>
internal static class HitRows
{
    /// <summary>Reads those of the neighbours that are there and have a text, in their order.</summary>
    public static List<SearchHit> Read(DatabaseConnection database, IReadOnlyList<Neighbour> neighbours)
    {
        var ids = $"[{string.Join(',', neighbours.Select(n => n.Id.ToString(CultureInfo.InvariantCulture)))}]";
        using var rows = database.Query(
            """
            SELECT n.key, m.id, m.text, m.author, m.role, m.sent_at, m.sent_offset,
                   c.platform, c.title, c.export_id, u.upload_id, f.name,
                   m.author_id, m.zone, m.reply_to, m.attachments, m.edited
            FROM json_each(?1) n
            JOIN messages m ON m.id = n.value
            JOIN conversations c ON c.id = m.conversation
            JOIN files f ON f.id = (SELECT min(file) FROM links WHERE message = m.id)
            JOIN uploads u ON u.id = f.upload
            WHERE m.text <> ''
            ORDER BY n.key
            """,
            ids);
        var hits = new List<SearchHit>();
        while (rows.Read())
        {
            hits.Add(new SearchHit(
                rows.Integer(1),
                rows.Text(2),
                neighbours[(int)rows.Integer(0)].Score,
                rows.TextOrNull(3),
                rows.TextOrNull(4),
                rows.IntegerOrNull(5) is { } sentAt ? Timestamp.FromMicroseconds(sentAt, rows.Integer(6)) : null,
                rows.Text(7),
                rows.TextOrNull(8) ?? rows.TextOrNull(9),
                rows.Text(10),
                rows.Text(11))
            {
                AuthorId = rows.TextOrNull(12),
                Zone = (SentZone)rows.Integer(13),
                ReplyTo = rows.TextOrNull(14),
                Attachments = MessageRows.ReadAttachments(rows.TextOrNull(15)),
                Edited = rows.Integer(16) != 0,
                ConversationId = rows.TextOrNull(9),
                ConversationTitle = rows.TextOrNull(8),
            });
        }

        return hits;
    }
}
