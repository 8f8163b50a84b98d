using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ChatAnalysis.Tests.Service;

/// <summary>The service as a user starts it: a process of its own, reached over HTTP.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private bool _disposed;

    private ServiceProcess(ProcessStartInfo start, int port)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(5) };
    }

    public HttpClient Client { get; }

    public int Id => _process.Id;

    public string Output => string.Join('\n', _output);

    public bool HasEnded => _process.HasExited;

    /// <summary>Ends when the process has, whenever that is.</summary>
    public Task Ended => _process.WaitForExitAsync();

    /// <summary>Starts the service and waits until it is ready.</summary>
    public static async Task<ServiceProcess> StartAsync(string dataDirectory, params (string Name, string Value)[] settings)
    {
        var service = Launch(dataDirectory, settings);
        await service.WaitUntilReadyAsync();
        return service;
    }

    /// <summary>Starts the service and does not wait.</summary>
    public static ServiceProcess Launch(string dataDirectory, params (string Name, string Value)[] settings)
    {
        var program = Repository.PathOf(".make", "program", "ChatAnalysis.Gateway.dll");
        Assert.True(File.Exists(program), $"{program} is missing: run make build first");
        return Launch(["dotnet", program], dataDirectory, settings);
    }

    /// <summary>Starts a command that serves, and does not wait.</summary>
    public static ServiceProcess Launch(string[] command, string dataDirectory, params (string Name, string Value)[] settings)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        start.Environment["PORT"] = $"{port}";
        start.Environment["DATA_DIR"] = dataDirectory;
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return new ServiceProcess(start, port);
    }

    /// <summary>Waits until the service says that it is ready.</summary>
    public async Task WaitUntilReadyAsync()
    {
        var clock = Stopwatch.StartNew();
        while (!await IsReadyAsync())
        {
            if (_process.HasExited || clock.Elapsed > StartPatience)
            {
                await DisposeAsync();
                throw new InvalidOperationException($"The service did not become ready:\n{Output}");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Ends the process as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await WaitForExitAsync();
    }

    /// <summary>Asks the process to stop, and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        using (var kill = Process.Start("sh", ["-c", $"kill -TERM {_process.Id}"]))
            await kill.WaitForExitAsync();
        return await WaitForExitAsync();
    }

    /// <summary>Waits for the end of a process that ends by itself.</summary>
    public async Task<int> WaitForExitAsync()
    {
        using var patience = new CancellationTokenSource(StartPatience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
        Client.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Client.GetAsync("/health");
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
            _output.Enqueue(line);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
