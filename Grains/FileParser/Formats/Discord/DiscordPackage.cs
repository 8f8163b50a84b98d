using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats.Discord;

/// <summary>What a data package tells of a channel beside its messages.</summary>
internal sealed class DiscordPackage
{
    private const string ChannelFile = "channel.json";
    private const string IndexFile = "index.json";
    private const string NoName = "None"; // what the index says of channels that it does not know
    private const int MostTitles = 1_000_000;
    private const int LongestTime = 48;

    private readonly DiscordChannel _channel = new();
    private readonly Dictionary<string, string> _titles = [];

    private DiscordPackage()
    {
    }

    /// <summary>The channel's id; null where nothing tells it.</summary>
    public string? Channel => _channel.Id;

    /// <summary>Whether a file of this name tells of channels.</summary>
    public static bool Tells(string name) =>
        name.Equals(ChannelFile, StringComparison.OrdinalIgnoreCase) || name.Equals(IndexFile, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the files that tell of channels.</summary>
    public static DiscordPackage Read(ChatReading reading)
    {
        var package = new DiscordPackage();
        do
        {
            var json = reading.Json;
            json.NextDocument();
            if (reading.File.Name.Equals(ChannelFile, StringComparison.OrdinalIgnoreCase))
                package._channel.Read(json);
            else
                package.ReadIndex(json);
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
    public static string[] Names(string addresses)
    {
        var names = addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < names.Length; i++)
        {
            var end = names[i].IndexOf('?', StringComparison.Ordinal);
            var path = end < 0 ? names[i] : names[i][..end];
            names[i] = path[(path.LastIndexOf('/') + 1)..];
        }

        return names;
    }

    private void ReadIndex(JsonScanner json)
    {
        json.Enter();
        while (json.NextProperty())
        {
            if (json.Kind != JsonKind.Text || _titles.Count >= MostTitles)
                continue;
            var id = json.ReadKey();
            if (json.ReadLabel() is { Length: > 0 } title and not NoName)
                _titles[id] = title;
        }
    }
}
