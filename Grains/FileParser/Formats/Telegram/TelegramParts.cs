using System.Text;
using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser.Formats.Telegram;

/// <summary>Puts texts together that are written in parts.</summary>
/// <param name="reading">The walk.</param>
internal sealed class TelegramParts(ChatReading reading)
{
    private static readonly JsonKeys PartKeys = new("text");

    private readonly StringBuilder _joined = new();

    /// <summary>How long they are in the file.</summary>
    public int Bytes { get; private set; }

    /// <summary>Where in the file the last one that is not empty begins.</summary>
    public long LastAt { get; private set; }

    /// <summary>How long that one is there.</summary>
    public int LastBytes { get; private set; }

    /// <summary>Those that were joined.</summary>
    public string Text => _joined.ToString();

    /// <summary>Walks through an array of parts, each a text or an object with one.</summary>
    /// <param name="join">Whether to put their texts together.</param>
    /// <returns>The length of their texts, in bytes of the file.</returns>
    public int Take(bool join)
    {
        var json = reading.Json;
        Begin();
        json.Enter();
        while (reading.GoesOn && json.NextElement())
        {
            if (json.Kind == JsonKind.Text)
                Join(join);
            else if (json.Kind == JsonKind.Object)
                Part(join);
        }

        return Bytes;
    }

    /// <summary>Walks through an object with a text.</summary>
    /// <param name="join">Whether to put it to the others.</param>
    /// <param name="onItsOwnLine">Whether a line begins with it.</param>
    public void Part(bool join, bool onItsOwnLine = false)
    {
        var json = reading.Json;
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
            if (json.FindKey(PartKeys) == 0 && json.Kind == JsonKind.Text)
                Join(join, onItsOwnLine);
    }

    /// <summary>Forgets what was joined.</summary>
    public void Begin()
    {
        _joined.Clear();
        Bytes = 0;
    }

    /// <summary>Takes the text at hand.</summary>
    /// <param name="join">Whether to put it to the others.</param>
    /// <param name="onItsOwnLine">Whether a line begins with it.</param>
    public void Join(bool join, bool onItsOwnLine = false)
    {
        var json = reading.Json;
        var start = json.Offset;
        var raw = json.ReadRawText();
        Bytes += raw.Length;
        if (raw.Length > 0)
            (LastAt, LastBytes) = (start + 1, raw.Length);
        if (join && raw.Length > 0)
            _joined.Append(onItsOwnLine ? "\n" : "").Append(JsonText.Decode(raw));
        if (Bytes > json.MaxTokenBytes)
            reading.Reject("a text longer than the setting Parsing:MaxMessageBytes allows", start);
    }
}
