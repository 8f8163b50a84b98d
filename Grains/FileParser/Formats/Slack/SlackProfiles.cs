using ChatAnalysis.Grains.FileParser.Reading;

namespace ChatAnalysis.Grains.FileParser.Formats.Slack;

/// <summary>The names that messages themselves tell, of those who are not on the lists.</summary>
/// <param name="reading">The walk.</param>
internal sealed class SlackProfiles(ChatReading reading)
{
    private readonly Dictionary<string, string> _names = [];
    private readonly HeldNames _held = new();

    /// <summary>The name of a user; null where no message so far told it.</summary>
    public string? NameOf(string user) => _names.GetValueOrDefault(user);

    /// <summary>Notes the name of a user.</summary>
    public void Add(string user, string name)
    {
        if (_held.HoldOrWarn(reading, "users", user, name))
            _names[user] = name;
    }
}
