using ChatAnalysis.Gateway.Composition;
using ChatAnalysis.Gateway.Configuration;
using ChatAnalysis.Gateway.Embeddings;
using ChatAnalysis.Gateway.Health;
using ChatAnalysis.Gateway.Problems;
using ChatAnalysis.Gateway.Search;
using ChatAnalysis.Gateway.Security;
using ChatAnalysis.Gateway.Uploads;
using Microsoft.AspNetCore.Connections;

namespace ChatAnalysis.Gateway;

/// <summary>Puts the gateway together and runs it.</summary>
internal static class GatewayApplication
{
    private const int MaxRequestLineBytes = 32 << 10; // The longest query of a search, percent-encoded, and some.

    // How long connections may take to end. Whoever still sends by then is cut off: the index has to be written.
    private static readonly TimeSpan ConnectionsGrace = TimeSpan.FromSeconds(2);

    /// <summary>Runs the program until it is told to stop.</summary>
    /// <returns>Its exit code: 0, or 1 where it could not start; the reason stands on the error output.</returns>
    public static async Task<int> RunAsync(string[] args, Action<WebApplicationBuilder, GatewaySettings> addGrains)
    {
        try
        {
            await using var app = Build(args, addGrains);
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

    /// <summary>Builds the program. <paramref name="addGrains"/> adds the three grain interfaces and a <see cref="GrainSet"/>.</summary>
    /// <exception cref="StartFailedException">A setting is wrong.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder, GatewaySettings> addGrains)
    {
        var builder = CreateBuilder(args);
        builder.AddLogging();
        var settings = GatewaySettings.Read(builder.Configuration);
        builder.AddListening(settings.Listen);

        var services = builder.Services;
        services.AddSingleton(settings.Storage).AddSingleton(settings.Upload).AddSingleton(TimeProvider.System);
        services.AddHostFiltering(AllowedHosts.Read(builder.Configuration, settings.Listen));
        services.AddSingleton<Readiness>().AddSingleton<UploadReceiver>();
        services.AddSingleton<GrainHost>().AddHostedService(provider => provider.GetRequiredService<GrainHost>());
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ConnectionsGrace);
        services.ConfigureHttpJsonOptions(json => AnswerJson.Apply(json.SerializerOptions));
        addGrains(builder, settings);

        var app = builder.Build();
        app.UseProblemPages();
        app.UseAllowedHosts();
        app.UseRouting();
        app.UseMiddleware<RequestLifetime>();
        app.MapHealth();
        var asking = app.MapGroup("").WithMetadata(new AsksGrains());
        asking.MapUploads();
        asking.MapSearch();
        asking.MapEmbeddings();
        return app;
    }

    private static WebApplicationBuilder CreateBuilder(string[] args)
    {
        try
        {
            // Settings are read once. Watching their files for changes would watch every folder below this one too.
            return WebApplication.CreateBuilder([.. args, "--hostBuilder:reloadConfigOnChange=false"]);
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException)
        {
            throw new StartFailedException($"The settings cannot be read: {(exception.InnerException ?? exception).Message}", exception);
        }
    }

    private static void AddListening(this WebApplicationBuilder builder, ListenOptions listen)
    {
        // Neither ASPNETCORE_URLS nor Kestrel's own section may open an address that Listen:Address was not asked for.
        builder.WebHost.PreferHostingUrls(false);
        builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, null);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Configure();
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = MaxRequestLineBytes;
            if (listen.Address is { } address)
                kestrel.Listen(address, listen.Port);
            else
                kestrel.ListenLocalhost(listen.Port);
        });
    }
}
