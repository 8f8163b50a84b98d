using System.Text.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Bench;

/// <summary>The vectors of CLINC150's 22,500 labelled requests (splits train, val, test in the file's order).</summary>
internal static class ClincVectors
{
    private const int Batch = 256;
    private static readonly string[] Splits = ["train", "val", "test"];

    /// <summary>Where the texts are looked for: shared/ beside the repository, upwards of the program.</summary>
    public static string? File { get; } = FindFile();

    /// <summary>Embeds the texts.</summary>
    /// <exception cref="FileNotFoundException">The texts are not there; see <see cref="File"/>.</exception>
    public static async Task<VectorBlock> LoadAsync(IEmbeddingGrain embedding, CancellationToken cancellationToken)
    {
        var path = File ?? throw new FileNotFoundException("shared/data/clinc150.jsonl is not beside the repository");
        var texts = new List<string>();
        await foreach (var line in System.IO.File.ReadLinesAsync(path, cancellationToken))
        {
            using var entry = JsonDocument.Parse(line);
            if (Splits.Contains(entry.RootElement.GetProperty("split").GetString()))
                texts.Add(entry.RootElement.GetProperty("text").GetString()!);
        }

        var answers = await Task.WhenAll(
            texts.Chunk(Batch).Select(batch => embedding.EmbedAsync(new EmbeddingRequest(batch), cancellationToken)));
        var dimension = answers[0].Vectors.Dimension;
        var values = new float[texts.Count * dimension];
        var filled = 0;
        foreach (var answer in answers)
        {
            answer.Vectors.Values.CopyTo(values.AsMemory(filled));
            filled += answer.Vectors.Values.Length;
        }

        return new VectorBlock(dimension, values);
    }

    private static string? FindFile()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "data", "clinc150.jsonl");
            if (System.IO.File.Exists(file))
                return file;
        }

        return null;
    }
}
