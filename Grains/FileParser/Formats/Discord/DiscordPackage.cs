using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats.Discord;

/// <summary>What a data package tells of a channel beside its messages.</summary>
internal sealed class DiscordPackage
{
    private const string ChannelFile = "channel.json";
    private const string IndexFile = "index.json";
    private const string OwnerFile = "user.json";
    private const string NoName = "None"; // what the index says of channels that it does not know
    private const int LongestTime = 48;
    private const int MostAttachments = 100;

    private static readonly JsonKeys OwnerKeys = new("id", "username", "global_name");

    private readonly DiscordChannel _channel = new();
    private readonly HeldNames _held = new();
    private Dictionary<string, string> _titles;

    private DiscordPackage(DiscordPackage? above)
    {
        _titles = above?._titles ?? [];
        Owner = above?.Owner ?? DiscordAuthor.Unknown;
    }

    /// <summary>Whose package it is.</summary>
    public DiscordAuthor Owner { get; private set; }

    /// <summary>The channel's id; null where nothing tells it.</summary>
    public string? Channel => _channel.Id;

    /// <summary>Whether a file tells of channels or of the account.</summary>
    public static bool Tells(SketchedFile file) =>
        IsCalled(file.File, ChannelFile) || IsCalled(file.File, IndexFile) || (IsOwner(file.File) && file.Sketch.Has("username"));

    /// <summary>Whether a file of those tells whose package it is. What its folder is called depends on the language.</summary>
    public static bool IsOwner(ExportFile file) => IsCalled(file, OwnerFile);

    /// <summary>Reads the files that tell of channels.</summary>
    public static DiscordPackage Read(ChatReading reading)
    {
        var package = new DiscordPackage(reading.Companion as DiscordPackage);
        do
        {
            var json = reading.Json;
            json.NextDocument();
            if (IsCalled(reading.File, ChannelFile))
                package._channel.Read(json);
            else if (IsOwner(reading.File))
                package.ReadOwner(json);
            else
                package.ReadIndex(reading);
        }
        while (reading.NextFile());
        return package;
    }

    /// <summary>The name of a channel, as its own file or the index tells it.</summary>
    public string? TitleOf(string? id) =>
        _channel.IsNamed || id is null || !_titles.TryGetValue(id, out var title) ? _channel.Title : title;

    /// <summary>The id that a channel's folder is named after: c123, or 123.</summary>
    public static string? ChannelOf(string folder)
    {
        var name = folder[(folder.LastIndexOf('/') + 1)..].TrimStart('c');
        return name.Length > 0 && name.All(char.IsAsciiDigit) ? name : null;
    }

    /// <summary>A time as the package writes it: in UTC, which it says only at times.</summary>
    public static SentTime? Time(ReadOnlySpan<byte> text, ChatReading reading, ConversationRef conversation)
    {
        if (text.Length is 0 or > LongestTime || text[^1] == (byte)'Z'
            || (text.Length > 10 && text[10..].ContainsAny((byte)'+', (byte)'-')))
            return MessageTime.Parse(text, reading, conversation);
        Span<byte> utc = stackalloc byte[text.Length + 1];
        text.CopyTo(utc);
        utc[^1] = (byte)'Z';
        return MessageTime.Parse(utc, reading, conversation);
    }

    /// <summary>The names of the files that are attached, of their addresses with a space between.</summary>
    public static List<string> Names(string addresses)
    {
        var names = new List<string>();
        foreach (var part in addresses.AsSpan().Split(' '))
        {
            var address = addresses.AsSpan(part);
            if (address.Length == 0)
                continue;
            var path = address.IndexOf('?') is >= 0 and var end ? address[..end] : address;
            names.Add(path[(path.LastIndexOf('/') + 1)..].ToString());
            if (names.Count == MostAttachments)
                break;
        }

        return names;
    }

    private static bool IsCalled(ExportFile file, string name) => file.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private void ReadOwner(JsonScanner json)
    {
        string? id = null, name = null, given = null;
        json.Enter();
        while (json.NextProperty())
            switch (json.FindKey(OwnerKeys), json.Kind)
            {
                case (0, JsonKind.Text):
                    id = json.ReadLabel() is { Length: > 0 } digits ? digits : null;
                    break;
                case (1, JsonKind.Text):
                    name = json.ReadLabel() is { Length: > 0 } unique ? unique : null;
                    break;
                case (2, JsonKind.Text):
                    given = json.ReadLabel() is { Length: > 0 } shown ? shown : null;
                    break;
                default:
                    break;
            }

        Owner = new DiscordAuthor(id, name, given, IsBot: false);
    }

    private void ReadIndex(ChatReading reading)
    {
        var json = reading.Json;
        _titles = new(_titles); // others may have the one above
        json.Enter();
        while (json.NextProperty())
        {
            if (json.Kind != JsonKind.Text)
                continue;
            var id = json.ReadKey();
            if (json.ReadLabel() is { Length: > 0 } title and not NoName && _held.HoldOrWarn(reading, "channels", id, title))
                _titles[id] = title;
        }
    }
}
