using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>The table of models.</summary>
internal static class ModelRows
{
    /// <summary>The model's row, made where there is none.</summary>
    public static ActiveModel Ensure(DatabaseConnection database, ModelId model, int dimension)
    {
        var row = database.Integer(
            """
            INSERT INTO models (name, graph_sha256, dimension) VALUES (?1, ?2, ?3)
            ON CONFLICT (name, graph_sha256) DO UPDATE SET dimension = excluded.dimension RETURNING id
            """,
            model.Name, model.GraphSha256, dimension)!.Value;
        return new ActiveModel(row, model, dimension);
    }
}
