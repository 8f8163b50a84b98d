using System.Net;
using System.Net.Sockets;
using ChatAnalysis.Silo.Hosting;

namespace ChatAnalysis.Silo.Configuration;

/// <summary>Where the program listens. Settings <c>PORT</c>, <c>Listen:Address</c>, <c>Listen:AllowRemote</c>.</summary>
/// <param name="Address">The address; null for <c>localhost</c>, which is the loopback address of both IP versions.</param>
/// <param name="Port">The port; 0 lets the system choose a free one.</param>
internal sealed record ListenOptions(IPAddress? Address, int Port)
{
    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLoopback => Address is null || IPAddress.IsLoopback(Address);

    /// <summary>The address as it stands in a URL.</summary>
    public string Host => Address switch
    {
        null => "localhost",
        { AddressFamily: AddressFamily.InterNetworkV6 } => $"[{Address}]",
        _ => Address.ToString(),
    };

    /// <summary>Reads the settings.</summary>
    /// <exception cref="StartFailedException">They are wrong, or would open the program to others without saying so.</exception>
    public static ListenOptions Read(IConfiguration configuration, int defaultPort)
    {
        var port = SettingsReader.ReadInteger(configuration, "PORT", fallback: defaultPort, from: 0, to: 65535);
        var section = SettingsReader.Read<Section>(configuration, "Listen");
        if (section.Address.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return port > 0
                ? new ListenOptions(null, port)
                : throw new StartFailedException(
                    "PORT is '0', but must be a whole number from 1 to 65535 where Listen:Address is localhost");

        if (!IPAddress.TryParse(section.Address.Trim('[', ']'), out var address))
            throw new StartFailedException(
                $"Listen:Address is '{section.Address}', but must be an IP address of this machine, or localhost "
                + "(0.0.0.0 means all addresses)");
        if (!IPAddress.IsLoopback(address) && !section.AllowRemote)
            throw new StartFailedException(
                $"Listen:Address is {address}, which others can reach, and there is no access control yet: "
                + "everybody who reaches it can read all chats. Set Listen:AllowRemote=true too if that is what you want");
        return new ListenOptions(address, port);
    }

    private sealed record Section
    {
        public string Address { get; init; } = "127.0.0.1";

        public bool AllowRemote { get; init; }
    }
}
