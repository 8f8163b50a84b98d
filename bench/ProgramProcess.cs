using System.Diagnostics;

namespace ChatAnalysis.Bench;

/// <summary>A published program, or the broker's script, as a process of its own.</summary>
internal sealed class ProgramProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient? _client;

    private ProgramProcess(Process process, HttpClient? client)
    {
        _process = process;
        _client = client;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
    }

    public int Id => _process.Id;

    public HttpClient Client => _client ?? throw new InvalidOperationException("This process serves no HTTP");

    /// <summary>Starts a gateway or a silo and waits until it is ready.</summary>
    public static async Task<ProgramProcess> StartAsync(string program, int port, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [$".make/program/ChatAnalysis.{program}.dll"]);
        start.Environment["PORT"] = $"{port}";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(10) };
        var started = Start(start, client);
        while (!await started.IsReadyAsync())
            await Task.Delay(2);
        return started;
    }

    /// <summary>Starts a broker with its data in a folder, and does not wait.</summary>
    public static ProgramProcess StartBroker(string folder, int port) =>
        Start(new ProcessStartInfo("deploy/broker", [folder, $"{port}"]), null);

    /// <summary>Ends it as a power cut would.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        _client?.Dispose();
        if (!_process.HasExited)
        {
            using var terminate = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await terminate.WaitForExitAsync();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static ProgramProcess Start(ProcessStartInfo start, HttpClient? client)
    {
        start.RedirectStandardOutput = true;
        return new ProgramProcess(Process.Start(start)!, client);
    }

    private async Task<bool> IsReadyAsync()
    {
        if (_process.HasExited)
            throw new InvalidOperationException($"The program ended with {_process.ExitCode} instead of getting ready");
        try
        {
            using var answer = await Client.GetAsync("/health");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
