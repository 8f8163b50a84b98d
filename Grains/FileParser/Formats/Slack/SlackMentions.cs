namespace ChatAnalysis.Grains.FileParser.Formats.Slack;

/// <summary>
/// The names that are put into messages for ids. A message may hold only so much of them, as each may be far longer than its id.
/// </summary>
/// <param name="workspace">Who is who.</param>
internal sealed class SlackMentions(SlackWorkspace workspace)
{
    /// <summary>How many characters of names a message may hold. What is mentioned beyond goes by its id.</summary>
    public const int MostChars = 100_000;

    private int _chars;

    /// <summary>Begins a message.</summary>
    public void Begin() => _chars = 0;

    /// <summary>The name of a user or bot to be put into the message; null where it goes by its id.</summary>
    public string? NameOf(string? id) => Put(workspace.NameOf(id));

    /// <summary>The name of a channel to be put into the message; null where it goes by its id.</summary>
    public string? ChannelNameOf(string? id) => id is null ? null : Put(workspace.Find(id)?.Name);

    private string? Put(string? name)
    {
        if (name is null || name.Length > MostChars - _chars)
            return null;
        _chars += name.Length;
        return name;
    }
}
