using ChatAnalysis.Grains;
using ChatAnalysis.Silo.Hosting;

namespace ChatAnalysis.Silo.Configuration;

/// <summary>Where things are kept: settings <c>DATA_DIR</c> and <c>UPLOAD_DIR</c>.</summary>
internal static class StorageSettings
{
    /// <summary>Reads the settings and creates the folders.</summary>
    /// <exception cref="StartFailedException">One cannot be created or written to.</exception>
    public static StorageOptions Read(IConfiguration configuration)
    {
        var data = PrivateFolder.Require("DATA_DIR", ValueOr(configuration["DATA_DIR"], "data"));
        var uploads = PrivateFolder.Require("UPLOAD_DIR", ValueOr(configuration["UPLOAD_DIR"], Path.Combine(data, "uploads")));
        return new StorageOptions(data, uploads);
    }

    private static string ValueOr(string? value, string fallback) => string.IsNullOrWhiteSpace(value) ? fallback : value;
}
