using ChatAnalysis.Gateway.Uploads;
using ChatAnalysis.Grains;
using ChatAnalysis.Silo.Configuration;
using ChatAnalysis.Silo.Hosting;

namespace ChatAnalysis.Gateway.Configuration;

/// <summary>What the gateway itself is set to. All of it has been validated.</summary>
/// <param name="Listen">Where it listens.</param>
/// <param name="Storage">Where things are kept.</param>
/// <param name="Upload">What an upload may be.</param>
internal sealed record GatewaySettings(ListenOptions Listen, StorageOptions Storage, UploadOptions Upload)
{
    private const int DefaultPort = 5000;

    /// <summary>Reads and checks the settings, and creates the folders.</summary>
    /// <exception cref="StartFailedException">One is wrong.</exception>
    public static GatewaySettings Read(IConfiguration configuration) => new(
        ListenOptions.Read(configuration, DefaultPort),
        StorageSettings.Read(configuration),
        SettingsReader.Read<UploadOptions>(configuration, "Upload"));
}
