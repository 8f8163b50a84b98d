using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ChatAnalysis.Tests.Cluster.RabbitMq;

/// <summary>A RabbitMQ broker of the test's own, as deploy/broker runs it: a process on free ports, in a folder of its own.</summary>
internal sealed partial class Broker : IAsyncDisposable
{
    /// <summary>How many ports a broker takes, from <see cref="Port"/> on: AMQP, Erlang's name service, rabbitmqctl, TLS.</summary>
    public const int Ports = 4;

    private const int Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly byte[] AmqpHeader = [.. "AMQP"u8, 0, 0, 9, 1];

    private readonly TemporaryFolder _folder = new();
    private readonly string _user;
    private readonly string _password;
    private readonly BrokerCertificates? _certificates;
    private readonly List<string> _virtualHosts = [];
    private Process? _process;
    private bool _isEmpty;

    private Broker(string user, string password, bool tls)
    {
        (_user, _password) = (user, password);
        Port = FreePorts.Find(Ports);
        _certificates = tls ? new BrokerCertificates(_folder) : null;
    }

    /// <summary>The port for AMQP; it stays the same from start to start.</summary>
    public int Port { get; }

    /// <summary>The address, without user and password.</summary>
    public Uri Uri => new($"amqp://127.0.0.1:{Port}");

    /// <summary>The address for TLS.</summary>
    public Uri TlsUri => new($"amqps://127.0.0.1:{TlsPort}");

    /// <summary>The certificate of the authority that signed the broker's.</summary>
    public string CaFile => _certificates?.CaFile ?? throw new InvalidOperationException("This broker was started without TLS");

    private int TlsPort => Port + 3;

    private string Data => _folder.PathOf("broker");

    /// <summary>Starts an empty broker that knows one user, and waits until it answers.</summary>
    public static async Task<Broker> StartAsync(string user = "guest", string password = "guest", bool tls = false)
    {
        var broker = new Broker(user, password, tls);
        try
        {
            await broker.RestartAsync();
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the broker as a power cut would; what belongs to it ends with it.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
            return;
        process.Kill();
        await ForgetAsync(process);
    }

    /// <summary>Asks the broker to stop, and waits until it has.</summary>
    public async Task StopAsync()
    {
        if (_process is not { } process)
            return;
        if (Signal(process.Id, Terminate) != 0)
            throw new Win32Exception();
        await ForgetAsync(process);
    }

    /// <summary>
    /// Stops the broker and removes all that it kept: it starts empty at the next <see cref="RestartAsync"/>, with the virtual hosts
    /// that were added, as whoever sets up a broker anew adds them, too.
    /// </summary>
    public async Task EmptyAsync()
    {
        await KillAsync();
        Directory.Delete(Data, recursive: true);
        _isEmpty = true;
    }

    /// <summary>Starts the broker again on its ports and its data, and waits until it answers; one that runs is killed first.</summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        _process = Process.Start(Command()) ?? throw new InvalidOperationException("deploy/broker was not started");
        var complaints = _process.StandardError.ReadToEndAsync();
        var clock = Stopwatch.StartNew();
        while (!await AnswersAsync())
        {
            if (_process.HasExited || clock.Elapsed > Patience)
            {
                await KillAsync();
                throw new InvalidOperationException($"The broker does not answer: {await complaints}");
            }

            await Task.Delay(20);
        }

        if (_isEmpty)
            foreach (var name in _virtualHosts)
                await AddVirtualHostAsync(name);
        _isEmpty = false;
    }

    /// <summary>Adds a virtual host, in which no other test's queues are.</summary>
    /// <returns>Its address.</returns>
    public async Task<Uri> AddVirtualHostAsync()
    {
        var name = $"{Guid.NewGuid():N}";
        await AddVirtualHostAsync(name);
        _virtualHosts.Add(name);
        return new Uri(Uri, name);
    }

    /// <summary>
    /// Has the broker write the names of its quorum queues. By itself it does so about a second after a queue was declared;
    /// one whose name was not written when the power was cut never answers again.
    /// </summary>
    public Task WriteNamesAsync() => CommandAsync("[dets:sync(Table) || Table <- dets:all()], ok.");

    /// <summary>Cuts all connections, as a network that fails does.</summary>
    public Task CutConnectionsAsync() => CommandAsync("""rabbit_networking:close_all_connections(<<"cut by a test">>).""");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Dispose();
    }

    private Task AddVirtualHostAsync(string name) => CommandAsync($"""
        ok = rabbit_vhost:add(<<"{name}">>, <<"tests">>),
        ok = rabbit_auth_backend_internal:set_permissions(
            <<"{_user}">>, <<"{name}">>, <<".*">>, <<".*">>, <<".*">>, <<"tests">>).
        """);

    /// <summary>Has the broker evaluate Erlang: in milliseconds, where rabbitmqctl takes a second.</summary>
    private async Task CommandAsync(string erlang)
    {
        var call = new ProcessStartInfo("erl_call", ["-n", "broker@localhost", "-e"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["HOME"] = Data, ["ERL_EPMD_PORT"] = $"{Port + 1}" },
        };
        using var process = Process.Start(call) ?? throw new InvalidOperationException("erl_call was not started");
        using var patience = new CancellationTokenSource(Patience);
        await process.StandardInput.WriteLineAsync(erlang);
        process.StandardInput.Close();
        var answer = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        if (process.ExitCode != 0 || !answer.Contains("{ok, ok}", StringComparison.Ordinal))
        {
            var complaint = await process.StandardError.ReadToEndAsync(patience.Token);
            throw new InvalidOperationException($"The broker refused: {answer}{complaint}");
        }
    }

    private ProcessStartInfo Command()
    {
        var passwordFile = _folder.PathOf("password");
        File.WriteAllText(passwordFile, _password);
        var command = new ProcessStartInfo(Repository.PathOf("deploy", "broker"), [Data, $"{Port}"])
        {
            RedirectStandardError = true,
            Environment = { ["BROKER_USER"] = _user, ["BROKER_PASSWORD_FILE"] = passwordFile },
        };
        if (_certificates is not null)
        {
            command.Environment["BROKER_TLS_PORT"] = $"{TlsPort}";
            command.Environment["BROKER_CA_FILE"] = _certificates.CaFile;
            command.Environment["BROKER_CERTIFICATE_FILE"] = _certificates.CertificateFile;
            command.Environment["BROKER_KEY_FILE"] = _certificates.KeyFile;
        }

        return command;
    }

    /// <summary>Whether an AMQP header gets a byte in reply, which a broker that only listens does not send.</summary>
    private async Task<bool> AnswersAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, Port, patience.Token);
            await socket.SendAsync(AmqpHeader, patience.Token);
            return await socket.ReceiveAsync(new byte[1], patience.Token) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task ForgetAsync(Process process)
    {
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        process.Dispose();
        _process = null;
        while (!FreePorts.AreFree(Port, Ports))
            await Task.Delay(10, patience.Token);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int process, int signal);
}
