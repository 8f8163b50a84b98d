using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ChatAnalysis.Tests.Deploy;

/// <summary>deploy/healthcheck, against a server.</summary>
public sealed class HealthCheckTests
{
    [Theory]
    [InlineData("/health/ready", 0)]
    [InlineData("/health/loading", 1)]
    [InlineData("/health/unknown", 1)]
    public async Task A_container_is_well_exactly_where_its_program_answers_200(string path, int expected)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting(WebHostDefaults.ServerUrlsKey, null).ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var app = builder.Build();
        app.MapGet("/health/ready", () => Results.Ok());
        app.MapGet("/health/loading", () => Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
        await app.StartAsync();

        Assert.Equal(expected, await CheckAsync(new Uri(app.Urls.Single()).Port, path));
    }

    [Fact]
    public async Task A_container_whose_program_is_gone_is_not_well()
    {
        // Nobody listens on a port that only root may take and no service has.
        Assert.Equal(1, await CheckAsync(1, "/health/ready"));
    }

    private static async Task<int> CheckAsync(int port, string path)
    {
        var start = new ProcessStartInfo(Repository.PathOf("deploy", "healthcheck"), [path]) { RedirectStandardError = true };
        start.Environment["PORT"] = $"{port}";
        using var check = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await check.WaitForExitAsync(patience.Token);
        return check.ExitCode;
    }
}
