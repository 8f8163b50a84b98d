using ChatAnalysis.Cluster.RabbitMq.Embedding;
using ChatAnalysis.Cluster.RabbitMq.Presence;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Tests.Gateway;

namespace ChatAnalysis.Tests.Cluster.RabbitMq;

[Collection(nameof(BrokerCollection))]
public sealed class EmbeddingCallTests(SharedBroker shared)
{
    private const int Prefetch = 2;

    [Fact]
    public async Task Texts_are_cut_into_calls_of_about_4096_tokens_and_their_vectors_come_back_in_order()
    {
        await using var cluster = await ClusterParts.ConnectAsync(await shared.Broker.AddVirtualHostAsync());
        var silo = Serve(cluster, TimeSpan.Zero);
        string[] texts = [.. Enumerable.Range(1, 1000).Select(length => new string('x', length))];

        var result = await Proxy(cluster).EmbedAsync(new EmbeddingRequest(texts), CancellationToken.None);

        Assert.Equal(texts.Select(text => (float)text.Length), Enumerable.Range(0, texts.Length).Select(row => result.Vectors[row][0]));
        Assert.Equal(2 * texts.Length, result.Tokens);
        Assert.InRange(silo.Requests.Count, 20, 40);
        Assert.All(silo.Requests, request => Assert.InRange(request.Texts.Sum(text => text.Length / 4), 0, 4096 + 512));
    }

    [Fact]
    public async Task No_texts_and_texts_longer_than_any_call_are_embedded_too()
    {
        await using var cluster = await ClusterParts.ConnectAsync(await shared.Broker.AddVirtualHostAsync());
        Serve(cluster, TimeSpan.Zero);
        var proxy = Proxy(cluster);

        var none = await proxy.EmbedAsync(new EmbeddingRequest([]), CancellationToken.None);
        var longest = await proxy.EmbedAsync(new EmbeddingRequest(["", new string('x', 8 << 20)]), CancellationToken.None);

        Assert.Equal((0, FakeEmbeddingGrain.TestModel), (none.Vectors.Count, none.Model));
        Assert.Equal([0f, 8 << 20], new[] { longest.Vectors[0][0], longest.Vectors[1][0] });
    }

    [Fact]
    public async Task A_silo_that_is_slow_gets_less()
    {
        var host = await shared.Broker.AddVirtualHostAsync();
        await using var slow = await ClusterParts.ConnectAsync(host);
        await using var fast = await ClusterParts.ConnectAsync(host);
        var slowSilo = Serve(slow, TimeSpan.FromMilliseconds(200));
        var fastSilo = Serve(fast, TimeSpan.FromMilliseconds(5));
        var proxy = Proxy(fast);
        await proxy.GetModelAsync(CancellationToken.None);

        await proxy.EmbedAsync(new EmbeddingRequest([.. Enumerable.Repeat(new string('x', 2048), 400)]), CancellationToken.None);

        Assert.InRange(slowSilo.Requests.Count, 1, fastSilo.Requests.Count / 2);
    }

    [Fact]
    public async Task What_a_person_waits_for_does_not_stand_behind_an_upload()
    {
        await using var cluster = await ClusterParts.ConnectAsync(await shared.Broker.AddVirtualHostAsync());
        Serve(cluster, TimeSpan.FromMilliseconds(100));
        var proxy = Proxy(cluster);
        var bulk = proxy.EmbedAsync(
            new EmbeddingRequest([.. Enumerable.Repeat(new string('x', 2048), 400)]), CancellationToken.None);

        await proxy.EmbedAsync(new EmbeddingRequest(["a query"], Interactive: true), CancellationToken.None);

        Assert.False(bulk.IsCompleted);
        await bulk;
    }

    private static DelayedEmbedding Serve(ClusterParts cluster, TimeSpan delay)
    {
        var grain = new DelayedEmbedding(delay);
        cluster.Server(
            EmbeddingMethods.MethodsOf(grain),
            EmbeddingMethods.QueueOf(FakeEmbeddingGrain.TestModel, Prefetch),
            EmbeddingMethods.InteractiveQueueOf(FakeEmbeddingGrain.TestModel));
        return grain;
    }

    private static EmbeddingProxy Proxy(ClusterParts cluster) => new(
        cluster.Client(),
        new ModelInUse(new FakeVectorIndexGrain(), new SiloDirectory(TimeProvider.System), TimeProvider.System),
        TimeSpan.FromSeconds(20),
        TimeSpan.FromSeconds(60),
        TimeProvider.System);

    /// <summary>A grain whose calls take a while.</summary>
    private sealed class DelayedEmbedding(TimeSpan delay) : IEmbeddingGrain
    {
        private readonly FakeEmbeddingGrain _grain = new();

        public IReadOnlyList<EmbeddingRequest> Requests
        {
            get
            {
                lock (_grain)
                    return [.. _grain.Requests];
            }
        }

        public Task<EmbeddingModel> GetModelAsync(CancellationToken cancellationToken) => _grain.GetModelAsync(cancellationToken);

        public async Task<EmbeddingResult> EmbedAsync(EmbeddingRequest request, CancellationToken cancellationToken)
        {
            await Task.Delay(delay, cancellationToken);
            lock (_grain)
                return _grain.EmbedAsync(request, cancellationToken).GetAwaiter().GetResult();
        }
    }
}
