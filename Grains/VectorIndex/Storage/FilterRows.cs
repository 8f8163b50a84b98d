using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>The messages that a search is narrowed to.</summary>
internal static class FilterRows
{
    /// <summary>Those that fit a filter.</summary>
    /// <param name="database">To read from.</param>
    /// <param name="filter">The filter; what is null in it does not narrow.</param>
    public static IdSet Find(DatabaseConnection database, MessageFilter filter)
    {
        var ids = new IdSet(database.Integer("SELECT max(id) FROM messages") ?? 0);
        using var rows = database.Query(
            Select(filter),
            filter.Platform, filter.Conversation, filter.Participant, filter.Author, filter.Role, Time(filter.Since), Time(filter.Until));
        while (rows.Read())
            ids.Add(rows.Integer(0));
        return ids;
    }

    // One statement for each choice of conditions, so that SQLite can look each of them up. The index holds all that is asked for.
    private static string Select(MessageFilter filter)
    {
        var conversation = Conditions(
            (filter.Platform, "platform = ?1"),
            (filter.Conversation, "(title = ?2 OR export_id = ?2)"),
            (filter.Participant, "id IN (SELECT conversation FROM participants WHERE name = ?3)"));
        var message = Conditions(
            (conversation, $"conversation IN (SELECT id FROM conversations WHERE {conversation})"),
            (filter.Author, "(author = ?4 OR author_id = ?4)"),
            (filter.Role, "role = ?5"),
            (filter.Since, "sent_at >= ?6"),
            (filter.Until, "sent_at < ?7"));

        // The last condition names every value, so that there are always as many.
        return $"""
            SELECT id FROM messages INDEXED BY messages_by_filter
            WHERE {message} AND coalesce(?1, ?2, ?3, ?4, ?5, ?6, ?7) IS NOT NULL
            """;
    }

    private static string? Conditions(params ReadOnlySpan<(object? Value, string Sql)> conditions)
    {
        var asked = new List<string>();
        foreach (var (value, sql) in conditions)
            if (value is not null)
                asked.Add(sql);
        return asked.Count == 0 ? null : string.Join(" AND ", asked);
    }

    private static SqlValue Time(DateTimeOffset? time) => time is { } given ? (SqlValue)given : default;
}
