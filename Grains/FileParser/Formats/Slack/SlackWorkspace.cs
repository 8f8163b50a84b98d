using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;

namespace ChatAnalysis.Grains.FileParser.Formats.Slack;

/// <summary>What the lists beside the conversations' folders tell: users.json, channels.json and the others.</summary>
internal sealed class SlackWorkspace
{
    private const int MostMembers = 200;
    private const string What = "users and channels";

    private static readonly string[] UserLists = ["users.json", "org_users.json"];
    private static readonly string[] DirectLists = ["dms.json", "mpims.json"];
    private static readonly string[] ChannelLists = ["channels.json", "groups.json"];

    private static readonly JsonKeys UserKeys = new("id", "name", "real_name", "profile");
    private static readonly JsonKeys ProfileKeys = new("display_name", "real_name", "bot_id", "name");
    private static readonly JsonKeys ChannelKeys = new("id", "name", "members");

    private readonly Dictionary<string, string> _users = [];
    private readonly Dictionary<string, SlackChannel> _channels = [];
    private readonly HeldNames _held = new();

    /// <summary>What is known where there are no lists.</summary>
    public static SlackWorkspace Unknown { get; } = new();

    /// <summary>Whether a file is one of the lists, by its name and by what is in it.</summary>
    public static bool IsList(string name, FileSketch sketch) =>
        sketch.Root == JsonKind.Array && sketch.KindsAt("[].id").HasFlag(JsonKind.Text)
        && ((UserLists.Contains(name) && (sketch.Has("[].profile") || sketch.Has("[].real_name") || sketch.Has("[].name")))
            || (DirectLists.Contains(name) && sketch.Has("[].members"))
            || (ChannelLists.Contains(name) && sketch.Has("[].name")));

    /// <summary>Reads the lists.</summary>
    public static SlackWorkspace Read(ChatReading reading)
    {
        var workspace = new SlackWorkspace();
        do
        {
            var json = reading.Json;
            var name = reading.File.Name;
            if (!json.NextDocument() || json.Kind != JsonKind.Array)
                continue;
            json.Enter();
            while (json.NextElement())
            {
                if (json.Kind != JsonKind.Object)
                    continue;
                if (UserLists.Contains(name))
                    workspace.AddUser(reading);
                else
                    workspace.AddChannel(reading, DirectLists.Contains(name));
            }
        }
        while (reading.NextFile());
        return workspace;
    }

    /// <summary>The name that a user or bot goes by; null where it is not known.</summary>
    public string? NameOf(string? id) => id is null ? null : _users.GetValueOrDefault(id);

    /// <summary>The conversation that goes by a name or an id; null where none is known.</summary>
    public SlackChannel? Find(string nameOrId) => _channels.GetValueOrDefault(nameOrId);

    /// <summary>The name that somebody goes by, from a profile at hand, as lists and messages have them; null where it has none.</summary>
    public static string? ReadProfile(JsonScanner json, out string? botId)
    {
        string? display = null, real = null, name = null;
        botId = null;
        json.Enter();
        while (json.NextProperty())
        {
            var key = json.Kind == JsonKind.Text ? json.FindKey(ProfileKeys) : JsonKeys.Other;
            if (key == JsonKeys.Other)
                continue;
            var value = NonEmpty(json.ReadLabel());
            _ = key switch
            {
                0 => display = value,
                1 => real = value,
                2 => botId = value,
                _ => name = value,
            };
        }

        return (display ?? real ?? name) is { } known ? SlackText.Cut(SlackText.Unescape(known)) : null;
    }

    private void AddUser(ChatReading reading)
    {
        var json = reading.Json;
        string? id = null, name = null, real = null, profile = null, botId = null;
        json.Enter();
        while (json.NextProperty())
            switch (json.FindKey(UserKeys), json.Kind)
            {
                case (0, JsonKind.Text):
                    id = json.ReadLabel();
                    break;
                case (1, JsonKind.Text):
                    name = NonEmpty(json.ReadLabel());
                    break;
                case (2, JsonKind.Text):
                    real = NonEmpty(json.ReadLabel());
                    break;
                case (3, JsonKind.Object):
                    profile = ReadProfile(json, out botId);
                    break;
                default:
                    break;
            }

        var known = profile ?? ((real ?? name) is { } plain ? SlackText.Cut(SlackText.Unescape(plain)) : null);
        if (known is null || !_held.HoldOrWarn(reading, What, id, botId, known))
            return;
        if (!string.IsNullOrEmpty(id))
            _users[id] = known;
        if (botId is not null)
            _users.TryAdd(botId, known);
    }

    private void AddChannel(ChatReading reading, bool isDirect)
    {
        var json = reading.Json;
        string? id = null, name = null;
        var members = new List<string>();
        json.Enter();
        while (json.NextProperty())
            switch (json.FindKey(ChannelKeys), json.Kind)
            {
                case (0, JsonKind.Text):
                    id = json.ReadLabel();
                    break;
                case (1, JsonKind.Text):
                    name = NonEmpty(SlackText.Cut(json.ReadLabel()));
                    break;
                case (2, JsonKind.Array):
                    json.Enter();
                    while (json.NextElement())
                        if (json.Kind == JsonKind.Text && members.Count < MostMembers)
                            members.Add(json.ReadLabel());
                    break;
                default:
                    break;
            }

        if (string.IsNullOrEmpty(id) || !_held.HoldOrWarn(reading, What, [id, name, .. members]))
            return;
        var channel = new SlackChannel(id, name, [.. members.Distinct()], isDirect);
        _channels[id] = channel;
        if (name is not null)
            _channels.TryAdd(name, channel);
    }

    private static string? NonEmpty(string text) => text.Length > 0 ? text : null;
}
