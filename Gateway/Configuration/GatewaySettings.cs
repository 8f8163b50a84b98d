using ChatAnalysis.Gateway.Composition;
using ChatAnalysis.Gateway.Uploads;
using ChatAnalysis.Grains;

namespace ChatAnalysis.Gateway.Configuration;

/// <summary>What the gateway itself is set to. All of it has been validated.</summary>
/// <param name="Listen">Where it listens.</param>
/// <param name="Storage">Where things are kept: settings <c>DATA_DIR</c> and <c>UPLOAD_DIR</c>.</param>
/// <param name="Upload">What an upload may be.</param>
internal sealed record GatewaySettings(ListenOptions Listen, StorageOptions Storage, UploadOptions Upload)
{
    /// <summary>Reads and checks the settings, and creates the folders.</summary>
    /// <exception cref="StartFailedException">One is wrong.</exception>
    public static GatewaySettings Read(IConfiguration configuration)
    {
        var listen = ListenOptions.Read(configuration);
        var upload = SettingsReader.Read<UploadOptions>(configuration, "Upload");
        var data = PrivateFolder.Require("DATA_DIR", ValueOr(configuration["DATA_DIR"], "data"));
        var uploads = PrivateFolder.Require("UPLOAD_DIR", ValueOr(configuration["UPLOAD_DIR"], Path.Combine(data, "uploads")));
        return new GatewaySettings(listen, new StorageOptions(data, uploads), upload);
    }

    private static string ValueOr(string? value, string fallback) => string.IsNullOrWhiteSpace(value) ? fallback : value;
}
