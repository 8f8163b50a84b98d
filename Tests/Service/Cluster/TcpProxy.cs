using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>A wire between a process and the broker, that a test can cut or block.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Socket, bool> _open = [];
    private readonly int _target;
    private readonly Task _accepting;
    private volatile TaskCompletionSource _flow = new();

    /// <summary>Begins to listen.</summary>
    /// <param name="target">The port on this machine that it leads to.</param>
    public TcpProxy(int target)
    {
        _target = target;
        _flow.SetResult();
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>The setting that has a member of a cluster take this way to the broker.</summary>
    public (string Name, string Value) Setting => ("Cluster__RabbitMq", $"amqp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Closes all connections; new ones are let through.</summary>
    public void Cut()
    {
        foreach (var socket in _open.Keys)
            Close(socket);
    }

    /// <summary>Lets nothing through, and closes nothing: as a cable that was pulled.</summary>
    public void Block() => _flow = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets everything through again, what waited first.</summary>
    public void Unblock() => _flow.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        Unblock();
        _listener.Stop();
        Cut();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptSocketAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed of.
        }
    }

    private async Task ServeAsync(Socket near)
    {
        var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _open[near] = _open[far] = true;
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target);
            await Task.WhenAny(PumpAsync(near, far), PumpAsync(far, near));
        }
        catch (SocketException)
        {
            // The broker is not there: neither is this way to it.
        }
        finally
        {
            Close(near);
            Close(far);
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 << 10];
        try
        {
            while (await from.ReceiveAsync(buffer) is var read and > 0)
            {
                await _flow.Task;
                for (var sent = 0; sent < read;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private void Close(Socket socket)
    {
        _open.TryRemove(socket, out _);
        socket.Dispose();
    }
}
