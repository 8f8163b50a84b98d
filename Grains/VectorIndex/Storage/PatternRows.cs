using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>The tables of patterns. Examples are kept as references, so that no text is there twice.</summary>
internal static class PatternRows
{
    public static void Insert(DatabaseConnection database, long upload, IReadOnlyList<Pattern> patterns)
    {
        foreach (var pattern in patterns)
        {
            database.Execute("INSERT INTO patterns (upload, label, size) VALUES (?1, ?2, ?3)", upload, pattern.Label, pattern.Size);
            for (var i = 0; i < pattern.Examples.Count; i++)
            {
                database.Execute(
                    "INSERT INTO pattern_examples (upload, label, place, message, similarity) VALUES (?1, ?2, ?3, ?4, ?5)",
                    upload, pattern.Label, i, pattern.Examples[i].MessageId, pattern.Examples[i].Similarity);
            }
        }
    }

    public static List<Pattern> Read(DatabaseConnection database, long upload)
    {
        var patterns = new List<Pattern>();
        using (var rows = database.Query("SELECT label, size FROM patterns WHERE upload = ?1 ORDER BY label", upload))
            while (rows.Read())
                patterns.Add(new((int)rows.Integer(0), (int)rows.Integer(1), new List<PatternExample>()));
        using var examples = database.Query(
            """
            SELECT e.label, e.message, m.text, m.author, e.similarity
            FROM pattern_examples e JOIN messages m ON m.id = e.message WHERE e.upload = ?1 ORDER BY e.label, e.place
            """,
            upload);
        var byLabel = patterns.ToDictionary(p => (long)p.Label, p => (List<PatternExample>)p.Examples);
        while (examples.Read())
            byLabel[examples.Integer(0)].Add(new(examples.Integer(1), examples.Text(2), examples.TextOrNull(3), examples.Real(4)));
        return patterns;
    }
}
