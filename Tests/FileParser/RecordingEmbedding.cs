using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>Makes vectors of two numbers: a text's length and 1. Remembers how much was asked at once.</summary>
internal sealed class RecordingEmbedding : IEmbeddingGrain
{
    private static readonly ModelId Model = new("lengths", new string('0', 64));
    private int _inFlight;

    public int MostInFlight { get; private set; }

    public int Requests { get; private set; }

    /// <summary>What a request waits for before it is answered.</summary>
    public Func<EmbeddingRequest, CancellationToken, Task> Before { get; set; } = async (_, _) => await Task.Yield();

    public Task<EmbeddingModel> GetModelAsync(CancellationToken cancellationToken) => Task.FromResult(new EmbeddingModel(Model, 2, 256));

    public async Task<EmbeddingResult> EmbedAsync(EmbeddingRequest request, CancellationToken cancellationToken)
    {
        Requests++;
        MostInFlight = Math.Max(MostInFlight, Interlocked.Increment(ref _inFlight));
        try
        {
            await Before(request, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }

        float[] values = [.. request.Texts.SelectMany(text => new float[] { text.Length, 1 })];
        return new EmbeddingResult(Model, new VectorBlock(2, values), 0);
    }
}
