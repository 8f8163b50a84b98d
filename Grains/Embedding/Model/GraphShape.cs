using ChatAnalysis.OnnxRuntime;

namespace ChatAnalysis.Grains.Embedding.Model;

/// <summary>What a graph takes and gives, once it was found to be a shape that is known here.</summary>
/// <param name="Inputs">The graph's inputs, in its order.</param>
/// <param name="Output">Which of its outputs is used.</param>
/// <param name="Dimension">Components of a vector.</param>
/// <param name="NeedsPooling">Whether the output is a vector a token, [batch, tokens, dimension], rather than a text's.</param>
internal sealed record GraphShape(IReadOnlyList<GraphInput> Inputs, int Output, int Dimension, bool NeedsPooling)
{
    /// <summary>Recognises a graph.</summary>
    /// <param name="session">The graph.</param>
    /// <param name="path">Its file, for the message.</param>
    /// <exception cref="ModelException">It has another shape.</exception>
    public static GraphShape Of(InferenceSession session, string path)
    {
        var inputs = session.Inputs.Select(InputOf).ToArray();
        var names = session.Outputs.Select(o => o.Name).ToList();
        var pooled = names.IndexOf("sentence_embedding");
        var output = pooled >= 0 ? pooled : names.IndexOf("last_hidden_state");
        var found = output < 0 ? null : session.Outputs[output];
        var rank = pooled >= 0 ? 2 : 3;
        if (inputs.All(i => i is not null) && inputs.Contains(GraphInput.Ids) && inputs.Contains(GraphInput.Mask)
            && found is { Type: TensorElementType.Float } && found.Shape.Count == rank && found.Shape[^1] > 0)
            return new GraphShape([.. inputs.Select(i => i!.Value)], output, (int)found.Shape[^1], pooled < 0);

        throw new ModelException(
            $"{path} is a graph of another shape. Expected: inputs input_ids, attention_mask and perhaps token_type_ids, Int64 [?, ?]; " +
            "output sentence_embedding Float [?, dimension] or last_hidden_state Float [?, ?, dimension]. " +
            $"Found: inputs {string.Join(", ", session.Inputs)}; outputs {string.Join(", ", session.Outputs)}.");
    }

    private static GraphInput? InputOf(TensorInfo input) => input switch
    {
        { Type: not TensorElementType.Int64 } or { Shape.Count: not 2 } => null,
        { Name: "input_ids" } => GraphInput.Ids,
        { Name: "attention_mask" } => GraphInput.Mask,
        { Name: "token_type_ids" } => GraphInput.Types,
        _ => null,
    };
}
