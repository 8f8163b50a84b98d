using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;

namespace ChatAnalysis.Grains.FileParser.Formats.RocketChat;

/// <summary>The rooms of a database dump, by their ids: what they are called, and who is in them.</summary>
internal sealed class RocketChatRooms
{
    private const int MostMembers = 200;

    private static readonly JsonKeys Keys = new("_id", "name", "fname", "usernames");

    private readonly Dictionary<string, (string? Title, IReadOnlyList<string> Members)> _rooms = [];
    private readonly HeldNames _held = new();

    /// <summary>Whether a file lists rooms, by what is in it.</summary>
    public static bool AreIn(FileSketch sketch) => Are(sketch, "") || Are(sketch, "[].");

    /// <summary>Reads the lists of rooms: an array, or a line a room.</summary>
    public static RocketChatRooms Read(ChatReading reading)
    {
        var rooms = new RocketChatRooms();
        do
        {
            var json = reading.Json;
            while (reading.GoesOn && json.NextDocument())
            {
                if (json.Kind == JsonKind.Object)
                    rooms.Add(reading);
                if (json.Kind != JsonKind.Array)
                    continue;
                json.Enter();
                while (reading.GoesOn && json.NextElement())
                    if (json.Kind == JsonKind.Object)
                        rooms.Add(reading);
            }
        }
        while (reading.NextFile());
        return rooms;
    }

    /// <summary>What a room is called and who is in it; nothing where it is not listed.</summary>
    public (string? Title, IReadOnlyList<string> Members) Find(string id) => _rooms.GetValueOrDefault(id, (null, []));

    private static bool Are(FileSketch sketch, string at) =>
        sketch.KindsAt(at + "_id").HasFlag(JsonKind.Text) && sketch.KindsAt(at + "t").HasFlag(JsonKind.Text)
        && (sketch.Has(at + "usersCount") || sketch.Has(at + "usernames") || sketch.Has(at + "msgs")) && !sketch.Has(at + "msg");

    private void Add(ChatReading reading)
    {
        var json = reading.Json;
        string? id = null, name = null, friendly = null;
        var members = new List<string>();
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
            switch (json.FindKey(Keys), json.Kind)
            {
                case (0, JsonKind.Text):
                    id = json.ReadLabel();
                    break;
                case (1, JsonKind.Text):
                    name = json.ReadLabel();
                    break;
                case (2, JsonKind.Text):
                    friendly = json.ReadLabel();
                    break;
                case (3, JsonKind.Array):
                    json.Enter();
                    while (json.NextElement())
                        if (json.Kind == JsonKind.Text && members.Count < MostMembers)
                            members.Add(json.ReadLabel());
                    break;
                default:
                    break;
            }

        if (string.IsNullOrEmpty(id))
            return;
        var title = friendly ?? name ?? (members.Count > 0 ? string.Join(", ", members) : null);
        if (_held.HoldOrWarn(reading, "rooms", [id, title, .. members]))
            _rooms[id] = (title, members);
    }
}
