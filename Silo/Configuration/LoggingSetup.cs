using ChatAnalysis.Silo.Hosting;
using Microsoft.Extensions.Configuration.Memory;

namespace ChatAnalysis.Silo.Configuration;

/// <summary>Logs go to the console: plain lines for a person, or JSON where <c>Logging:Format</c> is <c>json</c>.</summary>
internal static class LoggingSetup
{
    private static readonly Dictionary<string, string?> DefaultLevels = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
    };

    /// <summary>Sets the logging up.</summary>
    /// <exception cref="StartFailedException">The format or a level is unknown.</exception>
    public static void AddLogging(this WebApplicationBuilder builder)
    {
        // First of all sources, so that every other one overrides them.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = DefaultLevels });
        CheckLevels(builder.Configuration);

        builder.Logging.ClearProviders();
        var format = builder.Configuration["Logging:Format"] ?? "plain";
        switch (format.ToLowerInvariant())
        {
            case "plain":
                builder.Logging.AddSimpleConsole(console =>
                {
                    console.SingleLine = true;
                    console.TimestampFormat = "HH:mm:ss ";
                });
                break;
            case "json":
                builder.Logging.AddJsonConsole(console =>
                {
                    console.UseUtcTimestamp = true;
                    console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
                });
                break;
            default:
                throw new StartFailedException($"Logging:Format is '{format}', but must be one of plain, json");
        }

        // Whatever the levels say: request logs hold query strings, and those hold what people search for.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        // It repeats, with a stack trace, the start failures that end the program with a line of their own.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    }

    private static void CheckLevels(ConfigurationManager configuration)
    {
        var levels = string.Join(", ", Enum.GetNames<LogLevel>()).ToLowerInvariant();
        foreach (var level in configuration.GetSection("Logging:LogLevel").GetChildren())
            if (!Enum.TryParse<LogLevel>(level.Value, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed))
                throw new StartFailedException($"{level.Path} is '{level.Value}', but must be one of {levels}");
    }
}
