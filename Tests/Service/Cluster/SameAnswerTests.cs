using System.Text.Json;

namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>Three silos with the model answer as one process does.</summary>
[Collection(nameof(ClusterCollection))]
public sealed class SameAnswerTests(ClusterFixture fixture)
{
    [SkippableFact]
    public async Task Three_silos_answer_as_one_process_does()
    {
        var exports = File.ReadLines(SharedFolder.File("data/taskmaster4_utterances.jsonl")).Take(2000)
            .Select(line => JsonElement.Parse(line).GetProperty("text").GetString()!).Chunk(200)
            .Select((part, i) => new ChatExport($"{i}.json", JsonSerializer.Serialize(new { messages = part }), part))
            .Append(new ChatExport("damaged.json", """{"messages": ["one", """, []))
            .Append(new ChatExport("empty.json", """{"messages": [{"role": "user"}, ""]}""", [])).ToArray();

        JsonElement alone, together;
        using (var data = new TemporaryFolder())
        {
            await using var service = await ServiceProcess.StartAsync(data.Path);
            alone = await service.Client.UploadAsync(exports);
        }

        await using (var cluster = new ClusterProcesses(await fixture.Broker.AddVirtualHostAsync(), ClusterPrograms.Published))
        {
            for (var number = 1; number <= 3; number++)
                cluster.AddSilo($"silo-{number}");
            await cluster.StartAsync();
            together = await cluster.Gateway.UploadUntilAnsweredAsync(exports);
            await cluster.TerminateAsync();
        }

        Assert.Equal(alone.GetProperty("stats").GetRawText(), together.GetProperty("stats").GetRawText());
        Assert.Equal(alone.GetProperty("files").GetRawText(), together.GetProperty("files").GetRawText());
        ClusterCalls.AssertAgree(alone.Labels(), together.Labels());
    }
}
