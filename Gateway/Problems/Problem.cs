using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace ChatAnalysis.Gateway.Problems;

/// <summary>An answer that says why there is none: problem details as in RFC 9457.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong and what to do, in a sentence for a person.</param>
internal sealed record Problem(int Status, string Detail)
{
    /// <summary>Members beside the standard's, such as <c>file</c>.</summary>
    public IReadOnlyDictionary<string, object?> Members { get; init; } = new Dictionary<string, object?>();

    /// <summary>Where to go on.</summary>
    public string? Location { get; init; }

    /// <summary>When the same request is worth another try; null where it is not.</summary>
    private int? RetryAfterSeconds => Status switch
    {
        StatusCodes.Status503ServiceUnavailable => 1,
        StatusCodes.Status429TooManyRequests => 10,
        _ => null,
    };

    /// <summary>The program cannot answer now, but will soon.</summary>
    public static Problem Unavailable(string detail) => new(StatusCodes.Status503ServiceUnavailable, detail);

    /// <summary>The request is not one that can be answered.</summary>
    public static Problem BadRequest(string detail) => new(StatusCodes.Status400BadRequest, detail);

    /// <summary>Writes the answer.</summary>
    public Task WriteAsync(HttpContext context)
    {
        if (RetryAfterSeconds is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (Location is not null)
            context.Response.Headers[HeaderNames.Location] = Location;
        return Results.Problem(Detail, statusCode: Status, extensions: Members).ExecuteAsync(context);
    }
}
