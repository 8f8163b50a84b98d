using System.Text.Json;
using ChatAnalysis.Grains.Embedding;
using ChatAnalysis.Grains.Embedding.Model;
using ChatAnalysis.Grains.Interfaces;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatAnalysis.Tests.Embedding;

public sealed class ModelStartTests : IDisposable
{
    private const string Name = "mine";
    private const string Int8File = "model.int8.onnx", Fp16File = "model.fp16.onnx", CheckFile = "self-check.jsonl";
    private const string Vocabulary = "vocab.txt";

    private static readonly ModelId Int8 = Id(Int8File), Fp16 = Id(Fp16File);

    private readonly TemporaryModels _models = new();

    [Theory]
    [InlineData(EmbeddingGraph.Auto, new[] { Int8File, Vocabulary }, new[] { Fp16File, CheckFile })]
    [InlineData(EmbeddingGraph.Int8, new[] { CheckFile }, new[] { Int8File, Vocabulary })]
    [InlineData(EmbeddingGraph.Fp16, new[] { Vocabulary, CheckFile }, new[] { Fp16File })]
    [InlineData(EmbeddingGraph.Fp16, new string[0], new[] { Fp16File, Vocabulary })]
    public async Task A_folder_that_lacks_something_stops_the_start_with_what_is_missing(EmbeddingGraph graph, string[] has, string[] lacks)
    {
        var folder = _models.Add(Name, has);
        var failure = await Assert.ThrowsAsync<ModelException>(() => StartAsync(graph));
        Assert.Contains($"{folder} lacks {string.Join(", ", lacks)}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_is_nowhere_stops_the_start_with_where_it_was_looked_for()
    {
        var failure = await Assert.ThrowsAsync<ModelException>(() => StartAsync(EmbeddingGraph.Auto));
        Assert.Contains(Path.Combine(_models.Path, Name), failure.Message, StringComparison.Ordinal);
        Assert.Contains(Repository.PathOf("models", Name), failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../elsewhere")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("/etc")]
    [InlineData("a/../../b")]
    [InlineData("a\0b")]
    [InlineData("")]
    public async Task A_name_does_not_climb_out_of_the_folder(string name)
    {
        var options = new EmbeddingOptions { ModelCache = _models.Path, Model = name };
        var failure = await Assert.ThrowsAsync<ModelException>(() => TestGrains.StartAsync(options));
        Assert.Contains("leads out of it", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_8_bit_graph_runs_by_default_where_it_passes_its_check()
    {
        _models.Add(Name, Int8File, Fp16File, Vocabulary, CheckFile);
        Assert.Equal(Int8, await ModelAfterStartAsync(EmbeddingGraph.Auto, indexModel: null));
        Assert.Equal(Int8, await ModelAfterStartAsync(EmbeddingGraph.Auto, Int8));
    }

    [Fact]
    public async Task An_index_of_the_exact_graph_keeps_it()
    {
        _models.Add(Name, Int8File, Fp16File, Vocabulary, CheckFile);
        Assert.Equal(Fp16, await ModelAfterStartAsync(EmbeddingGraph.Auto, Fp16));
    }

    [Theory]
    [InlineData(EmbeddingGraph.Int8)]
    [InlineData(EmbeddingGraph.Auto)]
    public async Task An_index_of_another_model_stops_the_start(EmbeddingGraph graph)
    {
        _models.Add(Name, Int8File, Fp16File, Vocabulary, CheckFile);
        var other = Int8 with { Name = "another" };
        var failure = await Assert.ThrowsAsync<ModelException>(() => ModelAfterStartAsync(graph, other));
        Assert.Contains($"{other}", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"{Int8}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_check_falls_back_where_the_index_is_empty_or_of_the_exact_graph()
    {
        AddModelThatFailsItsCheck();
        Assert.Equal(Fp16, await ModelAfterStartAsync(EmbeddingGraph.Auto, indexModel: null));
        Assert.Equal(Fp16, await ModelAfterStartAsync(EmbeddingGraph.Auto, Fp16));
    }

    [Fact]
    public async Task A_failed_check_stops_the_start_where_the_index_is_of_the_8_bit_graph()
    {
        AddModelThatFailsItsCheck();
        var failure = await Assert.ThrowsAsync<ModelException>(() => ModelAfterStartAsync(EmbeddingGraph.Auto, Int8));
        Assert.Contains("fails its self-check", failure.Message, StringComparison.Ordinal);
        Assert.Contains("The index holds vectors of this graph", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_check_stops_the_start_where_the_8_bit_graph_was_asked_for()
    {
        AddModelThatFailsItsCheck();
        var failure = await Assert.ThrowsAsync<ModelException>(() => ModelAfterStartAsync(EmbeddingGraph.Int8, indexModel: null));
        Assert.Contains("Embedding:Graph=fp16", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_committed_vectors_are_those_of_the_exact_graph()
    {
        var folder = ModelFolder.Find(new EmbeddingOptions());
        using var model = await LoadedModel.LoadAsync(folder, EmbeddingGraph.Fp16, new EmbeddingOptions());
        Assert.InRange(SelfCheck.WorstCosine(model, folder.SelfCheck), 0.9999, 1.0001);
    }

    [Fact]
    public async Task Cuda_that_cannot_be_had_stops_the_start()
    {
        // Beside the program lies no provider library for CUDA.
        var options = new EmbeddingOptions { Device = EmbeddingDevice.Cuda };
        var failure = await Assert.ThrowsAsync<ModelException>(() => TestGrains.StartAsync(options));
        Assert.Contains("Embedding:Device=cuda", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Embedding:Library must name a build for CUDA", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/no/such/libonnxruntime.so")]
    [InlineData("/etc/passwd")]
    public async Task A_library_that_is_none_stops_the_start(string library)
    {
        var failure = await Assert.ThrowsAsync<ModelException>(() => TestGrains.StartAsync(new EmbeddingOptions { Library = library }));
        Assert.Contains($"Embedding:Library: ONNX Runtime cannot be loaded from {library}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_waits_for_the_start_and_learns_that_it_failed()
    {
        var grain = new EmbeddingGrain(new EmbeddingOptions { Model = "none" }, NullLogger<EmbeddingGrain>.Instance);
        var early = grain.EmbedAsync("early");
        await Assert.ThrowsAsync<ModelException>(() => grain.StartAsync(_ => Task.FromResult<ModelId?>(null), default));
        await Assert.ThrowsAsync<ModelException>(() => early);
        await grain.DisposeAsync();
    }

    [Fact]
    public async Task A_stop_during_the_start_ends_it()
    {
        var grain = new EmbeddingGrain(new EmbeddingOptions { Graph = EmbeddingGraph.Fp16 }, NullLogger<EmbeddingGrain>.Instance);
        var indexModel = new TaskCompletionSource<ModelId?>();
        var start = grain.StartAsync(_ => indexModel.Task, default);
        await grain.DisposeAsync();
        indexModel.SetResult(null);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => start);
    }

    public void Dispose() => _models.Dispose();

    private static ModelId Id(string file) => new(Name, LoadedModel.HashOf(Repository.PathOf("models", "all-MiniLM-L6-v2", file)));

    private void AddModelThatFailsItsCheck()
    {
        _models.Add(Name, Int8File, Fp16File, Vocabulary);
        _models.Write(Name, CheckFile, JsonSerializer.Serialize(new { text = "hello", vector = Enumerable.Repeat(1f, 384) }));
    }

    private Task<EmbeddingGrain> StartAsync(EmbeddingGraph graph, ModelId? indexModel = null) =>
        TestGrains.StartAsync(new EmbeddingOptions { ModelCache = _models.Path, Model = Name, Graph = graph }, indexModel);

    private async Task<ModelId> ModelAfterStartAsync(EmbeddingGraph graph, ModelId? indexModel)
    {
        await using var grain = await StartAsync(graph, indexModel);
        return (await grain.GetModelAsync(default)).Id;
    }
}
