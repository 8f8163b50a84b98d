namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// What Claude's answers hold beside what was said: a placeholder for what the page could not show, and in older exports the model's
/// reasoning and its artifacts, in tags.
/// </summary>
internal static class ClaudeText
{
    private const string Placeholder = "This block is not supported on your current device yet.";
    private const string FencedPlaceholder = $"```\n{Placeholder}\n```";
    private const string Thinking = "<antThinking";
    private const string ThinkingEnd = "</antThinking>";
    private const string Artifact = "<antArtifact";
    private const string ArtifactEnd = "</antArtifact>";

    /// <summary>Whether a text in the file may begin with something that is taken out.</summary>
    public static bool MayBeginWithMarks(ReadOnlySpan<byte> raw) =>
        raw[0] is (byte)'<' or (byte)'`' || raw.StartsWith("This block is not supported"u8);

    /// <summary>The text without all that.</summary>
    /// <param name="text">The text.</param>
    /// <param name="artifact">Takes the names of the artifacts that were taken out; null where tags are what was said.</param>
    public static string Clean(string text, Action<string>? artifact)
    {
        if (!text.Contains(Placeholder, StringComparison.Ordinal) && (artifact is null || !text.Contains("<ant", StringComparison.Ordinal)))
            return text;
        var kept = text.Replace(FencedPlaceholder, "", StringComparison.Ordinal).Replace(Placeholder, "", StringComparison.Ordinal);
        if (artifact is null)
            return kept.Trim();
        kept = Cut(kept, Thinking, ThinkingEnd, _ => { });
        kept = Cut(kept, Artifact, ArtifactEnd, tag => artifact(Attribute(tag, "title") ?? Attribute(tag, "identifier") ?? "artifact"));
        return kept.Trim();
    }

    /// <summary>Cuts out what stands between tags. One that is not closed goes on to the end: the answer was broken off there.</summary>
    private static string Cut(string text, string begin, string end, Action<string> found)
    {
        var kept = new System.Text.StringBuilder();
        var from = 0;
        while (text.IndexOf(begin, from, StringComparison.Ordinal) is >= 0 and var open)
        {
            kept.Append(text, from, open - from);
            var tagEnd = text.IndexOf('>', open);
            found(tagEnd < 0 ? text[open..] : text[open..tagEnd]);
            var close = text.IndexOf(end, open, StringComparison.Ordinal);
            from = close < 0 ? text.Length : close + end.Length;
        }

        return from == 0 ? text : kept.Append(text, from, text.Length - from).ToString();
    }

    private static string? Attribute(string tag, string name)
    {
        var start = tag.IndexOf($" {name}=\"", StringComparison.Ordinal);
        if (start < 0)
            return null;
        start += name.Length + 3;
        var end = tag.IndexOf('"', start);
        return end > start ? tag[start..end] : null;
    }
}
