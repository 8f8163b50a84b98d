using ChatAnalysis.Grains.Interfaces;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatAnalysis.Gateway.Problems;

/// <summary>Gives the failures that no endpoint answers the form of all others.</summary>
internal static class ProblemPages
{
    /// <summary>Answers exceptions, unknown paths and wrong methods with problem details.</summary>
    public static void UseProblemPages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = AnswerExceptionAsync,
            // A part that is away is no fault of this program's, and is logged where it is noticed.
            SuppressDiagnosticsCallback = failure => failure.Exception is UnavailableException,
        });
        app.UseStatusCodePages(pages => ForStatus(pages.HttpContext).WriteAsync(pages.HttpContext));
    }

    private static Task AnswerExceptionAsync(HttpContext context)
    {
        var problem = context.Features.Get<IExceptionHandlerFeature>()?.Error switch
        {
            BadHttpRequestException bad => new Problem(bad.StatusCode, bad.Message),
            UnavailableException unavailable => Problem.Unavailable($"The program cannot answer just now: {unavailable.Message}"),
            _ => new Problem(StatusCodes.Status500InternalServerError, "The program failed on this request; its log says more"),
        };
        return problem.WriteAsync(context);
    }

    private static Problem ForStatus(HttpContext context)
    {
        var request = context.Request;
        var allowed = context.Response.Headers.Allow;
        return context.Response.StatusCode switch
        {
            404 => new Problem(404, $"There is nothing at {request.Path}"),
            405 => new Problem(405, $"{request.Path} does not take {request.Method}, but {allowed}"),
            var status => new Problem(status, ReasonPhrases.GetReasonPhrase(status)),
        };
    }
}
