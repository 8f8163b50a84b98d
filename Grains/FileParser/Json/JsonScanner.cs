using System.Buffers;
using ChatAnalysis.Grains.FileParser.Bytes;

namespace ChatAnalysis.Grains.FileParser.Json;

/// <summary>Walks through the JSON of a file of any size; memory holds a window of it, never the whole.</summary>
/// <remarks>
/// What it accepts is RFC 8259, nested at most <see cref="MaxDepth"/> deep: values that are skipped are checked as those that are
/// read, unless <c>trusted</c> says that an earlier walk has checked the file. Duplicate keys are the caller's to judge.
/// After a fault, which <see cref="Fault"/> tells, every call answers that there is no more, so that loops come to their end.
/// </remarks>
internal sealed partial class JsonScanner : IDisposable
{
    /// <summary>Containers that may be open at once.</summary>
    public const int MaxDepth = 1024;

    /// <summary>The usual size of the window.</summary>
    public const int DefaultBufferBytes = 256 * 1024;

    private const int None = -1;

    // A table, as branches on what comes next are guessed wrong.
    private static readonly byte[] KindsByFirstByte = [.. Enumerable.Range(0, 256).Select(value => (byte)KindBeginningWith((char)value))];

    private readonly IByteSource _source;
    private readonly int _maxTokenBytes;
    private readonly bool _trusted;
    private readonly ulong[] _objects = new ulong[MaxDepth / 64]; // a bit a level: 1 for an object, 0 for an array
    private int _depth;
    private bool _entered;       // the container at hand was entered, and nothing in it was asked for
    private bool _pending;       // the value at hand was not taken
    private int _valueStart;
    private int _keyLength;
    private int _scalarLength;
    private long _left;          // where the container that was left last ended
    private long _documentEnd;
    private bool _begun;         // the file's first bytes were looked at

