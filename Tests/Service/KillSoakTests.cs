using Xunit.Abstractions;

namespace ChatAnalysis.Tests.Service;

/// <summary>Kills the service at random moments of uploads. CHATANALYSIS_SOAK_ROUNDS sets the number of rounds.</summary>
public sealed class KillSoakTests(ITestOutputHelper log)
{
    private const int DefaultRounds = 20, FilesARound = 3, MessagesAFile = 120;

    [Fact]
    public async Task After_a_kill_at_any_moment_every_message_is_there_once()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("CHATANALYSIS_SOAK_ROUNDS"), out var asked) ? asked : DefaultRounds;
        var seed = Environment.TickCount;
        var random = new Random(seed);
        log.WriteLine($"{rounds} rounds, seed {seed}");
        using var data = new TemporaryFolder();
        var sent = new List<ChatExport>();
        var interrupted = 0;

        for (var round = 0; round < rounds; round++)
        {
            var exports = Enumerable.Range(0, FilesARound).Select(f => ChatExport.Prototype($"round {round} file {f}", MessagesAFile)).ToArray();
            sent.AddRange(exports);

            await using (var service = await ServiceProcess.StartAsync(data.Path))
            {
                var upload = service.Client.UploadAsync(exports);
                await Task.WhenAny(upload, Task.Delay(random.Next(0, 900)));
                await service.KillAsync();
                interrupted += await IsAnsweredAsync(upload) ? 0 : 1;
            }

            await using (var service = await ServiceProcess.StartAsync(data.Path))
            {
                await service.Client.WaitForAllUploadsAsync();
                var again = await service.Client.UploadAsync(exports);
                Assert.Equal(sent.Count * MessagesAFile, again.IndexSize());
                Assert.Equal(exports.Sum(e => e.Texts.Count), again.Labels().Length);
                await EveryMessageIsFoundOnce(service.Client, sent, random, sample: 5);
                if (random.Next(2) == 0)
                    await service.TerminateAsync();
                else
                    await service.KillAsync();
            }
        }

        await using (var last = await ServiceProcess.StartAsync(data.Path))
        {
            await EveryMessageIsFoundOnce(last.Client, sent, random, sample: 200);
            await last.TerminateAsync();
        }

        using (var database = new IndexFile(data.Path))
        {
            Assert.Equal(sent.Count * MessagesAFile, database.Number("SELECT COUNT(*) FROM messages"));
            Assert.Equal(sent.SelectMany(e => e.Texts).Order(), database.Texts("SELECT text FROM messages").Order());
            Assert.Equal(sent.Count * MessagesAFile, database.Number("SELECT COUNT(*) FROM vectors"));
        }

        log.WriteLine($"{interrupted} of {rounds} uploads were interrupted, {sent.Count * MessagesAFile} messages are there once");
    }

    private static async Task<bool> IsAnsweredAsync(Task upload)
    {
        try
        {
            await upload;
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task EveryMessageIsFoundOnce(HttpClient client, List<ChatExport> sent, Random random, int sample)
    {
        var texts = sent.SelectMany(e => e.Texts).ToArray();
        foreach (var text in random.GetItems(texts, Math.Min(sample, texts.Length)))
        {
            var hits = await client.SearchAsync(text, limit: 20);
            Assert.Single(hits, h => h.GetProperty("text").GetString() == text);
        }
    }
}
