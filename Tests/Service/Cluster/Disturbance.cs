using System.Text.Json;

namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>An upload through a cluster in which something goes wrong half-way, and what must be true afterwards.</summary>
internal sealed class Disturbance
{
    private readonly ClusterFixture _fixture;
    private readonly ClusterProcesses _cluster;
    private readonly string _mark;
    private readonly ChatExport[] _exports;

    public Disturbance(ClusterFixture fixture, ClusterProcesses cluster, string mark, int files = 6, int messagesAFile = 100)
    {
        (_fixture, _cluster, _mark) = (fixture, cluster, mark);
        _exports = [.. Enumerable.Range(0, files).Select(file => ChatExport.Prototype($"{mark} {file}", messagesAFile))];
    }

    private int Messages => _exports.Sum(export => export.Texts.Count);

    /// <summary>Begins the upload, which goes on whatever happens.</summary>
    public Task<JsonElement> BeginAsync() => _cluster.Gateway.UploadUntilAnsweredAsync(_exports);

    /// <summary>Waits until about this many messages are in the index.</summary>
    public async Task ReachAsync(int messages)
    {
        Assert.InRange(messages, 0, Messages - 1);
        await _cluster.UntilAsync($"SELECT COUNT(*) FROM messages WHERE text LIKE '{_mark} %'", count => count >= messages);
    }

    /// <summary>Uploads, disturbs once a third of the messages is there, and checks what came of it.</summary>
    public async Task RunAsync(Func<Task> disturb)
    {
        var upload = BeginAsync();
        await ReachAsync(Messages / 3);
        Assert.False(upload.IsCompleted);
        await disturb();
        await CheckAsync(await upload);
    }

    /// <summary>Every upload has ended, every message is there exactly once, and the labels are those of an undisturbed run.</summary>
    public async Task CheckAsync(JsonElement answer)
    {
        await _cluster.WaitUntilReadyAsync();
        await _cluster.Gateway.WaitForAllUploadsAsync();
        ClusterCalls.AssertAgree(await _fixture.UndisturbedLabelsAsync(_exports), answer.Labels());
        using (var index = _cluster.OpenIndex())
        {
            var texts = _exports.SelectMany(export => export.Texts).Order().ToArray();
            Assert.Equal(texts, index.Texts($"SELECT text FROM messages WHERE text LIKE '{_mark} %'").Order());
            Assert.Equal(texts.Length, index.Number(
                $"SELECT COUNT(*) FROM vectors JOIN messages ON messages.id = vectors.message WHERE text LIKE '{_mark} %'"));
            Assert.Equal(0, index.Number($"SELECT COUNT(*) FROM files WHERE name LIKE '{_mark} %' AND state <> 'succeeded'"));
        }

        foreach (var export in _exports)
        {
            var text = export.Texts[export.Texts.Count / 2];
            Assert.Single(await _cluster.Gateway.Client.SearchAsync(text, limit: 20), hit => hit.GetProperty("text").GetString() == text);
        }
    }
}
