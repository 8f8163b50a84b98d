namespace ChatAnalysis.Gateway.Uploads;

/// <summary>Names of time zones that come from outside.</summary>
internal static class TimeZoneName
{
    private const int MaxLength = 64;

    /// <summary>Whether this system knows a zone of this name.</summary>
    public static bool IsKnown(string name) =>
        IsName(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _);

    /// <summary>Whether it looks like a name. Zones are files: what looks like a way out of their folder is not looked for.</summary>
    private static bool IsName(string name) =>
        name.Length is > 0 and <= MaxLength
        && name.All(c => char.IsAsciiLetterOrDigit(c) || "/_-+ .()".Contains(c, StringComparison.Ordinal))
        && name.Split('/').All(segment => segment.Length > 0 && segment[0] != '.');
}
