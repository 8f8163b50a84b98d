namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>The table of who takes part in conversations. A file's rows go with its messages, so that no name outlives them.</summary>
internal static class ParticipantRows
{
    public static void Ensure(DatabaseConnection database, long file, long conversation, string name) =>
        database.Execute("INSERT OR IGNORE INTO participants (file, conversation, name) VALUES (?1, ?2, ?3)", file, conversation, name);

    public static void Copy(DatabaseConnection database, long from, long to) => database.Execute(
        "INSERT OR IGNORE INTO participants (file, conversation, name) SELECT ?2, conversation, name FROM participants WHERE file = ?1",
        from, to);

    public static void Delete(DatabaseConnection database, long file) =>
        database.Execute("DELETE FROM participants WHERE file = ?1", file);
}
