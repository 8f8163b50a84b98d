using ChatAnalysis.Grains.FileParser.Bytes;

namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>
/// Cuts a chat into blocks of whole messages. Where it is cut depends on what the chat says alone, and not on how its bytes arrive.
/// </summary>
/// <param name="source">The file.</param>
/// <param name="maxMessageBytes">How long a message may be: of a longer one only its beginning comes, as a block of its own.</param>
/// <param name="blockBytes">How long a block is, unless a message is longer.</param>
internal sealed class ChatBlocks(IByteSource source, int maxMessageBytes, int blockBytes)
{
    // A header is told with what follows it.
    private const int Ahead = HeaderParser.LongestHeader + 2;

    private readonly int _blockBytes = Math.Max(blockBytes, 4 * Ahead);
    private readonly Stack<ChatBlock> _free = [];
    private ChatHeaders? _headers;
    private ChatBlock? _begun;
    private bool _isTooLong;    // the message that was cut last: its rest is to be passed over
    private bool _ended;

    /// <summary>What the chat's messages have in common.</summary>
    public ChatStyle Style { get; private set; }

    /// <summary>Goes to the chat's beginning.</summary>
    /// <param name="dates">How dates are read; null to take them unread.</param>
    /// <param name="messagesEndInCrLf">Whether a bare LF is within a message always, as on iOS.</param>
    /// <returns>False where the file does not begin with a header.</returns>
    public bool Begin(DateOrder? dates, bool messagesEndInCrLf)
    {
        (_ended, _isTooLong) = (false, false);
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

            if (_ended)
                return Cut(block, block.Filled.Length);
            if (LastHeader(block, searched) is > 0 and var cut)
            {
                _begun = NewBlock(block.Origin + cut, block.Filled[cut..]);
                HasFirstHeader(_begun);
                return Cut(block, cut);
            }

            // So far no header follows.
            var length = block.Filled.Length - Ahead - 1;
            if (length > maxMessageBytes)
            {
                _isTooLong = true;
                _begun = NewBlock(block.Origin + length, block.Filled[length..]);
                return Cut(block, length);
            }

            searched = block.Filled.Length - Ahead;
            block.Grow();
        }
    }

    /// <summary>Takes back a block that is read, to be used again.</summary>
    public void Return(ChatBlock block) => _free.Push(block);

    private ChatBlock Cut(ChatBlock block, int length)
    {
        (block.Length, block.IsLast) = (length, _begun is null);
        return block;
    }

    private ChatBlock NewBlock(long origin, ReadOnlySpan<byte> bytes)
    {
        var block = _free.TryPop(out var free) ? free : new ChatBlock(_blockBytes);
        block.Begin(origin, bytes);
        return block;
    }

    /// <summary>Reads until there is no room left in a block, or nothing more to read.</summary>
    private void Fill(ChatBlock block)
    {
        while (!_ended && block.Room.Length > 0)
        {
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

    /// <summary>Where the last message begins whose header is at hand as a whole; 0 where that is the first.</summary>
    private int LastHeader(ChatBlock block, int searched)
    {
        var chat = block.Filled;
        for (var end = Math.Max(0, chat.Length - Ahead); end > searched;)
        {
            var line = searched + chat[searched..end].LastIndexOf((byte)'\n');
            if (line < searched)
                return 0;
            if (_headers!.TryRead(chat, line + 1, out _, out _))
                return line + 1;
            end = line;
        }

        return 0;
    }

    /// <summary>Passes over what is left of a message that is too long, as far as it is at hand.</summary>
    private void SkipToHeader(ChatBlock block)
    {
        var chat = block.Filled;
        var end = _ended ? chat.Length : chat.Length - Ahead;
        _isTooLong = !_ended;
        for (var at = 0; at < end && chat[at..end].IndexOf((byte)'\n') is >= 0 and var line;)
        {
            at += line + 1;
            if (!_headers!.TryRead(chat, at, out _, out _))
                continue;
            _isTooLong = false;
            block.Begin(block.Origin + at, chat[at..]);
            HasFirstHeader(block);
            return;
        }

        var rest = _ended ? chat.Length : Math.Max(0, end - 1);
        block.Begin(block.Origin + rest, chat[rest..]);
    }
}
