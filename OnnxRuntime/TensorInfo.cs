namespace ChatAnalysis.OnnxRuntime;

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it is made of.</param>
/// <param name="Shape">Its dimensions, -1 where one is left open.</param>
public sealed record TensorInfo(string Name, TensorElementType Type, IReadOnlyList<long> Shape)
{
    /// <summary>For a person: <c>input_ids Int64 [?, ?]</c>.</summary>
    public override string ToString() => $"{Name} {Type} [{string.Join(", ", Shape.Select(d => d < 0 ? "?" : $"{d}"))}]";
}
