namespace ChatAnalysis.Grains.FileParser.Formats.Slack;

/// <summary>A channel, a group or a direct conversation, as one of an export's lists names it.</summary>
/// <param name="Id">Its id, which stays when it is renamed.</param>
/// <param name="Name">Its name; null where it has none, as direct conversations have not.</param>
/// <param name="Members">The ids of its first members.</param>
/// <param name="IsDirect">Whether it is called by its members, not by a name.</param>
internal sealed record SlackChannel(string Id, string? Name, IReadOnlyList<string> Members, bool IsDirect);
