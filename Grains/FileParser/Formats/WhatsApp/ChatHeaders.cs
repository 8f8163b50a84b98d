namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>Tells the lines of a chat that begin a message from those that go on with one.</summary>
/// <param name="style">What its messages have in common.</param>
internal sealed class ChatHeaders(ChatStyle style)
{
    private readonly HeaderLayouts _layouts = new();
    private readonly ChatCalendar? _calendar = style.Dates is { } dates ? new ChatCalendar(dates) : null;

    /// <summary>Lines so far that look like a header but are of another style, or name a day that is none.</summary>
    public long Odd { get; private set; }

    /// <summary>Lines so far that are a header but for the bare LF before them.</summary>
    public long BehindLf { get; private set; }

    /// <summary>Reads the header of a line within the chat.</summary>
    /// <param name="chat">A stretch of the chat.</param>
    /// <param name="at">Where in it the line begins.</param>
    /// <param name="header">What was read.</param>
    /// <param name="time">When the message was sent, on the telephone's clock; the default where dates are not read.</param>
    /// <returns>False where no message begins there.</returns>
    public bool TryRead(ReadOnlySpan<byte> chat, int at, out MessageHeader header, out DateTime time)
    {
        time = default;
        header = default;
        if (at == chat.Length || !HeaderParser.MayBegin(chat[at]) || !_layouts.TryParse(Line(chat, at), out header))
            return false;
        var isHeader = header.Style == style.Header && (_calendar is null || _calendar.TryRead(header, out time));
        if (style.MessagesEndInCrLf && (at < 2 || chat[at - 2] != '\r'))
        {
            BehindLf += isHeader ? 1 : 0;
            return false;
        }

        Odd += isHeader ? 0 : 1;
        return isHeader;
    }

    /// <summary>Reads the header that the chat begins with.</summary>
    public bool TryReadFirst(ReadOnlySpan<byte> chat, out MessageHeader header, out DateTime time)
    {
        time = default;
        return HeaderParser.TryParse(Line(chat, 0), out header) && (_calendar is null || _calendar.TryRead(header, out time));
    }

    private static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> chat, int at) =>
        chat.Slice(at, Math.Min(chat.Length - at, HeaderParser.LongestHeader));
}
