using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser;

/// <summary>
/// A walk through the entries of a JSON array. Where damages are kept, an entry in which one shows is passed over: the reader has only
/// to come back for the next entry once the walk does not go on.
/// </summary>
internal struct ListWalk
{
    private readonly ChatReading _reading;
    private readonly JsonScanner _json;
    private readonly string? _name;
    private readonly bool _counts;
    private JsonMark _entry;

    /// <summary>Goes into the array at hand.</summary>
    /// <param name="reading">The walk through the part.</param>
    /// <param name="name">The list's name, for the place of a fault.</param>
    /// <param name="counts">Whether an entry that is passed over is counted; not so where the list is walked through once more.</param>
    public ListWalk(ChatReading reading, string? name, bool counts)
    {
        (_reading, _json, _name, _counts) = (reading, reading.Json, name, counts);
        Index = -1;
        _json.Enter();
    }

    /// <summary>Which entry is at hand, from 0.</summary>
    public long Index { get; private set; }

    /// <summary>Goes to the next entry.</summary>
    /// <returns>False behind the last one, and where the walk has ended.</returns>
    public bool Next()
    {
        do
        {
            if (_reading.GoesOn && _json.NextElement())
            {
                _reading.At(_name, ++Index);
                if (_reading.Keeps)
                    _entry = _reading.Begin();
                return true;
            }
        }
        while (Index >= 0 && _reading.GoOnBehind(_entry, _counts));
        return false;
    }
}
