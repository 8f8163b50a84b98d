using System.Text;
using System.Text.Unicode;
using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser.Formats.Discord;

/// <summary>The rows of comma separated values as RFC 4180 has them, one after the other; blank lines are none.</summary>
/// <param name="source">The file.</param>
/// <param name="maxRowBytes">How long a row may be in the file.</param>
internal sealed class CsvRows(IByteSource source, int maxRowBytes)
{
    private const int Window = 64 * 1024;

    private readonly byte[] _window = new byte[Window];
    private readonly List<int> _ends = [];
    private byte[] _row = new byte[1024];
    private int _rowLength;
    private int _at;
    private int _end;
    private long _origin;

    /// <summary>Where the row at hand begins.</summary>
    public long Offset { get; private set; }

    /// <summary>How many fields it has.</summary>
    public int Count => _ends.Count;

    /// <summary>Why the rows ended early, if they did.</summary>
    public JsonFault? Fault { get; private set; }

    /// <summary>A field of the row at hand, without its quotes. Void at the next row.</summary>
    public ReadOnlySpan<byte> Field(int index)
    {
        var start = index == 0 ? 0 : _ends[index - 1];
        return _row.AsSpan(start, _ends[index] - start);
    }

    /// <summary>A field of the row at hand as text.</summary>
    public string Text(int index) => Encoding.UTF8.GetString(Field(index));

    /// <summary>Goes to the next row; false at the end and after a fault.</summary>
    public bool Next()
    {
        if (_origin + _at == 0 && Peek() == 0xEF)
            _at = Math.Min(_end, 3);
        while (Peek() is '\r' or '\n')
            _at++;
        _ends.Clear();
        _rowLength = 0;
        Offset = _origin + _at;
        if (Fault is not null || Peek() < 0)
            return false;
        while (true)
        {
            if (Peek() == '"' ? !TakeQuoted() : !TakePlain())
                return false;
            _ends.Add(_rowLength);
            if (Peek() != ',')
                break;
            _at++;
        }

        return Utf8.IsValid(_row.AsSpan(0, _rowLength)) || Fail("not UTF-8: save the file as UTF-8");
    }

    private bool TakePlain()
    {
        while (Peek() is var value && value >= 0 && value is not (',' or '\r' or '\n'))
            if (!Take())
                return false;
        return true;
    }

    private bool TakeQuoted()
    {
        _at++;
        while (true)
        {
            var value = Peek();
            if (value < 0)
                return Fail("the file ends within a field in quotes");
            if (value == '"')
            {
                _at++;
                if (Peek() != '"')
                    return Peek() is < 0 or ',' or '\r' or '\n' || Fail("a field goes on behind its closing quote");
            }

            if (!Take())
                return false;
        }
    }

    /// <summary>Takes the byte at hand into the field.</summary>
    private bool Take()
    {
        if (_rowLength == maxRowBytes)
            return Fail($"a row of more than {maxRowBytes} bytes, which is what the setting Parsing:MaxMessageBytes allows");
        if (_rowLength == _row.Length)
            Array.Resize(ref _row, (int)Math.Min(maxRowBytes, 2L * _row.Length));
        _row[_rowLength++] = _window[_at++];
        return true;
    }

    /// <summary>The byte at hand; -1 at the end.</summary>
    private int Peek()
    {
        if (_at == _end)
        {
            _origin += _end;
            _at = 0;
            _end = source.Read(_window, _origin);
        }

        return _end == 0 ? -1 : _window[_at];
    }

    private bool Fail(string detail)
    {
        Fault ??= new JsonFault(detail, Offset);
        return false;
    }
}