    /// <summary>Starts at the first byte; a byte order mark is passed over.</summary>
    /// <param name="source">The file.</param>
    /// <param name="maxTokenBytes">How long a text that is read may be in the file.</param>
    /// <param name="trusted">Whether the file was checked before, so that skipping may count brackets only.</param>
    /// <param name="bufferBytes">The window's size, at least a block.</param>
    public JsonScanner(IByteSource source, int maxTokenBytes, bool trusted = false, int bufferBytes = DefaultBufferBytes)
    {
        _source = source;
        _maxTokenBytes = maxTokenBytes;
        _trusted = trusted;
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(bufferBytes, BlockBytes) + BlockBytes);
        _block = -BlockBytes;
    }

    /// <summary>How long a text that is read may be in the file.</summary>
    public int MaxTokenBytes => _maxTokenBytes;

    /// <summary>Why the walk ended early, if it did.</summary>
    public JsonFault? Fault { get; private set; }

    /// <summary>The kind of the value at hand.</summary>
    public JsonKind Kind { get; private set; }

    /// <summary>The first byte of the value at hand, from 0.</summary>
    public long Offset => _origin + _valueStart;

    /// <summary>The key of the value at hand as it is written, escapes and all; void once the value is taken.</summary>
    public ReadOnlySpan<byte> RawKey => _buffer.AsSpan(_keep + 1, _keyLength);

    /// <summary>Goes to the next value that stands by itself: the root, or one of the values of a file of lines.</summary>
    /// <returns>False at the end of the file and after a fault.</returns>
    public bool NextDocument()
    {
        SkipPending();
        if (!_begun)
            PassOverMark();
        var first = _documentEnd == 0;
        var at = Next();
        if (at < 0)
            return _ahead is not null && EndsEarly();
        if (!first && !LineEndsBetween(_documentEnd, _origin + at))
            return Fail("more follows where the JSON has ended", _origin + at);
        return Begin(at);
    }

    /// <summary>Goes into the object or array at hand.</summary>
    public void Enter()
    {
        if (!_pending || Fault is not null)
            return;
        _pending = false;
        _keep = None;
        if (Push(Kind == JsonKind.Object))
            _entered = true;
    }

    /// <summary>Goes to the value of the next key of the object that was entered last; an untaken value is passed over.</summary>
    /// <returns>False where the object has ended, which leaves it, and after a fault.</returns>
    public bool NextProperty()
    {
        if (_pending)
            SkipPending();
        var at = Next();
        if (Byte(at) == (byte)'}')
            return Leave(at);
        if (!_entered)
        {
            if (Byte(at) != (byte)',')
                return Expected("a comma or a closing brace", at);
            at = Next();
        }

        _entered = false;
        if (Byte(at) != (byte)'"')
            return Expected("a key in double quotes", at);
        _keep = at;
        var close = Next();
        if (close < 0)
            return EndsEarly();
        _keyLength = close - _keep - 1;
        at = Next();
        return Byte(at) == (byte)':' ? Begin(Next()) : Expected("a colon after the key", at);
    }

    /// <summary>Goes to the next value of the array that was entered last; an untaken value is passed over.</summary>
    /// <returns>False where the array has ended, which leaves it, and after a fault.</returns>
    public bool NextElement()
    {
        if (_pending)
            SkipPending();
        var at = Next();
        if (!_entered)
        {
            if (Byte(at) == (byte)']')
                return Leave(at);
            if (Byte(at) != (byte)',')
                return Expected("a comma or a closing bracket", at);
            at = Next();
        }
        else if (Byte(at) == (byte)']')
        {
            return Leave(at);
        }

        _entered = false;
        return Begin(at);
    }

    /// <summary>The value at hand, to come back to with <see cref="GoBack"/> while the containers around it are still open.</summary>
    public JsonMark Mark() => new(Offset, _depth);

    /// <summary>Makes a value that was passed the one at hand again.</summary>
    public void GoBack(JsonMark mark)
    {
        if (Fault is not null)
            return;
        _depth = mark.Depth;
        _entered = false;
        MoveTo(mark.Offset);
        Begin(Next());
    }

    /// <summary>Reports the value at hand, or its container, as not what the format says.</summary>
    public void Reject(string detail, long offset)
    {
        if (Fault is null)
            Fail(detail, offset);
    }

    /// <summary>Gives the window's memory back.</summary>
    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _end = 0;
    }

    private void PassOverMark()
    {
        _begun = true;
        while (_end < 3 && !_sourceEnded && Fill())
        {
        }

        if (_buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8))
            _block += 3;
    }

    private byte Byte(int at) => at < 0 ? (byte)0 : _buffer[at];

    private bool Begin(int at)
    {
        if (at < 0)
            return EndsEarly();
        _valueStart = at;
        Kind = (JsonKind)KindsByFirstByte[_buffer[at]];
        _pending = true;
        return Kind != JsonKind.None || MayBeBarePath(at) || Expected("a JSON value", at);
    }

    private static JsonKind KindBeginningWith(char first) => first switch
    {
        '"' => JsonKind.Text,
        '{' => JsonKind.Object,
        '[' => JsonKind.Array,
        't' or 'f' => JsonKind.Boolean,
        'n' => JsonKind.Null,
        '-' or (>= '0' and <= '9') => JsonKind.Number,
        _ => JsonKind.None,
    };

    private bool Leave(int at)
    {
        _entered = false;
        _left = _origin + at + 1;
        Pop(at);
        return false;
    }

    private bool Push(bool isObject)
    {
        if (_depth == MaxDepth)
            return Fail($"nested more than {MaxDepth} deep", Offset);
        var bit = 1UL << _depth;
        ref var levels = ref _objects[_depth++ >> 6];
        levels = isObject ? levels | bit : levels & ~bit;
        return true;
    }

    private void Pop(int at)
    {
        _depth--;
        TakenTo(at);
    }

    /// <summary>Notes where a value ended.</summary>
    private bool TakenTo(int last)
    {
        if (last < 0)
            return EndsEarly();
        if (_depth == 0)
            _documentEnd = _origin + last + 1;
        return true;
    }
}
