using ChatAnalysis.Gateway.Problems;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Uploads;

/// <summary>What a query says of how files are to be read: <c>?timezone=Europe/Berlin&amp;dayfirst=true&amp;format=openai</c>.</summary>
internal static class ReadingQuery
{
    /// <summary>Reads it.</summary>
    /// <returns>The options, or what is wrong with them.</returns>
    public static (ReadingOptions? Options, Problem? Problem) Read(IQueryCollection query)
    {
        string? zone = query["timezone"];
        if (zone is not null && !TimeZoneName.IsKnown(zone))
            return (null, Problem.BadRequest("timezone must be a zone that is known here, by its IANA name such as Europe/Berlin, or UTC"));

        string? dayFirst = query["dayfirst"];
        if (dayFirst is not (null or "true" or "false"))
            return (null, Problem.BadRequest("dayfirst must be true or false"));

        string? format = query["format"];
        if (format is not null && !FormatIds.All.Contains(format))
            return (null, Problem.BadRequest($"format must be one of {string.Join(", ", FormatIds.All)}; left out, the program finds it out"));

        return (new ReadingOptions(zone, dayFirst is null ? null : dayFirst == "true", format), null);
    }
}
