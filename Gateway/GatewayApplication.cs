using ChatAnalysis.Gateway.Cluster;
using ChatAnalysis.Gateway.Composition;
using ChatAnalysis.Gateway.Configuration;
using ChatAnalysis.Gateway.Embeddings;
using ChatAnalysis.Gateway.Health;
using ChatAnalysis.Gateway.Inspections;
using ChatAnalysis.Gateway.Problems;
using ChatAnalysis.Gateway.Search;
using ChatAnalysis.Gateway.Security;
using ChatAnalysis.Gateway.Uploads;
using ChatAnalysis.Silo.Hosting;

namespace ChatAnalysis.Gateway;

/// <summary>Puts the gateway together and runs it.</summary>
internal static class GatewayApplication
{
    private const int MaxRequestLineBytes = 32 << 10; // The longest query of a search, percent-encoded, and some.

    /// <summary>Runs the program until it is told to stop.</summary>
    /// <returns>Its exit code: 0, or 1 where it could not start; the reason stands on the error output.</returns>
    public static Task<int> RunAsync(string[] args, Action<WebApplicationBuilder> addGrains) =>
        HostedProgram.RunAsync(() => Build(args, addGrains));

    /// <summary>Builds the program. <paramref name="addGrains"/> adds what it asks: grains, the cluster's directory, and a <see cref="GrainSet"/>.</summary>
    /// <exception cref="StartFailedException">A setting is wrong.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder> addGrains)
    {
        var builder = HostedProgram.CreateBuilder(args);
        var settings = GatewaySettings.Read(builder.Configuration);
        builder.AddListening(settings.Listen, MaxRequestLineBytes);

        var services = builder.Services;
        services.AddSingleton(settings.Storage).AddSingleton(settings.Upload).AddSingleton<UploadReceiver>();
        services.AddSingleton<InspectionPlaces>();
        services.AddHostFiltering(AllowedHosts.Read(builder.Configuration, settings.Listen));
        services.ConfigureHttpJsonOptions(json => AnswerJson.Apply(json.SerializerOptions));
        addGrains(builder);

        var app = builder.Build();
        app.UseProblemPages();
        app.UseAllowedHosts();
        app.UseRouting();
        app.UseMiddleware<RequestTrace>();
        app.UseMiddleware<RequestLifetime>();
        app.MapHealth();
        app.MapCluster();
        var asking = app.MapGroup("").WithMetadata(new AsksGrains());
        asking.MapUploads();
        asking.MapInspections();
        asking.MapSearch();
        asking.MapEmbeddings();
        return app;
    }
}
