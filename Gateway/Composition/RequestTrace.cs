using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace ChatAnalysis.Gateway.Composition;

/// <summary>Names a request's span by its route and notes its status: neither holds what a query or a path's values say.</summary>
internal sealed class RequestTrace(RequestDelegate next)
{
    /// <summary>Handles the request.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var span = context.Features.Get<IHttpActivityFeature>()?.Activity;
        if (span is { IsAllDataRequested: true } && context.GetEndpoint() is RouteEndpoint endpoint)
            span.DisplayName = $"{context.Request.Method} {endpoint.RoutePattern.RawText}";
        await next(context);
        span?.SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
            span?.SetStatus(ActivityStatusCode.Error);
    }
}
