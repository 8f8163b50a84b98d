using System.Diagnostics;

namespace ChatAnalysis.Tests.Deploy;

/// <summary>Docker's own word on the files, where its client has compose.</summary>
public sealed class ComposeClientTests
{
    [SkippableFact]
    public void Docker_compose_accepts_the_files()
    {
        Skip.IfNot(Run(["compose", "version"]).Succeeded, "No `docker compose` on this machine: the files were not checked by it");
        foreach (var compose in ComposeFile.All)
        {
            string[] files = [.. compose.Names.SelectMany(name => new[] { "-f", Repository.PathOf("deploy", name) })];
            var config = Run(["compose", .. files, "config", "--quiet"], ("DOTNET_REGISTRY", "registry.example"));
            Assert.True(config.Succeeded, config.Errors);

            var without = Run(["compose", .. files, "config", "--quiet"], ("DOTNET_REGISTRY", ""));
            Assert.False(without.Succeeded);
            Assert.Contains(".env.example", without.Errors, StringComparison.Ordinal);
        }
    }

    private static (bool Succeeded, string Errors) Run(string[] arguments, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        try
        {
            using var docker = Process.Start(start)!;
            docker.StandardOutput.ReadToEndAsync();
            var errors = docker.StandardError.ReadToEndAsync();
            if (docker.WaitForExit(TimeSpan.FromSeconds(60)))
                return (docker.ExitCode == 0, errors.GetAwaiter().GetResult());
            docker.Kill(entireProcessTree: true);
            return (false, "docker did not end");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return (false, "There is no docker");
        }
    }
}
