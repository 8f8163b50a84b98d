namespace ChatAnalysis.Gateway.Embeddings;

/// <summary>An error in the form that OpenAI's clients read.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Message">What is wrong and what would be right.</param>
/// <param name="Param">The request's member that is wrong.</param>
/// <param name="Code">A word for programs, such as <c>model_not_found</c>.</param>
internal sealed record OpenAiError(int Status, string Message, string? Param, string? Code = null)
{
    /// <summary>Writes the answer.</summary>
    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        return context.Response.WriteAsJsonAsync(new Body(new Error(Message, "invalid_request_error", Param, Code)));
    }

    private sealed record Body(Error Error);

    private sealed record Error(string Message, string Type, string? Param, string? Code);
}
