using System.Diagnostics;

namespace ChatAnalysis.Tests.Service;

/// <summary>Runs the commands of a document as a reader would, against a service that listens elsewhere.</summary>
internal static class DocumentedCommands
{
    /// <summary>Runs them in a folder.</summary>
    /// <returns>What they print. Where one fails, the test does.</returns>
    public static async Task<string> RunAsync(ServiceProcess service, TemporaryFolder folder, string commands)
    {
        var script = commands.Replace("localhost:5000", service.Client.BaseAddress!.Authority, StringComparison.Ordinal);
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-euc", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
        })!;
        var errors = bash.StandardError.ReadToEndAsync();
        var output = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        Assert.True(bash.ExitCode == 0, $"{await errors}\n{service.Output}");
        return output;
    }
}
