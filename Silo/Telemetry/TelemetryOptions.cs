namespace ChatAnalysis.Silo.Telemetry;

/// <summary>Where traces go; section <c>Telemetry</c>.</summary>
internal sealed record TelemetryOptions
{
    /// <summary>A collector of OpenTelemetry that takes OTLP over HTTP, such as http://localhost:4318; null to send nothing.</summary>
    public string? Endpoint { get; init; }
}
