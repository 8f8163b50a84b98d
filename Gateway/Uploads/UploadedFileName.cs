using Microsoft.Net.Http.Headers;

namespace ChatAnalysis.Gateway.Uploads;

/// <summary>The name that a client gave a file. It is text to show, and never becomes part of a path.</summary>
internal static class UploadedFileName
{
    /// <summary>The name in a part's Content-Disposition, or null where it names no file.</summary>
    public static string? Of(ContentDispositionHeaderValue disposition)
    {
        if (disposition.FileNameStar.HasValue)
            return disposition.FileNameStar.ToString();
        if (!disposition.FileName.HasValue)
            return null;

        // Browsers and curl write a quotation mark in a name as %22, and leave other percent signs as they are.
        return HeaderUtilities.RemoveQuotes(disposition.FileName).ToString()
            .Replace("\\\"", "\"", StringComparison.Ordinal)
            .Replace("%22", "\"", StringComparison.Ordinal);
    }
}
