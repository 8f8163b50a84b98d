namespace ChatAnalysis.Grains.FileParser.Formats.Teams;

/// <summary>What the markup of a message says.</summary>
/// <param name="Text">The words of its author.</param>
/// <param name="ReplyTo">The id of the message that it quotes; null where it quotes none.</param>
/// <param name="Edited">Whether it has Skype's mark of an edit.</param>
/// <param name="Attachments">Names of pictures and files in it.</param>
internal sealed record TeamsContent(string Text, string? ReplyTo, bool Edited, IReadOnlyList<string> Attachments)
{
    /// <summary>A message without markup.</summary>
    public static TeamsContent Plain(string text) => new(text, null, Edited: false, []);
}
