namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>How the index stood after a transaction.</summary>
/// <param name="LastChange">The highest change number given out.</param>
/// <param name="Messages">Messages stored.</param>
/// <param name="Model">The model of their vectors; null where there is none.</param>
internal sealed record IndexState(long LastChange, long Messages, ActiveModel? Model)
{
    public static IndexState Read(DatabaseConnection connection)
    {
        using var row = connection.Query("""
            SELECT s.last_change, (SELECT count(*) FROM messages), m.id, m.name, m.graph_sha256, m.dimension
            FROM state s LEFT JOIN models m ON m.id = s.model
            """);
        row.Read();
        var model = row.IntegerOrNull(2) is { } id ? new ActiveModel(id, new(row.Text(3), row.Text(4)), (int)row.Integer(5)) : null;
        return new IndexState(row.Integer(0), row.Integer(1), model);
    }

    public void Write(DatabaseConnection connection) =>
        connection.Execute("UPDATE state SET last_change = ?1, model = ?2", LastChange, Model?.Row);
}
