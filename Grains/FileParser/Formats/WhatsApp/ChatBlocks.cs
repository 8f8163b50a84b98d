using ChatAnalysis.Grains.FileParser.Bytes;

namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>
/// Cuts a chat into blocks of whole messages, all of them short but those of one long message each. Where it is cut depends on what the
/// chat says alone, and not on how its bytes arrive.
/// </summary>
/// <param name="source">The file.</param>
/// <param name="maxMessageBytes">How long a message may be: of a longer one only its beginning comes, as a block of its own.</param>
/// <param name="blockBytes">How long a block is, unless a message is longer.</param>
internal sealed class ChatBlocks(IByteSource source, int maxMessageBytes, int blockBytes)
{
    // A header is told with what follows it.
    private const int Ahead = HeaderParser.LongestHeader + 2;

    // WhatsApp sends no longer text: where so much holds no CRLF before a header, but a header behind a bare LF, the chat goes on with LF.
    private const int LongestText = 65_536;

    private readonly int _blockBytes = Math.Max(blockBytes, 4 * Ahead);
    private readonly Stack<ChatBlock> _free = [];
    private readonly Stack<ReadOnlyMemory<byte>> _readBefore = []; // what was read with a long message and follows it
    private ChatHeaders? _headers;
    private ChatBlock? _begun;
    private bool _isTooLong;    // the message that was cut last: its rest is to be passed over
    private bool _ended;

    /// <summary>What the chat's messages have in common from here on.</summary>
    public ChatStyle Style { get; private set; }

    /// <summary>Whether the chat, at whose beginning this is, has headers behind a CR, and no LF far and wide.</summary>
    public bool EndsLinesInCr
    {
        get
        {
            var chat = _begun is { } block ? block.Filled : default;
            if (chat.Contains((byte)'\n'))
                return false;
            for (var at = 0; chat[at..].IndexOf((byte)'\r') is >= 0 and var line;)
            {
                at += line + 1;
                if (HeaderParser.TryParse(chat.Slice(at, Math.Min(chat.Length - at, HeaderParser.LongestHeader)), out var header)
                    && header.Style == Style.Header)
                    return true;
            }

            return false;
        }
    }

    /// <summary>Goes to the chat's beginning.</summary>
    /// <param name="dates">How dates are read; null to take them unread.</param>
    /// <param name="messagesEndInCrLf">Whether a bare LF is within a message always, as on iOS.</param>
    /// <returns>False where the file does not begin with a header.</returns>
    public bool Begin(DateOrder? dates, bool messagesEndInCrLf)
    {
        (_ended, _isTooLong) = (false, false);
        _readBefore.Clear();
        var block = NewBlock(0, []);
        Fill(block);
        var start = block.Filled.StartsWith("\uFEFF"u8) ? 3 : 0;
        while (start < block.Filled.Length && block.Filled[start] is (byte)'\r' or (byte)'\n')
            start++;
        block.Begin(start, block.Filled[start..]);
        if (!HeaderParser.TryParse(block.Filled[..Math.Min(block.Filled.Length, HeaderParser.LongestHeader)], out var header))
            return false;

        Style = new ChatStyle(header.Style, dates, messagesEndInCrLf);
        _headers = new ChatHeaders(Style);
        block.Style = Style;
        _begun = block;
        return HasFirstHeader(block);
    }

    /// <summary>The next block; null after the last.</summary>
    public ChatBlock? Next()
    {
        if (_begun is not { } block)
            return null;
        _begun = null;
        for (var searched = 0; ;)
        {
            Fill(block);
            if (_isTooLong)
            {
                SkipToHeader(block);
                continue;
            }

            // A block that had to grow is one of a long message alone: whatever comes behind that must not grow with it.
            var isLong = searched > 0;
            var ended = _ended && _readBefore.Count == 0;
            var endsInLf = ended && Style.MessagesEndInCrLf && !block.Filled.EndsWith("\r\n"u8) && block.Filled.EndsWith("\n"u8);
            var next = isLong ? FirstHeader(block, searched, EndOfHeaders(block)) : ended && !endsInLf ? 0 : LastHeader(block);
            if (next > 0)
                return Cut(block, next);
            if (ended)
            {
                // Messages of such a chat end in CRLF, the last one too.
                if (endsInLf)
                    TakeLf(block);
                return CutLast(block);
            }

            // So far no header follows.
            searched = block.Filled.Length - Ahead - 1;
            if (Style.MessagesEndInCrLf && searched >= LongestText && FirstHeaderBehindLf(block) is > 0 and var first)
                return Cut(block, first);
            if (searched > maxMessageBytes)
            {
                _isTooLong = true;
                return Cut(block, searched);
            }

            block.Grow();
        }
    }

