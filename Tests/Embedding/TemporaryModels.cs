namespace ChatAnalysis.Tests.Embedding;

/// <summary>A MODEL_CACHE of its own, gone at the end.</summary>
internal sealed class TemporaryModels : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("chatanalysis-models-").FullName;

    /// <summary>A folder that links to files of the real model.</summary>
    public string Add(string name, params string[] files)
    {
        var folder = Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;
        foreach (var file in files)
            File.CreateSymbolicLink(System.IO.Path.Combine(folder, file), Repository.PathOf("models", "all-MiniLM-L6-v2", file));
        return folder;
    }

    /// <summary>Writes a file of a model.</summary>
    public void Write(string name, string file, byte[] content)
    {
        var path = System.IO.Path.Combine(Path, name, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    public void Write(string name, string file, string content) => Write(name, file, System.Text.Encoding.UTF8.GetBytes(content));

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
