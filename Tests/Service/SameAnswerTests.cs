using System.Text.Json;

namespace ChatAnalysis.Tests.Service;

/// <summary>What an upload answers does not depend on when it is sent.</summary>
public sealed class SameAnswerTests
{
    private const double LeastAgreement = 0.999;

    [SkippableFact]
    public async Task The_same_upload_sent_again_agrees_in_at_least_999_of_1000_labels()
    {
        var texts = File.ReadLines(SharedFolder.File("data/taskmaster4_utterances.jsonl")).Take(2000)
            .Select(line => JsonElement.Parse(line).GetProperty("text").GetString()!).ToArray();
        var exports = texts.Chunk(500).Select((part, i) =>
            new ChatExport($"{i}.json", JsonSerializer.Serialize(new { messages = part }), part)).ToArray();
        using var data = new TemporaryFolder();
        await using var service = await ServiceProcess.StartAsync(data.Path, ("Embedding__CacheSize", "0"));

        var first = (await service.Client.UploadAsync(exports)).Labels();
        var again = (await service.Client.UploadAsync("/upload?duplicates=allow", exports)).Labels();
        var recognised = (await service.Client.UploadAsync(exports)).Labels();

        Assert.Equal(texts.Length, first.Length);
        Assert.InRange(first.Zip(again, (a, b) => a == b ? 1.0 : 0.0).Average(), LeastAgreement, 1);
        Assert.InRange(first.Zip(recognised, (a, b) => a == b ? 1.0 : 0.0).Average(), LeastAgreement, 1);
        Assert.Equal(5, first.Distinct().Count());
    }
}
