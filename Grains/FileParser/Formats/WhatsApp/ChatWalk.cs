namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>Walks through the messages of a block.</summary>
internal ref struct ChatWalk
{
    private readonly ReadOnlySpan<byte> _chat; // the block and what comes next, since a header is told by what follows it
    private readonly int _length;
    private readonly ChatHeaders _headers;
    private MessageHeader _ahead;
    private DateTime _timeAhead;

    /// <summary>Begins before the first message.</summary>
    public ChatWalk(ChatBlock block, ChatHeaders headers)
    {
        _chat = block.Filled;
        _length = block.Length;
        _headers = headers;
        (_ahead, _timeAhead) = (block.FirstHeader, block.FirstTime);
    }

    /// <summary>When it was sent, on the telephone's clock.</summary>
    public DateTime Time { get; private set; }

    /// <summary>Where in the block it begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where in the block the next one begins, or the block ends.</summary>
    public int End { get; private set; }

    /// <summary>Where what stands after its header begins.</summary>
    public int BodyStart { get; private set; }

    /// <summary>Where that ends, without the last line's end.</summary>
    public readonly int BodyEnd
    {
        get
        {
            var end = End;
            while (end > BodyStart && _chat[end - 1] is (byte)'\n' or (byte)'\r')
                end--;
            return end;
        }
    }

    /// <summary>Whether it ends with CRLF.</summary>
    public readonly bool EndsInCrLf => _chat[Start..End].EndsWith("\r\n"u8);

    /// <summary>Reads its header once more: few ask for more than the time that it names.</summary>
    public readonly MessageHeader ReadHeader() =>
        HeaderParser.TryParse(_chat.Slice(Start, Math.Min(_chat.Length - Start, HeaderParser.LongestHeader)), out var header)
            ? header
            : default;

    /// <summary>Goes to the next message.</summary>
    /// <returns>False after the last.</returns>
    public bool Next()
    {
        if (End == _length)
            return false;
        (Start, Time) = (End, _timeAhead);
        BodyStart = Math.Min(Start + _ahead.Length, _length);
        for (var at = BodyStart; at < _length;)
        {
            var line = _chat[at.._length].IndexOf((byte)'\n');
            if (line < 0)
                break;
            at += line + 1;
            if (at < _length && _headers.TryRead(_chat, at, out _ahead, out _timeAhead))
            {
                End = at;
                return true;
            }
        }

        End = _length;
        return true;
    }
}
