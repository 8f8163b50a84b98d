using System.Text;
using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser.Formats.Discord;

/// <summary>The texts of a message's embeds, in which bots say what they say: a line each.</summary>
/// <param name="reading">The walk.</param>
internal sealed class DiscordEmbeds(ChatReading reading)
{
    private const string StandIn = "…";

    private static readonly JsonKeys Keys = new("title", "description", "fields");
    private static readonly JsonKeys FieldKeys = new("name", "value");

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _fields = new();
    private int _bytes;

    /// <summary>What they say; a stand-in where texts are not wanted.</summary>
    public string Text => _bytes == 0 ? "" : _text.Length == 0 ? StandIn : _text.ToString();

    /// <summary>Forgets what was taken.</summary>
    public void Clear()
    {
        _text.Clear();
        _bytes = 0;
    }

    /// <summary>Takes the array of embeds at hand.</summary>
    public void Take()
    {
        var json = reading.Json;
        json.Enter();
        while (reading.GoesOn && json.NextElement())
            if (json.Kind == JsonKind.Object)
                TakeEmbed();
    }

    /// <summary>Takes what an embed says: the title, the description and the fields, in whatever order they are written.</summary>
    private void TakeEmbed()
    {
        var json = reading.Json;
        var (title, description) = ("", "");
        _fields.Clear();
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
            switch (json.FindKey(Keys), json.Kind)
            {
                case (0, JsonKind.Text):
                    title = ReadLine();
                    break;
                case (1, JsonKind.Text):
                    description = ReadLine();
                    break;
                case (2, JsonKind.Array):
                    TakeFields();
                    break;
                default:
                    break;
            }

        AppendLine(_text, title);
        AppendLine(_text, description);
        AppendLine(_text, _fields.ToString());
    }

    private void TakeFields()
    {
        var json = reading.Json;
        json.Enter();
        while (reading.GoesOn && json.NextElement())
        {
            if (json.Kind != JsonKind.Object)
                continue;
            var (name, value) = ("", "");
            json.Enter();
            while (reading.GoesOn && json.NextProperty())
                switch (json.FindKey(FieldKeys), json.Kind)
                {
                    case (0, JsonKind.Text):
                        name = ReadLine();
                        break;
                    case (1, JsonKind.Text):
                        value = ReadLine();
                        break;
                    default:
                        break;
                }

            AppendLine(_fields, name);
            AppendLine(_fields, value);
        }
    }

    /// <summary>Takes the text at hand; gives back nothing where texts are not wanted.</summary>
    private string ReadLine()
    {
        var json = reading.Json;
        var start = json.Offset;
        var raw = json.ReadRawText();
        _bytes += raw.Length;
        if (_bytes > json.MaxTokenBytes)
            reading.Reject("embeds longer than the setting Parsing:MaxMessageBytes allows", start);
        return json.WantsTexts ? JsonText.Decode(raw) : "";
    }

    private static void AppendLine(StringBuilder text, string line)
    {
        if (line.Length == 0)
            return;
        if (text.Length > 0)
            text.Append('\n');
        text.Append(line);
    }
}
