using System.IO.Hashing;
using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser.Formats.Discord;

/// <summary>Reads authors. A third of an export are the same few, whole in each message: each is taken apart once.</summary>
/// <param name="reading">The walk.</param>
internal sealed class DiscordAuthors(ChatReading reading)
{
    private const int Slots = 256;
    private const int Longest = 2048;
    private const int Beginning = 64; // has the id, however it is indented

    private static readonly JsonKeys Keys = new("id", "name", "nickname", "isBot");

    private readonly (byte[]? Raw, DiscordAuthor Author)[] _known = new (byte[]?, DiscordAuthor)[Slots];

    /// <summary>Takes the object at hand.</summary>
    public DiscordAuthor Take()
    {
        var json = reading.Json;
        ref var slot = ref _known[XxHash3.HashToUInt64(json.PeekRaw(Beginning)) % Slots];
        if (slot.Raw is { } raw && json.TakeIfWritten(raw))
            return slot.Author;
        var start = json.Offset;
        var author = Read(json);
        if (json.RawFrom(start) is { IsEmpty: false, Length: <= Longest } written)
            slot = (written.ToArray(), author);
        return author;
    }

    private static DiscordAuthor Read(JsonScanner json)
    {
        string? id = null, name = null, nickname = null;
        var isBot = false;
        json.Enter();
        while (json.NextProperty())
            switch (json.FindKey(Keys), json.Kind)
            {
                case (0, JsonKind.Text):
                    id = json.ReadLabel();
                    break;
                case (1, JsonKind.Text):
                    name = json.ReadLabel();
                    break;
                case (2, JsonKind.Text):
                    nickname = json.ReadLabel() is { Length: > 0 } given ? given : null;
                    break;
                case (3, JsonKind.Boolean):
                    isBot = json.ReadScalar().StartsWith((byte)'t');
                    break;
                default:
                    break;
            }

        return new DiscordAuthor(id, name, nickname, isBot);
    }
}
