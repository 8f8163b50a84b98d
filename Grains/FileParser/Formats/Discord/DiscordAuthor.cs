namespace ChatAnalysis.Grains.FileParser.Formats.Discord;

/// <summary>Who wrote a message.</summary>
/// <param name="Id">The account's id.</param>
/// <param name="Name">The account's name.</param>
/// <param name="Nickname">The name on the server; null where there is none.</param>
/// <param name="IsBot">Whether it is a program.</param>
internal sealed record DiscordAuthor(string? Id, string? Name, string? Nickname, bool IsBot)
{
    /// <summary>One of whom nothing is known.</summary>
    public static DiscordAuthor Unknown { get; } = new(null, null, null, false);
}
