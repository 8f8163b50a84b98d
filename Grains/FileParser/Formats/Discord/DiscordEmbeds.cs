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
        {
            if (json.Kind != JsonKind.Object)
                continue;
            json.Enter();
            while (reading.GoesOn && json.NextProperty())
                switch (json.FindKey(Keys), json.Kind)
                {
                    case (0 or 1, JsonKind.Text):
                        TakeLine();
                        break;
                    case (2, JsonKind.Array):
                        TakeFields();
                        break;
                    default:
                        break;
                }
        }
    }

    private void TakeFields()
    {
        var json = reading.Json;
        json.Enter();
        while (reading.GoesOn && json.NextElement())
        {
            if (json.Kind != JsonKind.Object)
                continue;
            json.Enter();
            while (reading.GoesOn && json.NextProperty())
                if (json.Kind == JsonKind.Text && json.FindKey(FieldKeys) != JsonKeys.Other)
                    TakeLine();
        }
    }

    private void TakeLine()
    {
        var json = reading.Json;
        var start = json.Offset;
        var raw = json.ReadRawText();
        _bytes += raw.Length;
        if (_bytes > json.MaxTokenBytes)
            reading.Reject("embeds longer than the setting Parsing:MaxMessageBytes allows", start);
        if (!json.WantsTexts || raw.IsEmpty)
            return;
        if (_text.Length > 0)
            _text.Append('\n');
        _text.Append(JsonText.Decode(raw));
    }
}
