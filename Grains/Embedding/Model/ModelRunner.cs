using ChatAnalysis.OnnxRuntime;

namespace ChatAnalysis.Grains.Embedding.Model;

/// <summary>Runs batches through a model, one after another, in buffers of its own. One runner belongs to one thread.</summary>
internal sealed class ModelRunner
{
    private readonly LoadedModel _model;
    private readonly PinnedBuffer<long> _ids, _mask;
    private readonly PinnedBuffer<long>? _types;
    private readonly PinnedBuffer<float> _output;
    private readonly float[] _pooled;
    private readonly int _capacity;

    /// <summary>Makes a runner.</summary>
    /// <param name="model">The model.</param>
    /// <param name="batchTokens">Tokens of a batch at most, padding included; one text always fits.</param>
    public ModelRunner(LoadedModel model, int batchTokens)
    {
        _model = model;
        _capacity = Math.Max(batchTokens, model.Description.MaxTokens);
        _ids = new PinnedBuffer<long>(_capacity);
        _mask = new PinnedBuffer<long>(_capacity);
        _types = model.Shape.Inputs.Contains(GraphInput.Types) ? new PinnedBuffer<long>(_capacity) : null;
        // The shortest text has two tokens, [CLS] and [SEP].
        var vectors = _capacity / 2 * model.Shape.Dimension;
        _output = new PinnedBuffer<float>(model.Shape.NeedsPooling ? _capacity * model.Shape.Dimension : vectors);
        _pooled = model.Shape.NeedsPooling ? new float[vectors] : [];
    }

    /// <summary>Embeds a batch.</summary>
    /// <param name="texts">The texts' tokens, of about the same number: all are padded to the longest.</param>
    /// <returns>[texts, dimension], of unit length; valid until the next run.</returns>
    public ReadOnlySpan<float> Run(IReadOnlyList<int[]> texts)
    {
        var length = 0;
        foreach (var text in texts)
            length = Math.Max(length, text.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(texts.Count * length, _capacity, nameof(texts));
        for (var row = 0; row < texts.Count; row++)
            Fill(texts[row], row * length, length);

        var (library, shape) = (_model.Session.Library, _model.Shape);
        using var idTensor = Tensor.Over(library, _ids, texts.Count, length);
        using var maskTensor = Tensor.Over(library, _mask, texts.Count, length);
        using var typeTensor = _types is null ? null : Tensor.Over(library, _types, texts.Count, length);
        using var result = shape.NeedsPooling
            ? Tensor.Over(library, _output, texts.Count, length, shape.Dimension)
            : Tensor.Over(library, _output, texts.Count, shape.Dimension);
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

        _model.Session.Run(inputs, shape.Output, result);
        return shape.NeedsPooling ? Pool(texts, length) : _output.Span[..(texts.Count * shape.Dimension)];
    }

    private void Fill(int[] text, int start, int length)
    {
        var row = _ids.Span.Slice(start, length);
        var rowMask = _mask.Span.Slice(start, length);
        for (var i = 0; i < text.Length; i++)
            row[i] = text[i];
        row[text.Length..].Clear();
        rowMask[..text.Length].Fill(1);
        rowMask[text.Length..].Clear();
    }

    private ReadOnlySpan<float> Pool(IReadOnlyList<int[]> texts, int length)
    {
        var dimension = _model.Shape.Dimension;
        for (var row = 0; row < texts.Count; row++)
        {
            MeanPooling.Pool(
                _output.Span.Slice(row * length * dimension, texts[row].Length * dimension), _pooled.AsSpan(row * dimension, dimension));
        }

        return _pooled.AsSpan(0, texts.Count * dimension);
    }
}
