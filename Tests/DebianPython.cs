using System.Diagnostics;

namespace ChatAnalysis.Tests;

/// <summary>Debian's Python, whose packages python3-faiss and python3-sklearn are references.</summary>
internal static class DebianPython
{
    private const string Interpreter = "/usr/bin/python3";

    /// <summary>Runs a script that needs a module; skips the calling test where the module is missing.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<string> RunAsync(string module, string script, params string[] arguments)
    {
        var (status, _, _) = await StartAsync(["-c", $"import {module}"]);
        Skip.IfNot(status == 0, $"Debian's Python has no module {module}");
        var (result, printed, errors) = await StartAsync(["-c", script, .. arguments]);
        Assert.True(result == 0, errors);
        return printed;
    }

    private static async Task<(int Status, string Output, string Errors)> StartAsync(string[] arguments)
    {
        if (!File.Exists(Interpreter))
            return (-1, "", "");
        using var python = Process.Start(new ProcessStartInfo(Interpreter, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = python.StandardError.ReadToEndAsync();
        var output = await python.StandardOutput.ReadToEndAsync();
        await python.WaitForExitAsync();
        return (python.ExitCode, output.Trim(), await errors);
    }
}
