using System.Diagnostics;
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
        var uploaded = await BashAsync(cluster, folder, blocks[1]);
        Assert.Contains("\"index_size\":3", uploaded, StringComparison.Ordinal);
        Assert.Contains("\"owner\":\"", uploaded, StringComparison.Ordinal);
        Assert.Contains("I want my money back", await BashAsync(cluster, folder, blocks[2]), StringComparison.Ordinal);

        var parts = Part().Matches(cluster.Output).Select(m => int.Parse(m.Groups[1].Value, null)).Distinct().ToArray();
        Assert.True(parts.Length >= 4, cluster.Output);
        await cluster.TerminateAsync();
        Assert.DoesNotContain(parts, IsRunning);
    }

    private static bool IsRunning(int process) => Directory.Exists($"/proc/{process}");

    private static async Task<string> BashAsync(ServiceProcess cluster, TemporaryFolder folder, string commands)
    {
        var script = commands.Replace("localhost:5000", cluster.Client.BaseAddress!.Authority, StringComparison.Ordinal);
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-euc", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        })!;
        var errors = bash.StandardError.ReadToEndAsync();
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        Assert.True(bash.ExitCode == 0, $"{await errors}\n{cluster.Output}");
        return output;
    }

    [GeneratedRegex("^```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("^[a-z0-9-]+ is process ([0-9]+)$", RegexOptions.Multiline)]
    private static partial Regex Part();
}
