namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>Takes into account the names that memory holds until a part's end: of authors and chats, and of what lists tell of them.</summary>
internal sealed class HeldNames
{
    /// <summary>How many characters can be held, at two bytes each.</summary>
    public const int MostChars = 16 * 1024 * 1024;

    private const int Overhead = 64; // what else a name costs, in characters

    private long _chars;

    /// <summary>Takes names without which a part cannot be read into account; ends the walk where they are too many.</summary>
    /// <param name="reading">The walk.</param>
    /// <param name="names">Names that go together.</param>
    /// <returns>Whether they can be held; where not, they are not to be.</returns>
    public bool Hold(ChatReading reading, params ReadOnlySpan<string?> names)
    {
        if (TryHold(names))
            return true;
        reading.Reject("more names of authors and chats than can be held at once; send it in several uploads", reading.Json.Offset);
        return false;
    }

    /// <summary>Takes names that something is known by besides into account; warns where they are too many.</summary>
    /// <param name="reading">The walk.</param>
    /// <param name="what">Whose names: "users and channels".</param>
    /// <param name="names">Names that go together.</param>
    /// <returns>Whether they can be held; where not, they are not to be.</returns>
    public bool HoldOrWarn(ChatReading reading, string what, params ReadOnlySpan<string?> names)
    {
        if (TryHold(names))
            return true;
        reading.Tally.Warn($"more names of {what} than can be held at once; those beyond go by their ids, or what else stands in a message");
        return false;
    }

    /// <summary>Begins anew, where all are forgotten.</summary>
    public void Clear() => _chars = 0;

    private bool TryHold(ReadOnlySpan<string?> names)
    {
        long chars = Overhead;
        foreach (var name in names)
            chars += name?.Length ?? 0;
        if (_chars + chars > MostChars)
            return false;
        _chars += chars;
        return true;
    }
}
