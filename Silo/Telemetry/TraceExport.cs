using ChatAnalysis.Cluster.Load;
using ChatAnalysis.Cluster.RabbitMq;
using ChatAnalysis.Cluster.Tracing;
using ChatAnalysis.Silo.Configuration;
using ChatAnalysis.Silo.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ChatAnalysis.Silo.Telemetry;

/// <summary>Sends the spans of requests and grain calls to a collector, where one is set; nothing leaves the machine otherwise.</summary>
internal static class TraceExport
{
    private const string Requests = "Microsoft.AspNetCore";
    private const int MillisecondsToSend = 2000; // The program's end waits for it once.

    /// <summary>Adds the sending.</summary>
    /// <exception cref="StartFailedException">A setting is wrong.</exception>
    public static void AddTraceExport(this WebApplicationBuilder builder)
    {
        if (ReadCollector(SettingsReader.Read<TelemetryOptions>(builder.Configuration, "Telemetry")) is not { } collector)
            return;
        var program = builder.Environment.ApplicationName;
        var process = SettingsReader.Read<ClusterOptions>(builder.Configuration, "Cluster").ProcessName;
        builder.Services.AddSingleton(_ => Sdk.CreateTracerProviderBuilder()
            .AddSource(Requests, GrainTrace.SourceName)
            .ConfigureResource(resource => resource.AddService(
                program, serviceVersion: ProcessLoad.Version, autoGenerateServiceInstanceId: false,
                serviceInstanceId: process))
            .AddOtlpExporter(otlp =>
            {
                otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
                otlp.Endpoint = new Uri($"{collector.AbsoluteUri.TrimEnd('/')}/v1/traces");
                otlp.TimeoutMilliseconds = MillisecondsToSend;
            })
            .Build());
        builder.Services.AddHostedService<Start>();
    }

    private static Uri? ReadCollector(TelemetryOptions options)
    {
        if (string.IsNullOrEmpty(options.Endpoint))
            return null;
        return Uri.TryCreate(options.Endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0
            ? uri
            : throw new StartFailedException("Telemetry:Endpoint must be an address such as http://localhost:4318, without a user");
    }

    /// <summary>Brings the provider to life with the program, before the first request; the container ends it, after the last.</summary>
    private sealed class Start(TracerProvider provider) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.FromResult(provider);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
