using ChatAnalysis.Gateway.Problems;
using Microsoft.AspNetCore.HostFiltering;

namespace ChatAnalysis.Gateway.Security;

/// <summary>Refuses requests that are addressed to another host than this one.</summary>
internal static class HostFiltering
{
    /// <summary>Takes the place of the server's own filter, whose answer is a web page.</summary>
    public static void AddHostFiltering(this IServiceCollection services, AllowedHosts hosts) =>
        services.AddSingleton(hosts).Configure<HostFilteringOptions>(own => own.AllowedHosts = ["*"]);

    /// <summary>Answers 400 to requests for other hosts than <see cref="AllowedHosts"/>.</summary>
    public static void UseAllowedHosts(this WebApplication app)
    {
        var hosts = app.Services.GetRequiredService<AllowedHosts>();
        app.Use((context, next) => hosts.Allow(context.Request.Host)
            ? next(context)
            : Problem.BadRequest($"This program does not answer for the host {context.Request.Host} (setting AllowedHosts)")
                .WriteAsync(context));
    }
}
