using ChatAnalysis.OnnxRuntime;

namespace ChatAnalysis.Grains.Embedding.Model;

/// <summary>Runs batches through a model, one after another, in buffers of its own. One runner belongs to one thread.</summary>
internal sealed class ModelRunner
{
    private readonly LoadedModel model;
    private readonly PinnedBuffer<long> ids, mask;
    private readonly PinnedBuffer<long>? types;
    private readonly PinnedBuffer<float> output;
    private readonly float[] pooled;
    private readonly int capacity;

    /// <summary>Makes a runner.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batchTokens">Tokens of a batch at most, padding included; one text always fits.</param>
    public ModelRunner(LoadedModel model, int batchTokens)
    {
        this.model = model;
        capacity = Math.Max(batchTokens, model.Description.MaxTokens);
        ids = new PinnedBuffer<long>(capacity);
        mask = new PinnedBuffer<long>(capacity);
        types = model.Shape.Inputs.Contains(GraphInput.Types) ? new PinnedBuffer<long>(capacity) : null;
        // The shortest text has two tokens, [CLS] and [SEP].
        var vectors = capacity / 2 * model.Shape.Dimension;
        output = new PinnedBuffer<float>(model.Shape.NeedsPooling ? capacity * model.Shape.Dimension : vectors);
        pooled = model.Shape.NeedsPooling ? new float[vectors] : [];
    }

    /// <summary>Embeds a batch.</summary>
    /// <param name="texts">The texts' tokens, of about the same number: all are padded to the longest.</param>
    /// <returns>[texts, dimension], of unit length; valid until the next run.</returns>
    public ReadOnlySpan<float> Run(IReadOnlyList<int[]> texts)
    {
        var length = 0;
        foreach (var text in texts)
            length = Math.Max(length, text.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(texts.Count * length, capacity, nameof(texts));
        for (var row = 0; row < texts.Count; row++)
            Fill(texts[row], row * length, length);

        var (library, shape) = (model.Session.Library, model.Shape);
        using var idTensor = Tensor.Over(library, ids, texts.Count, length);
        using var maskTensor = Tensor.Over(library, mask, texts.Count, length);
        using var typeTensor = types is null ? null : Tensor.Over(library, types, texts.Count, length);
        using var result = shape.NeedsPooling
            ? Tensor.Over(library, output, texts.Count, length, shape.Dimension)
            : Tensor.Over(library, output, texts.Count, shape.Dimension);
        var inputs = new Tensor[shape.Inputs.Count];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = shape.Inputs[i] switch
            {
                GraphInput.Ids => idTensor,
                GraphInput.Mask => maskTensor,
                _ => typeTensor!,
            };
        }

        model.Session.Run(inputs, shape.Output, result);
        return shape.NeedsPooling ? Pool(texts, length) : output.Span[..(texts.Count * shape.Dimension)];
    }

    private void Fill(int[] text, int start, int length)
    {
        var row = ids.Span.Slice(start, length);
        var rowMask = mask.Span.Slice(start, length);
        for (var i = 0; i < text.Length; i++)
            row[i] = text[i];
        row[text.Length..].Clear();
        rowMask[..text.Length].Fill(1);
        rowMask[text.Length..].Clear();
    }

    private ReadOnlySpan<float> Pool(IReadOnlyList<int[]> texts, int length)
    {
        var dimension = model.Shape.Dimension;
        for (var row = 0; row < texts.Count; row++)
        {
            MeanPooling.Pool(
                output.Span.Slice(row * length * dimension, texts[row].Length * dimension), pooled.AsSpan(row * dimension, dimension));
        }

        return pooled.AsSpan(0, texts.Count * dimension);
    }
}
