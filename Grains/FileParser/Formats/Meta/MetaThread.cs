using ChatAnalysis.Grains.FileParser.Formats.Ordered;
using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser.Formats.Meta;

/// <summary>One file of a thread: who talks there, and where its messages stand.</summary>
/// <param name="order">Its messages.</param>
internal sealed class MetaThread(ConversationOrder order)
{
    private const int MostParticipants = 2_000;

    private static readonly JsonKeys Keys = new("participants", "messages", "title", "threadName", "thread_path");
    private static readonly JsonKeys ParticipantKeys = new("name");

    private readonly List<string> _participants = [];
    private readonly HashSet<string> _known = [];
    private string? _path;

    /// <summary>Its messages.</summary>
    public ConversationOrder Order => order;

    /// <summary>Its title.</summary>
    public string? Title { get; private set; }

    /// <summary>Whether it comes from the export of end-to-end encrypted chats, where a file is a thread and none has an id.</summary>
    public bool IsEncrypted { get; private set; }

    /// <summary>What identifies it: its path's last part, as threads are moved between inbox and archive; null where it has none.</summary>
    public string? Id => _path?.TrimEnd('/') is { Length: > 0 } path ? path[(path.LastIndexOf('/') + 1)..] : null;

    /// <summary>Who takes part.</summary>
    public IReadOnlyList<string> Participants => _participants;

    /// <summary>Takes the file at hand.</summary>
    public static MetaThread Read(ChatReading reading, MetaMessage messages, ConversationOrder order)
    {
        var json = reading.Json;
        var thread = new MetaThread(order);
        var found = false;
        json.NextDocument();
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
            switch (json.FindKey(Keys))
            {
                case 0:
                    thread.ReadParticipants(json, messages);
                    break;
                case 1:
                    if (found || json.Kind != JsonKind.Array)
                        reading.Reject(found ? "the key messages occurs twice" : "messages must be an array", json.Offset);
                    found = true;
                    EntryList.Walk(reading, "messages", messages.Read, _ => order);
                    break;
                case 2:
                    thread.Title = messages.ReadName(json);
                    break;
                case 3:
                    (thread.Title, thread.IsEncrypted) = (messages.ReadName(json), true);
                    break;
                case 4:
                    thread._path = messages.ReadName(json);
                    break;
                default:
                    break;
            }

        if (!found)
            reading.Reject("a thread without messages", 0);

        // The path stands behind the messages; what is kept of a damaged file belongs to its folder's thread all the same.
        if (!reading.GoesOn && reading.File.Folder.Length > 0)
            thread._path ??= reading.File.Folder;
        if (reading.GoesOn && json.NextDocument())
            reading.Reject("more follows where the JSON has ended", json.Offset);
        if (thread.IsEncrypted)
            thread.Title = thread.WithoutNumber(thread.Title);
        return thread;
    }

    /// <summary>Takes the next file in, where it goes on with the same thread: without an id one of the same title and people.</summary>
    public bool TryAppend(MetaThread next)
    {
        if (IsEncrypted || next.IsEncrypted || Id != next.Id)
            return false;
        if (Id is null && (Title is null || Title != next.Title || !_known.SetEquals(next._known)))
            return false;
        order.Append(next.Order);
        Title ??= next.Title;
        foreach (var name in next._participants)
            Add(name);
        return true;
    }

    private void ReadParticipants(JsonScanner json, MetaMessage messages)
    {
        if (json.Kind != JsonKind.Array)
            return;
        json.Enter();
        while (json.NextElement())
        {
            if (json.Kind == JsonKind.Text)
            {
                IsEncrypted = true;
                Add(messages.ReadName(json));
            }
            else if (json.Kind == JsonKind.Object)
            {
                json.Enter();
                while (json.NextProperty())
                    if (json.FindKey(ParticipantKeys) == 0)
                        Add(messages.ReadName(json));
            }
        }
    }

    private void Add(string? name)
    {
        if (name is not null && _participants.Count < MostParticipants && _known.Add(name))
            _participants.Add(name);
    }

    /// <summary>The encrypted export numbers its threads: Ann_40. The number is another in each export.</summary>
    private string? WithoutNumber(string? title) =>
        title?.LastIndexOf('_') is > 0 and var at && title.AsSpan(at + 1).IndexOfAnyExceptInRange('0', '9') < 0
        && _participants.Contains(title[..at])
            ? title[..at]
            : title;
}
