using System.Text.RegularExpressions;

namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>Does what docs/cluster.md tells a reader to do, over `make cluster`.</summary>
public sealed partial class ClusterDocumentTests
{
    [Fact]
    public async Task The_commands_of_the_document_work_and_nothing_is_left_running()
    {
        using var folder = new TemporaryFolder();
        var data = folder.PathOf("data");
        var blocks = Fence().Matches(await File.ReadAllTextAsync(Repository.PathOf("docs", "cluster.md"))).Select(m => m.Groups[1].Value).ToArray();
        Assert.Equal(3, blocks.Length);

        await using var cluster = ServiceProcess.Launch([.. blocks[0].Trim().Split(' '), "--no-print-directory"], data);
        await cluster.WaitUntilReadyAsync();
        await WaitForOwnerAsync(cluster.Client);
        var uploaded = await DocumentedCommands.RunAsync(cluster, folder, blocks[1]);
        Assert.Contains("\"index_size\":3", uploaded, StringComparison.Ordinal);
        Assert.Contains("\"owner\":\"", uploaded, StringComparison.Ordinal);
        Assert.Contains("I want my money back", await DocumentedCommands.RunAsync(cluster, folder, blocks[2]), StringComparison.Ordinal);

        var parts = Part().Matches(cluster.Output).Select(m => int.Parse(m.Groups[1].Value, null)).Distinct().ToArray();
        Assert.True(parts.Length >= 4, cluster.Output);
        await cluster.TerminateAsync();
        Assert.DoesNotContain(parts, IsRunning);
    }

    /// <summary>Silos tell who owns the index with their announcements, every two seconds.</summary>
    private static async Task WaitForOwnerAsync(HttpClient client)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(await client.GetStringAsync("/v1/cluster", patience.Token)).Contains("\"owner\":\"", StringComparison.Ordinal))
            await Task.Delay(100, patience.Token);
    }

    private static bool IsRunning(int process) => Directory.Exists($"/proc/{process}");

    [GeneratedRegex("^```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("^[a-z0-9-]+ is process ([0-9]+)$", RegexOptions.Multiline)]
    private static partial Regex Part();
}
