using ChatAnalysis.Faiss;
using Xunit.Abstractions;

namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>Does harm to a cluster at random moments of uploads. CHATANALYSIS_CLUSTER_SOAK_ROUNDS sets the number of rounds.</summary>
[Collection(nameof(ClusterCollection))]
public sealed class ClusterSoakTests(ClusterFixture fixture, ITestOutputHelper log)
{
    private const int DefaultRounds = 2, FilesARound = 3, MessagesAFile = 120, LongestPauseMilliseconds = 8000;
    private readonly int _seed = Environment.TickCount;
    private readonly Dictionary<SoakFault, int> _done = [];

    [Fact]
    public async Task After_any_fault_at_any_moment_every_message_is_there_once()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("CHATANALYSIS_CLUSTER_SOAK_ROUNDS"), out var asked) ? asked : DefaultRounds;
        log.WriteLine($"{rounds} rounds, seed {_seed}");
        var random = new Random(_seed);
        await using var cluster = new ClusterProcesses(
            await fixture.Broker.AddVirtualHostAsync(),
            ClusterPrograms.Cheap,
            [.. ClusterProcesses.Impatient, ("Parsing__BatchMessages", "10"), ("Parsing__BatchesInFlight", "1"), (CheapEmbedding.DelayVariable, "50")]);
        for (var number = 1; number <= 3; number++)
            cluster.AddSilo($"silo-{number}");
        await cluster.StartAsync();

        var sent = new List<ChatExport>();
        var faults = new Queue<SoakFault>();
        for (var round = 0; round < rounds; round++)
        {
            if (faults.Count == 0)
                faults = new Queue<SoakFault>(Shuffled(random));
            var fault = faults.Dequeue();
            _done[fault] = _done.GetValueOrDefault(fault) + 1;
            var exports = Enumerable.Range(0, FilesARound).Select(f => ChatExport.Prototype($"round {round} file {f}", MessagesAFile)).ToArray();
            sent.AddRange(exports);
            await RunAsync(cluster, exports, fault, random);
            await CheckAsync(cluster, exports, sent, random);
        }

        await cluster.WaitUntilReadyAsync();
        await cluster.TerminateAsync();
        CheckFiles(cluster, sent);
        log.WriteLine(string.Join(", ", _done.Select(done => $"{done.Key}: {done.Value}")));
        log.WriteLine($"{cluster.Members.Sum(member => member.Starts - 1)} processes were started again");
        log.WriteLine($"{sent.Count * MessagesAFile} messages are there once");
    }

    private static SoakFault[] Shuffled(Random random)
    {
        var faults = Enum.GetValues<SoakFault>();
        random.Shuffle(faults);
        return faults;
    }

    private async Task RunAsync(ClusterProcesses cluster, ChatExport[] exports, SoakFault fault, Random random)
    {
        var upload = cluster.Gateway.UploadUntilAnsweredAsync(exports);
        await Task.WhenAny(upload, Task.Delay(random.Next(0, 1200)));
        var any = cluster.Silos[random.Next(cluster.Silos.Count)];
        switch (fault)
        {
            case SoakFault.SiloKilled:
                await any.KillAsync();
                break;
            case SoakFault.OwnerKilled:
                await (await cluster.FindOwnerAsync()).KillAsync();
                break;
            case SoakFault.GatewayKilled:
                await cluster.Gateway.KillAsync();
                break;
            case SoakFault.BrokerKilled:
                await fixture.Broker.RestartAsync();
                break;
            case SoakFault.SiloPaused:
                any.Pause();
                await Task.Delay(random.Next(0, LongestPauseMilliseconds));
                any.Continue();
                break;
            case SoakFault.ConnectionsCut:
                await fixture.Broker.CutConnectionsAsync();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, null);
        }

        ClusterCalls.AssertAgree(await fixture.UndisturbedLabelsAsync(exports), (await upload).Labels());
    }

    /// <summary>All uploads have ended, sent again nothing is new, and what is searched for is found once.</summary>
    private static async Task CheckAsync(ClusterProcesses cluster, ChatExport[] exports, List<ChatExport> sent, Random random)
    {
        await cluster.Gateway.WaitForAllUploadsAsync();
        var again = await cluster.Gateway.UploadUntilAnsweredAsync(exports);
        Assert.Equal(sent.Count * MessagesAFile, again.IndexSize());
        Assert.Equal(exports.Sum(export => export.Texts.Count), again.Labels().Length);
        using (var index = cluster.OpenIndex())
            Assert.Equal(0, index.Number("SELECT COUNT(*) FROM files WHERE state <> 'succeeded'"));
        for (var searches = 0; searches < 3; searches++)
        {
            var text = random.GetItems([.. sent[random.Next(sent.Count)].Texts], 1)[0];
            string? found = null;
            while (found is null)
                found = await cluster.Gateway.FindAsync(text);
            Assert.Equal(text, found);
        }
    }

    private static void CheckFiles(ClusterProcesses cluster, List<ChatExport> sent)
    {
        var texts = sent.SelectMany(export => export.Texts).Order().ToArray();
        using (var index = cluster.OpenIndex())
        {
            Assert.Equal(texts, index.Texts("SELECT text FROM messages").Order());
            Assert.Equal(texts.Length, index.Number("SELECT COUNT(*) FROM vectors"));
        }

        using var vectors = FaissIndex.Read(Path.Combine(cluster.DataDirectory, "faiss_index.index"));
        Assert.Equal(texts.Length, vectors.Count);
    }
}
