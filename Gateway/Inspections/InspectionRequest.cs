using System.Globalization;
using ChatAnalysis.Gateway.Problems;
using ChatAnalysis.Gateway.Uploads;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Inspections;

/// <summary>What a client asks of an inspection beside its files.</summary>
/// <param name="Messages">How many of a file's first messages it wants.</param>
/// <param name="Reading">How the files are to be read.</param>
internal sealed record InspectionRequest(int Messages, ReadingOptions Reading)
{
    private const int DefaultMessages = 20, MaxMessages = 100;

    /// <summary>Reads the query.</summary>
    /// <returns>The request, or what is wrong with it.</returns>
    public static (InspectionRequest? Request, Problem? Problem) Read(IQueryCollection query)
    {
        var messages = DefaultMessages;
        if (query.TryGetValue("messages", out var wanted)
            && (!int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out messages) || messages > MaxMessages))
            return (null, Problem.BadRequest($"messages must be a whole number from 0 to {MaxMessages}"));

        var (reading, problem) = ReadingQuery.Read(query);
        return reading is null ? (null, problem) : (new InspectionRequest(messages, reading), null);
    }
}
