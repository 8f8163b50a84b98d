using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser.Formats.Discord;

/// <summary>What an export says of the channel whose messages it holds, and of the server (guild) that it belongs to.</summary>
internal sealed class DiscordChannel
{
    private const string NoGuild = "0"; // what DiscordChatExporter calls the server of direct messages

    private static readonly JsonKeys Keys = new("id", "name", "guild");

    private string? _name;
    private string? _guildId;
    private string? _guildName;

    /// <summary>The channel's id; null where the export does not tell.</summary>
    public string? Id { get; private set; }

    /// <summary>The server's and the channel's name; null where neither is told.</summary>
    public string? Title =>
        _guildName is null || _guildId == NoGuild ? _name
        : _name is null ? _guildName
        : $"{_guildName} / {_name}";

    /// <summary>Whether the channel has a name.</summary>
    public bool IsNamed => _name is not null;

    /// <summary>Whether it was told which server the channel belongs to.</summary>
    public bool IsGuildTold { get; private set; }

    /// <summary>Takes the object at hand, which tells of the channel.</summary>
    public void Read(JsonScanner json)
    {
        json.Enter();
        while (json.NextProperty())
            switch (json.FindKey(Keys))
            {
                case 0:
                    Id = Label(json);
                    break;
                case 1:
                    _name = Label(json);
                    break;
                case 2:
                    ReadGuild(json);
                    break;
                default:
                    break;
            }
    }

    /// <summary>Takes the value at hand, which tells of the server where it is an object; else there is none.</summary>
    public void ReadGuild(JsonScanner json)
    {
        IsGuildTold = true;
        if (json.Kind != JsonKind.Object)
            return;
        json.Enter();
        while (json.NextProperty())
            switch (json.FindKey(Keys))
            {
                case 0:
                    _guildId = Label(json);
                    break;
                case 1:
                    _guildName = Label(json);
                    break;
                default:
                    break;
            }
    }

    private static string? Label(JsonScanner json) => json.Kind switch
    {
        JsonKind.Text => json.ReadLabel() is { Length: > 0 } label ? label : null,
        JsonKind.Number => json.ReadScalarLabel(),
        _ => null,
    };
}
