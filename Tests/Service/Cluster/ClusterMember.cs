using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>A gateway or silo of a cluster, by its name. Its process is started again whenever it dies, as a supervisor does.</summary>
internal sealed partial class ClusterMember : IAsyncDisposable
{
    private const int MostStarts = 100, SigKill = 9, SigCont = 18, SigStop = 19;
    private readonly string[] _command;
    private readonly string _dataDirectory;
    private readonly (string Name, string Value)[] _settings;
    private readonly List<ServiceProcess> _processes = [];
    private bool _supervised;

    public ClusterMember(string name, string[] command, string dataDirectory, params (string Name, string Value)[] settings)
    {
        Name = name;
        _command = command;
        _dataDirectory = dataDirectory;
        _settings = [.. settings, ("Cluster__Name", name)];
    }

    public string Name { get; }

    /// <summary>The process that runs, or ran last.</summary>
    public ServiceProcess Process
    {
        get
        {
            lock (_processes)
                return _processes[^1];
        }
    }

    public HttpClient Client => Process.Client;

    /// <summary>How many times it was started.</summary>
    public int Starts
    {
        get
        {
            lock (_processes)
                return _processes.Count;
        }
    }

    /// <summary>What all its processes have printed.</summary>
    public string Output
    {
        get
        {
            lock (_processes)
                return string.Join('\n', _processes.Select(process => process.Output));
        }
    }

    /// <summary>Starts its process, and does not wait.</summary>
    /// <param name="supervised">Whether it is started again when it dies.</param>
    public void Launch(bool supervised = true)
    {
        lock (_processes)
        {
            _supervised = supervised;
            Start();
        }
    }

    /// <summary>Ends the process as a power cut would. A supervised one is started again at once.</summary>
    public async Task KillAsync()
    {
        var process = Process;
        Signal(process, SigKill);
        await process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, and waits until it has. It is not started again.</summary>
    public Task<int> TerminateAsync()
    {
        lock (_processes)
            _supervised = false;
        return Process.TerminateAsync();
    }

    /// <summary>Has the process do nothing, as a machine that hangs.</summary>
    public void Pause() => Signal(Process, SigStop);

    /// <summary>Has the paused process go on.</summary>
    public void Continue() => Signal(Process, SigCont);

    /// <summary>Waits until it says that it is ready, however often it has to be started.</summary>
    public async Task WaitUntilReadyAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await IsReadyAsync(patience.Token))
            await Task.Delay(20, patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        ServiceProcess[] processes;
        lock (_processes)
        {
            _supervised = false;
            processes = [.. _processes];
        }

        foreach (var process in processes)
            await process.DisposeAsync();
    }

    /// <summary>Starts a process and looks after it; the caller holds the lock.</summary>
    private void Start()
    {
        var process = ServiceProcess.Launch(_command, _dataDirectory, _settings);
        _processes.Add(process);
        _ = SuperviseAsync(process);
    }

    private async Task SuperviseAsync(ServiceProcess process)
    {
        await process.Ended;
        lock (_processes)
            if (_supervised && _processes.Count < MostStarts)
                Start();
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Client.GetAsync("/health", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static void Signal(ServiceProcess process, int signal)
    {
        if (SendSignal(process.Id, signal) != 0)
            throw new Win32Exception();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
