using System.Globalization;
using ChatAnalysis.Gateway.Problems;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Uploads;

/// <summary>What a client asks of an upload beside its files.</summary>
/// <param name="Clusters">How many patterns to look for.</param>
/// <param name="AllowDuplicates">Whether files that were imported before are added again: <c>?duplicates=allow</c>.</param>
/// <param name="RespondAsync">Whether to answer at once: <c>Prefer: respond-async</c> or <c>?wait=false</c>.</param>
/// <param name="Preferred">Whether it was the header that asked for it, so that the answer has to say so.</param>
/// <param name="Reading">How the files are to be read.</param>
internal sealed record UploadRequest(int Clusters, bool AllowDuplicates, bool RespondAsync, bool Preferred, ReadingOptions Reading)
{
    /// <summary>Reads the query and the header.</summary>
    /// <returns>The request, or what is wrong with it.</returns>
    public static (UploadRequest? Request, Problem? Problem) Read(HttpRequest request, UploadOptions options)
    {
        var clusters = options.Clusters;
        if (request.Query.TryGetValue("clusters", out var wanted)
            && (!int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out clusters)
                || clusters is < 1 or > UploadOptions.MaxClusters))
            return (null, Problem.BadRequest($"clusters must be a whole number from 1 to {UploadOptions.MaxClusters}"));

        string? duplicates = request.Query["duplicates"];
        if (duplicates is not (null or "allow"))
            return (null, Problem.BadRequest("duplicates can only be 'allow'"));

        string? wait = request.Query["wait"];
        if (wait is not (null or "true" or "false"))
            return (null, Problem.BadRequest("wait must be true or false"));

        var (reading, problem) = ReadingQuery.Read(request.Query);
        if (reading is null)
            return (null, problem);

        var preferred = request.Headers["Prefer"]
            .SelectMany(header => (header ?? "").Split(','))
            .Any(preference => preference.Split(';')[0].Trim().Equals("respond-async", StringComparison.OrdinalIgnoreCase));
        return (new UploadRequest(clusters, duplicates is not null, preferred || wait == "false", preferred, reading), null);
    }
}
