using System.Buffers;
using System.Text.Unicode;
using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>Walks through a chat's messages: each a header and what follows it up to the next one. Keeps one message in memory.</summary>
/// <param name="source">The file.</param>
/// <param name="maxMessageBytes">How long a message may be.</param>
/// <param name="bufferBytes">The window of the file, to begin with.</param>
internal sealed class ChatScanner(IByteSource source, int maxMessageBytes, int bufferBytes = JsonScanner.DefaultBufferBytes) : IDisposable
{
    // The window holds a whole header ahead; see HeaderParser.LongestHeader.
    private const int Ahead = HeaderParser.LongestHeader + 2;

    private readonly HeaderLayouts _layouts = new();
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(bufferBytes, 4 * Ahead));
    private long _origin;       // where in the file the buffer begins
    private int _end;           // bytes of the file in the buffer, all of them UTF-8
    private int _unchecked;     // bytes after them: a character of which more is to come
    private bool _ended;
    private int _start;         // the message at hand
    private int _body;
    private int _bodyEnd;
    private int _next;          // the header after it
    private MessageHeader _ahead;
    private bool _hasAhead;
    private HeaderStyle _style;
    private ChatCalendar? _calendar;
    private bool _messagesEndInCrLf;
    private DateTime _timeAhead;
    private JsonFault? _faultAtEnd;

    /// <summary>Why the walk ended early, if it did.</summary>
    public JsonFault? Fault { get; private set; }

    /// <summary>The header of the message at hand.</summary>
    public MessageHeader Header { get; private set; }

    /// <summary>When the message at hand was sent, on the telephone's clock.</summary>
    public DateTime Time { get; private set; }

    /// <summary>Where in the file the message at hand begins.</summary>
    public long Offset => _origin + _start;

    /// <summary>What stands after the message's header, without the last line's end.</summary>
    public ReadOnlySpan<byte> Body => _buffer.AsSpan(_body, _bodyEnd - _body);

    /// <summary>Lines so far that look like a header but are of another style, or name a day that is none.</summary>
    public long OddHeaders { get; private set; }

    /// <summary>Whether the message at hand ends with CRLF.</summary>
    public bool EndsInCrLf { get; private set; }

    /// <summary>Goes to the beginning, before the first message.</summary>
    /// <param name="calendar">How dates are read; null to take them unread.</param>
    /// <param name="messagesEndInCrLf">Whether a bare LF is within a message always, as on iOS.</param>
    /// <returns>False where the file does not begin with a header.</returns>
    public bool Restart(ChatCalendar? calendar, bool messagesEndInCrLf)
    {
        _calendar = calendar;
        _messagesEndInCrLf = messagesEndInCrLf;
        OddHeaders = 0;
        Fault = null;
        if (_origin > 0)
        {
            _origin = 0;
            _end = _unchecked = 0;
            _ended = false;
            _faultAtEnd = null;
        }

        _start = _next = 0;
        while (_end < Ahead && Fill())
        {
            // Until the first header is there as a whole.
        }

        if (_buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8))
            _next = 3;
        while (_next < _end && _buffer[_next] is (byte)'\r' or (byte)'\n')
            _next++;
        _hasAhead = HeaderParser.TryParse(_buffer.AsSpan(_next, Math.Min(_end - _next, HeaderParser.LongestHeader)), out _ahead)
            && (calendar is null || calendar.TryRead(_ahead, out _timeAhead));
        _style = _ahead.Style;
        return _hasAhead;
    }

    /// <summary>Goes to the next message.</summary>
    /// <returns>False after the last, and where the walk has ended.</returns>
    public bool Next()
    {
        if (!_hasAhead || Fault is not null)
            return false;
        _start = _next;
        _hasAhead = false;
        (Header, Time) = (_ahead, _timeAhead);
        var at = Header.Length;     // from _start on, as _start moves when the window does
        while (true)
        {
            var line = _buffer.AsSpan(_start + at, _end - _start - at).IndexOf((byte)'\n');
            if (line < 0)
            {
                var searched = _end - _start;
                if (Fill())
                {
                    at = searched;
                    continue;
                }

                Fault ??= _faultAtEnd;
                return Fault is null && End(_end);
            }

            at += line + 1;
            while (_end - _start - at < Ahead && Fill())
            {
                // Until the next line's header is there as a whole.
            }

            if (Fault is not null)
                return false;
            var next = _start + at;
            if (next < _end && HeaderParser.MayBegin(_buffer[next]) && IsHeader(next))
            {
                _next = next;
                _hasAhead = true;
                return End(next);
            }
        }
    }

    /// <summary>Gives the window back.</summary>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private bool IsHeader(int at)
    {
        if (!_layouts.TryParse(_buffer.AsSpan(at, Math.Min(_end - at, HeaderParser.LongestHeader)), out _ahead))
            return false;
        if (_messagesEndInCrLf && (at < 2 || _buffer[at - 2] != '\r'))
            return false;
        if (_ahead.Style == _style && (_calendar is null || _calendar.TryRead(_ahead, out _timeAhead)))
            return true;
        OddHeaders++;
        return false;
    }

    private bool End(int end)
    {
        _body = _start + Header.Length;
        EndsInCrLf = end - _body >= 2 && _buffer[end - 2] == '\r' && _buffer[end - 1] == '\n';
        while (end > _body && _buffer[end - 1] is (byte)'\n' or (byte)'\r')
            end--;
        _bodyEnd = end;
        if (end - _start <= maxMessageBytes)
            return true;
        FailTooLong();
        return false;
    }

    private bool Fill()
    {
        if (_ended || Fault is not null)
            return false;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end + _unchecked - _start).CopyTo(_buffer);
            _origin += _start;
            _end -= _start;
            _start = 0;
        }

        if (_end + _unchecked == _buffer.Length && !Grow())
            return false;
        var read = source.Read(_buffer.AsSpan(_end + _unchecked), _origin + _end + _unchecked);
        _ended = read == 0;
        Check(read);
        return read > 0;
    }

    private bool Grow()
    {
        if (_end > maxMessageBytes)
        {
            FailTooLong();
            return false;
        }

        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
        return true;
    }

    private void FailTooLong() =>
        Fault = new JsonFault("a message longer than the setting Parsing:MaxMessageBytes allows", _origin + _start);

    /// <summary>Holds what was read to UTF-8, up to the last whole character.</summary>
    private void Check(int read)
    {
        var fresh = _buffer.AsSpan(_end, _unchecked + read);
        var whole = _ended ? fresh.Length : fresh.Length - Utf8Prefix.UnfinishedAtEnd(fresh);
        if (!Utf8.IsValid(fresh[..whole]))
        {
            // What comes before is still read: there may be messages in it.
            _end += Utf8Prefix.LengthOf(fresh[..whole]);
            _unchecked = 0;
            _ended = true;
            _faultAtEnd = new JsonFault("not UTF-8: save the file as UTF-8", _origin + _end);
            return;
        }

        _end += whole;
        _unchecked = fresh.Length - whole;
    }
}
