using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace ChatAnalysis.Tests.Service;

/// <summary>The service as a user starts it: a process of its own, reached over HTTP.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();

    private ServiceProcess(ProcessStartInfo start, int port)
    {
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromMinutes(5) };
    }

    public HttpClient Client { get; }

    public int Id => process.Id;

    public string Output => string.Join('\n', output);

    /// <summary>Starts the service and waits until it is ready.</summary>
    public static async Task<ServiceProcess> StartAsync(string dataDirectory, params (string Name, string Value)[] settings)
    {
        var service = Launch(dataDirectory, settings);
        await service.WaitUntilReadyAsync();
        return service;
    }

    /// <summary>Starts the service and does not wait.</summary>
    public static ServiceProcess Launch(string dataDirectory, params (string Name, string Value)[] settings) =>
        Launch(["dotnet", Repository.PathOf(".make", "gateway", "ChatAnalysis.Gateway.dll")], dataDirectory, settings);

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
            if (process.HasExited || clock.Elapsed > StartPatience)
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
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>Asks the process to stop, and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await kill.WaitForExitAsync();
        return await WaitForExitAsync();
    }

    /// <summary>Waits for the end of a process that ends by itself.</summary>
    public async Task<int> WaitForExitAsync()
    {
        using var patience = new CancellationTokenSource(StartPatience);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
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
            output.Enqueue(line);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
