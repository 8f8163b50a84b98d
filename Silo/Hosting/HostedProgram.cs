using ChatAnalysis.Silo.Configuration;
using ChatAnalysis.Silo.Telemetry;
using Microsoft.AspNetCore.Connections;

namespace ChatAnalysis.Silo.Hosting;

/// <summary>How the gateway and the silo are built and run: settings, logs, listening, grains, and an end with a plain word.</summary>
internal static class HostedProgram
{
    // How long connections may take to end. Whoever still sends by then is cut off: the index has to be written.
    private static readonly TimeSpan ConnectionsGrace = TimeSpan.FromSeconds(2);

    /// <summary>Runs a program until it is told to stop.</summary>
    /// <returns>Its exit code: 0, or 1 where it could not start; the reason stands on the error output.</returns>
    public static async Task<int> RunAsync(Func<WebApplication> build)
    {
        try
        {
            await using var app = build();
            var grains = app.Services.GetRequiredService<GrainHost>();
            await app.RunAsync();
            return grains.Failure switch
            {
                null => 0,
                StartFailedException failure => throw failure,
                var fault => throw new InvalidOperationException("The program could not start", fault),
            };
        }
        catch (StartFailedException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"{exception.Message.TrimEnd('.')}: stop who uses it, or choose another PORT");
        }

        return 1;
    }

    /// <summary>A builder with the settings read, the logs set up, and the host of grains added.</summary>
    /// <exception cref="StartFailedException">A setting is wrong.</exception>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        try
        {
            // Settings are read once. Watching their files for changes would watch every folder below this one too.
            var builder = WebApplication.CreateBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
            builder.AddLogging();
            builder.AddTraceExport();
            builder.Services.AddSingleton(TimeProvider.System).AddSingleton<Readiness>();
            builder.Services.AddSingleton<GrainHost>().AddHostedService(provider => provider.GetRequiredService<GrainHost>());
            builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ConnectionsGrace);
            return builder;
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException)
        {
            throw new StartFailedException($"The settings cannot be read: {(exception.InnerException ?? exception).Message}", exception);
        }
    }

    /// <summary>Has the program listen where its settings say, and nowhere else.</summary>
    /// <param name="builder">The program.</param>
    /// <param name="listen">Where.</param>
    /// <param name="maxRequestLineBytes">The longest request line that is read.</param>
    public static void AddListening(this WebApplicationBuilder builder, ListenOptions listen, int maxRequestLineBytes)
    {
        // Neither ASPNETCORE_URLS nor Kestrel's own section may open an address that Listen:Address was not asked for.
        builder.WebHost.PreferHostingUrls(false);
        builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, null);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Configure();
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = maxRequestLineBytes;
            if (listen.Address is { } address)
                kestrel.Listen(address, listen.Port);
            else
                kestrel.ListenLocalhost(listen.Port);
        });
    }
}
