using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;

namespace ChatAnalysis.Grains.FileParser.Formats.Mattermost;

/// <summary>The names of users and channels, which an export lists before its posts.</summary>
internal sealed class MattermostDirectory
{
    private const string What = "users and channels";

    private static readonly JsonKeys UserKeys = new("username", "nickname", "first_name", "last_name", "display_name");
    private static readonly JsonKeys ChannelKeys = new("team", "name", "display_name");

    private readonly Dictionary<string, string> _users = [];
    private readonly Dictionary<(string Team, string Name), string> _channels = [];
    private readonly HashSet<string> _bots = [];
    private readonly HeldNames _held = new();

    /// <summary>The name that a user goes by: the nickname, or first and last name, or the username.</summary>
    public string NameOf(string username) => _users.GetValueOrDefault(username, username);

    /// <summary>Whether a user is a program.</summary>
    public bool IsBot(string username) => _bots.Contains(username);

    /// <summary>What a channel is called.</summary>
    public string ChannelName(string team, string name) => _channels.GetValueOrDefault((team, name), name);

    /// <summary>Takes the user or bot at hand, an object.</summary>
    public void AddUser(ChatReading reading, bool isBot)
    {
        var json = reading.Json;
        var values = new string?[5];
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
            if (json.Kind == JsonKind.Text && json.FindKey(UserKeys) is >= 0 and var key)
                values[key] = json.ReadLabel();
        if (values[0] is not { Length: > 0 } username)
            return;
        var full = $"{values[2]} {values[3]}".Trim();
        var known = values[1] is { Length: > 0 } nickname ? nickname : full.Length > 0 ? full : values[4];
        if (!_held.HoldOrWarn(reading, What, username, known))
            return;
        if (!string.IsNullOrEmpty(known))
            _users[username] = known;
        if (isBot)
            _bots.Add(username);
    }

    /// <summary>Takes the channel at hand, an object.</summary>
    public void AddChannel(ChatReading reading)
    {
        var json = reading.Json;
        var values = new string?[3];
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
            if (json.Kind == JsonKind.Text && json.FindKey(ChannelKeys) is >= 0 and var key)
                values[key] = json.ReadLabel();
        if (values is [{ } team, { } name, { Length: > 0 } title] && _held.HoldOrWarn(reading, What, team, name, title))
            _channels[(team, name)] = title;
    }
}