    /// <summary>Takes back a block that is read, to be used again.</summary>
    public void Return(ChatBlock block)
    {
        block.Clear();
        if (block.Size == _blockBytes)
            _free.Push(block);
    }

    private static ChatBlock CutLast(ChatBlock block)
    {
        (block.Length, block.IsLast) = (block.Filled.Length, true);
        return block;
    }

    /// <summary>Ends a block, and begins the next one with what is at hand behind it.</summary>
    private ChatBlock Cut(ChatBlock block, int length)
    {
        var rest = block.Filled[length..];
        if (block.Size == _blockBytes)
            _begun = NewBlock(block.Origin + length, rest);
        else
        {
            _readBefore.Push(rest.ToArray());
            _begun = NewBlock(block.Origin + length, []);
            Fill(_begun);
        }

        HasFirstHeader(_begun);
        (block.Length, block.IsLast) = (length, false);
        return block;
    }

    private ChatBlock NewBlock(long origin, ReadOnlySpan<byte> bytes)
    {
        var block = _free.TryPop(out var free) ? free : new ChatBlock(_blockBytes);
        block.Begin(origin, bytes);
        block.Style = Style;
        return block;
    }

    /// <summary>Reads the chat from a block on as one whose messages end in LF, as where exports of two telephones were joined.</summary>
    private void TakeLf(ChatBlock block)
    {
        Style = Style with { MessagesEndInCrLf = false };
        _headers = new ChatHeaders(Style);
        block.Style = Style;
    }

    /// <summary>Where the first message begins that stands behind a bare LF; from there on LF ends messages. 0 where none does.</summary>
    private int FirstHeaderBehindLf(ChatBlock block)
    {
        var (style, headers) = (Style, _headers);
        TakeLf(block);
        var first = FirstHeader(block, 0, EndOfHeaders(block));
        if (first == 0)
            (Style, _headers, block.Style) = (style, headers, style);
        return first;
    }

    /// <summary>Reads until there is no room left in a block, or nothing more to read.</summary>
    private void Fill(ChatBlock block)
    {
        while (block.Room.Length > 0)
        {
            if (_readBefore.TryPop(out var before))
            {
                var length = Math.Min(before.Length, block.Room.Length);
                before.Span[..length].CopyTo(block.Room);
                block.Take(length);
                if (length < before.Length)
                    _readBefore.Push(before[length..]);
                continue;
            }

            if (_ended)
                return;
            var read = source.Read(block.Room, block.Origin + block.Filled.Length);
            block.Take(read);
            _ended = read == 0;
        }
    }

    private bool HasFirstHeader(ChatBlock block)
    {
        var isHeader = _headers!.TryReadFirst(block.Filled, out var header, out var time);
        (block.FirstHeader, block.FirstTime) = (header, time);
        return isHeader;
    }

    /// <summary>Up to where a line may end that is followed by a whole header.</summary>
    private int EndOfHeaders(ChatBlock block) =>
        _ended && _readBefore.Count == 0 ? block.Filled.Length : Math.Max(0, block.Filled.Length - Ahead);

    /// <summary>Where the last message begins whose header is at hand as a whole; 0 where that is the first.</summary>
    private int LastHeader(ChatBlock block)
    {
        var chat = block.Filled;
        for (var end = EndOfHeaders(block); chat[..end].LastIndexOf((byte)'\n') is >= 0 and var line; end = line)
            if (_headers!.TryRead(chat, line + 1, out _, out _))
                return line + 1;
        return 0;
    }

    /// <summary>Where the first message begins behind a place; 0 where none does.</summary>
    private int FirstHeader(ChatBlock block, int from, int end)
    {
        var chat = block.Filled;
        for (var at = from; at < end && chat[at..end].IndexOf((byte)'\n') is >= 0 and var line;)
        {
            at += line + 1;
            if (_headers!.TryRead(chat, at, out _, out _))
                return at;
        }

        return 0;
    }

    /// <summary>Passes over what is left of a message that is too long, as far as it is at hand.</summary>
    private void SkipToHeader(ChatBlock block)
    {
        var chat = block.Filled;
        var end = EndOfHeaders(block);
        var isEnd = end == chat.Length;
        var next = FirstHeader(block, 0, end);
        _isTooLong = next == 0 && !isEnd;
        if (next == 0)
            next = isEnd ? chat.Length : Math.Max(0, end - 1);
        block.Begin(block.Origin + next, chat[next..]);
        HasFirstHeader(block);
    }
}
