using System.Numerics;
using System.Runtime.InteropServices;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex.Storage;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Finds the messages nearest to each pattern's centre.</summary>
internal static class PatternExamples
{
    /// <summary>A pattern may consist of one text a thousand times over: then few examples are enough.</summary>
    private const int MostLookedAt = 2000;

    /// <param name="database">To read the texts from.</param>
    /// <param name="messages">[n] messages.</param>
    /// <param name="vectors">[n x dimension]</param>
    /// <param name="labels">[n] a label each.</param>
    /// <param name="centres">[clusters x dimension]</param>
    /// <param name="dimension">Components of a vector.</param>
    /// <param name="examples">How many to find for each, of distinct texts.</param>
    public static List<Pattern> Find(
        DatabaseConnection database, long[] messages, float[] vectors, int[] labels, float[] centres, int dimension, int examples)
    {
        var members = Enumerable.Range(0, centres.Length / dimension).Select(_ => new List<(float Similarity, int Place)>()).ToList();
        for (var i = 0; i < labels.Length; i++)
        {
            var similarity = Cosine(vectors.AsSpan(i * dimension, dimension), centres.AsSpan(labels[i] * dimension, dimension));
            members[labels[i]].Add((similarity, i));
        }

        return members.Select((of, label) => new Pattern(label, of.Count, Choose(database, messages, of, examples))).ToList();
    }

    private static List<PatternExample> Choose(
        DatabaseConnection database, long[] messages, List<(float Similarity, int Place)> members, int examples)
    {
        members.Sort((a, b) => b.Similarity.CompareTo(a.Similarity) is var order and not 0 ? order : a.Place.CompareTo(b.Place));
        var chosen = new List<PatternExample>();
        var texts = new HashSet<string> { "" };
        foreach (var (similarity, place) in members.Take(MostLookedAt))
        {
            using var row = database.Query("SELECT text, author FROM messages WHERE id = ?1", messages[place]);
            if (row.Read() && texts.Add(row.Text(0)))
                chosen.Add(new PatternExample(messages[place], row.Text(0), row.TextOrNull(1), similarity));
            if (chosen.Count == examples)
                break;
        }

        return chosen;
    }

    private static float Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var lengths = MathF.Sqrt(Dot(a, a) * Dot(b, b));
        return lengths == 0 ? 0 : Math.Clamp(Dot(a, b) / lengths, -1, 1);
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sums = Vector<float>.Zero;
        var lanesA = MemoryMarshal.Cast<float, Vector<float>>(a);
        var lanesB = MemoryMarshal.Cast<float, Vector<float>>(b);
        for (var i = 0; i < lanesA.Length; i++)
            sums += lanesA[i] * lanesB[i];
        var sum = Vector.Sum(sums);
        for (var i = lanesA.Length * Vector<float>.Count; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
