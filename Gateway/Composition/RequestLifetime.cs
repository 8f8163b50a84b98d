using ChatAnalysis.Gateway.Problems;
using ChatAnalysis.Silo.Hosting;

namespace ChatAnalysis.Gateway.Composition;

/// <summary>Ties requests to the program's life: none before it is ready, and none that holds up its end.</summary>
internal sealed class RequestLifetime(RequestDelegate next, Readiness readiness, IHostApplicationLifetime lifetime)
{
    /// <summary>Answers 503 while the grains that the endpoint asks are not there, yet or any more.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<AsksGrains>() is not null && !readiness.IsReady)
        {
            var why = lifetime.ApplicationStopping.IsCancellationRequested
                ? "The program is stopping"
                : $"The program is starting: {string.Join(", ", readiness.Missing)} not ready";
            await Problem.Unavailable(why).WriteAsync(context);
            return;
        }

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var gone = context.RequestAborted;
        context.RequestAborted = ending.Token;
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // Nobody is there to read an answer.
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !context.Response.HasStarted)
        {
            context.RequestAborted = gone;
            await Problem.Unavailable("The program is stopping").WriteAsync(context);
        }
        finally
        {
            context.RequestAborted = gone;
        }
    }
}
