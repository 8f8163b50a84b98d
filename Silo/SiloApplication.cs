using ChatAnalysis.Silo.Configuration;
using ChatAnalysis.Silo.Health;
using ChatAnalysis.Silo.Hosting;

namespace ChatAnalysis.Silo;

/// <summary>Puts a silo together and runs it.</summary>
internal static class SiloApplication
{
    private const int DefaultPort = 5001;
    private const int MaxRequestLineBytes = 8 << 10;

    /// <summary>Runs the program until it is told to stop.</summary>
    /// <returns>Its exit code: 0, or 1 where it could not start; the reason stands on the error output.</returns>
    public static Task<int> RunAsync(string[] args, Action<WebApplicationBuilder> addGrains) =>
        HostedProgram.RunAsync(() => Build(args, addGrains));

    /// <summary>Builds the program. <paramref name="addGrains"/> adds the grains of its roles and a <see cref="GrainSet"/>.</summary>
    /// <exception cref="StartFailedException">A setting is wrong.</exception>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder> addGrains)
    {
        var builder = HostedProgram.CreateBuilder(args);
        builder.AddListening(ListenOptions.Read(builder.Configuration, DefaultPort), MaxRequestLineBytes);
        builder.Services.AddSingleton(StorageSettings.Read(builder.Configuration));
        addGrains(builder);
        var app = builder.Build();
        app.MapSiloHealth();
        return app;
    }
}
