using ChatAnalysis.Cluster.RabbitMq.Calls;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Cluster.RabbitMq.Embedding;

/// <summary>The methods of <see cref="IEmbeddingGrain"/> on the wire, and the queues of those who serve a model.</summary>
internal static class EmbeddingMethods
{
    public static readonly GrainMethod<Nothing, EmbeddingModel> GetModel = new("Embedding.GetModel");
    public static readonly GrainMethod<EmbeddingRequest, EmbeddingResult> Embed = new("Embedding.Embed");

    /// <summary>The queue of uploads' texts: each silo takes a few calls at once, so that a slow one takes fewer.</summary>
    public static ServedQueue QueueOf(ModelId model, int prefetch = 0) => new($"embedding.{model}", (ushort)prefetch, ExpiresUnused: true);

    /// <summary>The queue of texts that a person waits for, which do not stand behind an upload's.</summary>
    public static ServedQueue InteractiveQueueOf(ModelId model) => new($"embedding.{model}.interactive", Prefetch: 16, ExpiresUnused: true);

    /// <summary>The methods over a grain of this process.</summary>
    public static GrainMethods MethodsOf(IEmbeddingGrain embedding) => new GrainMethods()
        .Add(GetModel, (_, ct) => embedding.GetModelAsync(ct))
        .Add(Embed, embedding.EmbedAsync);
}
