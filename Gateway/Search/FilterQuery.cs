using System.Globalization;
using ChatAnalysis.Gateway.Problems;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Search;

/// <summary>What a query says of where to search: <c>&amp;platform=…&amp;author=…&amp;since=2025-01-31</c> and the like.</summary>
internal static class FilterQuery
{
    private static readonly string[] Times =
    [
        "yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Reads it. What is empty, as a form sends it, counts as left out.</summary>
    /// <returns>The filter, or what is wrong with it.</returns>
    public static (MessageFilter? Filter, Problem? Problem) Read(IQueryCollection query)
    {
        if (!TryReadTime(query, "since", out var since))
            return (null, NoTime("since"));
        if (!TryReadTime(query, "until", out var until))
            return (null, NoTime("until"));
        if (until <= since)
            return (null, Problem.BadRequest("until must be after since: messages are searched from since on, and before until"));
        return (
            new MessageFilter(
                Text(query, "platform")?.ToLowerInvariant(), Text(query, "conversation"), Text(query, "participant"), Text(query, "author"),
                Text(query, "role")?.ToLowerInvariant(), since, until),
            null);
    }

    private static string? Text(IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

    private static bool TryReadTime(IQueryCollection query, string name, out DateTimeOffset? time)
    {
        time = null;
        if (Text(query, name) is not { } text)
            return true;

        // A plus that was not percent-encoded arrives as a space; no time has a space in it otherwise.
        if (!DateTimeOffset.TryParseExact(
            text.Replace(' ', '+'), Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read))
            return false;
        time = read;
        return true;
    }

    private static Problem NoTime(string name) => Problem.BadRequest(
        $"{name} must be a day or a time as in ISO 8601: 2025-01-31, 2025-01-31T14:05:00Z or 2025-01-31T14:05:00+01:00; without a zone it is UTC");
}
