using System.Globalization;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;

namespace ChatAnalysis.Grains.FileParser.Formats.Zulip;

/// <summary>What realm.json tells of an organisation: its people, its channels, and what the numbers of recipients mean.</summary>
internal sealed class ZulipRealm
{
    private const int MostMembers = 200;
    private const int Subscriptions = 5;

    private static readonly JsonKeys Tables = new(
        "zerver_realm", "zerver_userprofile", "zerver_userprofile_crossrealm", "zerver_userprofile_mirrordummy", "zerver_stream",
        "zerver_subscription", "zerver_recipient");

    private static readonly JsonKeys Keys = new(
        "id", "full_name", "email", "name", "type", "type_id", "recipient", "user_profile", "date_created", "is_bot", "string_id");

    private readonly Dictionary<string, (string? Name, bool IsBot, bool IsSystem)> _people = [];
    private readonly Dictionary<string, string> _channels = [];
    private readonly Dictionary<string, ZulipRecipient> _recipients = [];
    private readonly Dictionary<string, List<string>> _members = [];
    private readonly HeldNames _held = new();

    /// <summary>What is known where there is no realm.json.</summary>
    public static ZulipRealm Unknown { get; } = new();

    /// <summary>Which organisation it is; null where that is not known. Numbers are its own only.</summary>
    public string? Id { get; private set; }

    /// <summary>Whether a file is an organisation's, by what is in it.</summary>
    public static bool IsIn(FileSketch sketch) =>
        sketch.Root == JsonKind.Object && sketch.KindsAt("zerver_realm").HasFlag(JsonKind.Array) && sketch.Has("zerver_realm[].string_id");

    /// <summary>Reads the file.</summary>
    public static ZulipRealm Read(ChatReading reading)
    {
        var realm = new ZulipRealm();
        var json = reading.Json;
        JsonMark? subscriptions = null;
        if (!json.NextDocument() || json.Kind != JsonKind.Object)
            return realm;
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
        {
            var table = json.FindKey(Tables);
            if (json.Kind != JsonKind.Array || table == JsonKeys.Other)
                continue;

            // Which subscriptions matter is known only when all recipients are.
            if (table == Subscriptions)
                subscriptions ??= json.Mark();
            else
                realm.ReadTable(reading, table);
        }

        if (subscriptions is not { } mark || !reading.GoesOn)
            return realm;
        json.GoBack(mark);
        realm.ReadTable(reading, Subscriptions);
        while (reading.GoesOn && json.NextProperty())
            json.Skip();
        return realm;
    }

    /// <summary>The name of a person or program, and whether it is a program, and one that tells of events only.</summary>
    public (string? Name, bool IsBot, bool IsSystem) Person(string number) => _people.GetValueOrDefault(number);

    /// <summary>What the number of a recipient means; null where it is not known.</summary>
    public ZulipRecipient? Recipient(string number) => _recipients.TryGetValue(number, out var recipient) ? recipient : null;

    /// <summary>The name of a channel.</summary>
    public string? Channel(string number) => _channels.GetValueOrDefault(number);

    /// <summary>The numbers of a group's people.</summary>
    public IReadOnlyList<string> Members(string recipient) => _members.GetValueOrDefault(recipient, []);

    private void ReadTable(ChatReading reading, int table)
    {
        var json = reading.Json;
        json.Enter();
        while (reading.GoesOn && json.NextElement())
        {
            if (json.Kind != JsonKind.Object)
                continue;
            var values = new string?[11];
            json.Enter();
            while (reading.GoesOn && json.NextProperty())
            {
                if (json.FindKey(Keys) is not (>= 0 and var key))
                    continue;
                if (json.Kind == JsonKind.Text)
                    values[key] = json.ReadLabel();
                else if (json.Kind is JsonKind.Number or JsonKind.Boolean)
                    values[key] = json.ReadScalarLabel();
            }

            Add(reading, table, values);
        }
    }

    private void Add(ChatReading reading, int table, string?[] values)
    {
        bool Hold(params ReadOnlySpan<string?> names) => _held.HoldOrWarn(reading, "people and channels", names);

        var (id, fullName, email, name, type, typeId) = (values[0], values[1], values[2], values[3], values[4], values[5]);
        var (recipient, user) = (values[6], values[7]);
        switch (table)
        {
            case 0:
                // The name of an organisation may change, when it was founded does not; and two servers number alike.
                Id ??= values[8] ?? values[10];
                break;
            case 1 or 2 or 3 when id is not null:
                var isSystem = table == 2 && email?.Split('@')[0] is "notification-bot" or "welcome-bot";
                var shown = string.IsNullOrEmpty(fullName) ? email : fullName;
                if (Hold(id, shown))
                    _people[id] = (shown, values[9] == "true" || table == 2, isSystem);
                break;
            case 4 when id is not null && name is not null && Hold(id, name):
                _channels[id] = name;
                break;
            case Subscriptions when recipient is not null && user is not null
                && _recipients.TryGetValue(recipient, out var known) && known.Type == ZulipRecipient.Group:
                if (!_members.TryGetValue(recipient, out var members))
                    _members[recipient] = members = [];
                if (members.Count < MostMembers && !members.Contains(user) && Hold(user))
                    members.Add(user);
                break;
            case 6 when id is not null && typeId is not null
                && int.TryParse(type, NumberStyles.None, CultureInfo.InvariantCulture, out var kind) && Hold(id, typeId):
                _recipients[id] = new ZulipRecipient(kind, typeId);
                break;
            default:
                break;
        }
    }
}
