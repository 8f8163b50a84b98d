using ChatAnalysis.Silo.Configuration;
using ChatAnalysis.Silo.Hosting;
using Microsoft.Extensions.Primitives;

namespace ChatAnalysis.Gateway.Security;

/// <summary>
/// The names in the Host header that are answered: setting <c>AllowedHosts</c>, such as <c>chats.example;*.example.org</c>, or
/// <c>*</c> for all. Without it: on loopback only loopback's names, elsewhere all.
/// </summary>
/// <remarks>Else a web page could have its own name point to 127.0.0.1 (DNS rebinding), and a browser let it read all chats.</remarks>
internal sealed record AllowedHosts(IReadOnlyList<string> Patterns)
{
    private readonly StringSegment[] _segments = [.. Patterns.Select(pattern => new StringSegment(pattern))];

    /// <summary>Reads the setting.</summary>
    /// <exception cref="StartFailedException">It names no host.</exception>
    public static AllowedHosts Read(IConfiguration configuration, ListenOptions listen)
    {
        if (configuration["AllowedHosts"] is not { } setting)
            return new AllowedHosts(listen.IsLoopback ? ["localhost", "127.0.0.1", "[::1]", listen.Host] : ["*"]);
        var patterns = setting.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return patterns.Length > 0
            ? new AllowedHosts(patterns)
            : throw new StartFailedException(
                $"AllowedHosts is '{setting}', but must be one or more host names with ; between them, or *");
    }

    /// <summary>Whether a request to this host is answered. One that names none comes from no browser.</summary>
    public bool Allow(HostString host) => !host.HasValue || HostString.MatchesAny(host.Value, _segments);
}
