namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>The table of which conversations a file was found to continue.</summary>
internal static class ContinuationRows
{
    public static long? Find(DatabaseConnection database, long file, int ordinal) =>
        database.Integer("SELECT conversation FROM continuations WHERE file = ?1 AND ordinal = ?2", file, ordinal);

    public static void Insert(DatabaseConnection database, long file, int ordinal, long conversation) =>
        database.Execute("INSERT INTO continuations (file, ordinal, conversation) VALUES (?1, ?2, ?3)", file, ordinal, conversation);

    public static void Delete(DatabaseConnection database, long file) =>
        database.Execute("DELETE FROM continuations WHERE file = ?1", file);
}
