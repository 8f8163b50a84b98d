namespace ChatAnalysis.Grains.FileParser.Formats.Ordered;

/// <summary>Takes into account the names that memory holds until a part's end, of authors and of chats.</summary>
/// <param name="reading">The walk.</param>
internal sealed class HeldNames(ChatReading reading)
{
    /// <summary>How many characters can be held, at two bytes each.</summary>
    public const int MostChars = 16 * 1024 * 1024;

    private const int Overhead = 64; // what else a name costs, in characters

    private long _chars;

    /// <summary>Takes names that go together into account; ends the walk where they are too many. Those are then not to be held.</summary>
    /// <param name="names">The names.</param>
    /// <returns>Whether they can be held.</returns>
    public bool Hold(params ReadOnlySpan<string?> names)
    {
        long chars = Overhead;
        foreach (var name in names)
            chars += name?.Length ?? 0;
        if (_chars + chars > MostChars)
        {
            reading.Reject("more names of authors and chats than can be held at once; send it in several uploads", reading.Json.Offset);
            return false;
        }

        _chars += chars;
        return true;
    }

    /// <summary>Begins anew, where all are forgotten.</summary>
    public void Clear() => _chars = 0;
}
