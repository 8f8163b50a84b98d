using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Silo.Composition;
using ChatAnalysis.Silo.Hosting;

namespace ChatAnalysis.Tests.Gateway;

public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_wrong_setting_ends_the_program_with_one_line_and_exit_code_1()
    {
        var (exitCode, error) = await RunAsync("--PORT", "abc");

        Assert.Equal(1, exitCode);
        Assert.Equal("PORT is 'abc', but must be a whole number from 0 to 65535\n", error);
    }

    [Fact]
    public async Task A_port_in_use_ends_the_program_with_one_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var (exitCode, error) = await RunAsync("--PORT", $"{port}");

        Assert.Equal(1, exitCode);
        Assert.Equal(1, error.Count(c => c == '\n'));
        Assert.Contains($"127.0.0.1:{port}", error, StringComparison.Ordinal);
        Assert.Contains("PORT", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_of_another_model_ends_the_start_with_both_names_and_what_to_do()
    {
        var index = new FakeVectorIndexGrain();
        var other = new ModelId("other", new string('c', 64));
        index.Status = index.Status with { Model = other };

        var failure = await Assert.ThrowsAsync<StartFailedException>(
            () => ModelAgreement.RequireAsync(new FakeEmbeddingGrain(), index, CancellationToken.None));

        Assert.Contains(other.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.Contains(FakeEmbeddingGrain.TestModel.ToString(), failure.Message, StringComparison.Ordinal);
        Assert.Contains("DATA_DIR", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_index_takes_any_model()
    {
        var index = new FakeVectorIndexGrain();
        index.Status = index.Status with { Size = 0, Model = new ModelId("other", new string('c', 64)) };

        await ModelAgreement.RequireAsync(new FakeEmbeddingGrain(), index, CancellationToken.None);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(int ExitCode, string Error)> RunAsync(params string[] settings)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        var assembly = Path.Combine(AppContext.BaseDirectory, "ChatAnalysis.Gateway.dll");
        foreach (var argument in (string[])[assembly, "--DATA_DIR", _folder.Path, .. settings])
            start.ArgumentList.Add(argument);
        using var program = Process.Start(start)!;
        var output = program.StandardOutput.ReadToEndAsync();
        var error = await program.StandardError.ReadToEndAsync();
        await output;
        await program.WaitForExitAsync();
        return (program.ExitCode, error.ReplaceLineEndings("\n"));
    }
}
