namespace ChatAnalysis.Grains.Interfaces;

/// <summary>The identity of a model: vectors carry it, and only vectors of one identity are compared.</summary>
/// <param name="Name">The folder's name, such as all-MiniLM-L6-v2.</param>
/// <param name="GraphSha256">SHA-256 of the graph's file, 64 lower-case hexadecimal digits.</param>
public sealed record ModelId(string Name, string GraphSha256)
{
    /// <summary>The identity as one word: <c>name@sha256</c>.</summary>
    public override string ToString() => $"{Name}@{GraphSha256}";
}
