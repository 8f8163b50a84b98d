using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser.Formats.Telegram;

/// <summary>
/// Passes over parts that only repeat a text, as most do: they are written like the last such parts, with another text in the same place.
/// </summary>
internal sealed class RepeatedText
{
    private const int Longest = 512;

    private byte[] _before = [];
    private byte[] _after = [];

    /// <summary>Takes the parts at hand where they are but a text once more.</summary>
    /// <param name="json">The file.</param>
    /// <param name="text">Where in the file the text stands that they may repeat: what is between its quotes.</param>
    /// <returns>False where they may be something else; they are still at hand then.</returns>
    public bool Take(JsonScanner json, (long Offset, int Length) text) =>
        text.Length > 0 && _before.Length > 0 && json.TakeIfWritten(_before, text, _after);

    /// <summary>Notes how parts were written that were one text alone, and were left just now.</summary>
    /// <param name="json">The file.</param>
    /// <param name="start">Where the parts begin.</param>
    /// <param name="text">Where their text begins.</param>
    /// <param name="length">How long it is.</param>
    public void Note(JsonScanner json, long start, long text, int length)
    {
        var raw = json.RawFrom(start);
        var before = (int)(text - start);
        if (raw.IsEmpty || raw.Length - length > Longest)
            return;
        _before = raw[..before].ToArray();
        _after = raw[(before + length)..].ToArray();
    }
}
