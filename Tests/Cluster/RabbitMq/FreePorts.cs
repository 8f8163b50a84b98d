using System.Net;
using System.Net.Sockets;

namespace ChatAnalysis.Tests.Cluster.RabbitMq;

/// <summary>Finds ports that nobody listens on, below those that the system gives to outgoing connections.</summary>
internal static class FreePorts
{
    private const int Attempts = 100;

    /// <summary>The first of this many free ports in a row.</summary>
    public static int Find(int count)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var first = Random.Shared.Next(10_000, 32_000);
            if (AreFree(first, count))
                return first;
        }

        throw new InvalidOperationException($"No {count} free ports in a row found");
    }

    /// <summary>Whether nobody listens on any of this many ports in a row.</summary>
    public static bool AreFree(int first, int count) => Enumerable.Range(first, count).All(IsFree);

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
