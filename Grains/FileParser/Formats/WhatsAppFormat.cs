using System.Text;
using ChatAnalysis.Grains.FileParser.Formats.WhatsApp;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// WhatsApp's own export of a chat: a text of lines such as <c>[04/03/25, 14:05:09] Ann: hi</c>, in the language, the calendar and the
/// order of day and month that the telephone is set to. No ids, no time zone: the file's order counts.
/// </summary>
internal sealed class WhatsAppFormat : IChatFormat
{
    private const string SystemMessage = "system message";

    /// <inheritdoc/>
    public string Id => "whatsapp";

    /// <inheritdoc/>
    public string Shape => "lines of [04/03/25, 14:05:09] Ann: … or 04/03/25, 14:05 - Ann: …";

    /// <inheritdoc/>
    public bool Recognises(FileSketch sketch) =>
        sketch.Kind is FileKind.Text or FileKind.Json && ChatBeginning.IsChat(sketch.FirstLines);

    /// <inheritdoc/>
    public IEnumerable<ParsedMessage> Read(ChatReading reading)
    {
        using var chat = new ChatScanner(reading.Bytes, reading.Parsing.MaxMessageBytes);
        if (!Begin(chat, reading, out var titleInside))
        {
            reading.Disown("its first line does not begin as a message does");
            yield break;
        }

        var conversation = reading.Conversation(null, TitleOf(reading) ?? titleInside, identity: MessageIdentity.Content);
        var authors = new AuthorLine();
        for (var i = 0L; reading.GoesOn; i++)
        {
            reading.At("messages", i);
            if (!chat.Next())
                break;
            if (ReadMessage(chat, reading, conversation, authors) is { } message)
                yield return message;
        }

        if (chat.Fault is { } fault)
            reading.Reject(fault.Detail, fault.Offset);
        if (chat.OddHeaders > 0)
            reading.Tally.Warn($"{chat.OddHeaders} lines look like the beginning of a message, but are written otherwise than this chat's, "
                + "or on a day that is none: they are kept as text of the message before them");
    }

    /// <summary>By the file's name or its folders', or where it is the archive's _chat.txt, by the archive's.</summary>
    private static string? TitleOf(ChatReading reading)
    {
        var path = reading.File.Path.Length == 0 ? reading.File.Name : reading.File.Path;
        return ChatTitle.Of(path) ?? (reading is { UploadName: { } archive, File.Folder: "" } ? ChatTitle.Of(archive) : null);
    }

    private static ParsedMessage? ReadMessage(ChatScanner chat, ChatReading reading, ConversationRef conversation, AuthorLine authors)
    {
        var body = chat.Body;
        if (authors.Split(body, out var textStart) is not { } author)
        {
            reading.Skip(SystemMessage);
            return null;
        }

        var text = body[textStart..];
        if (MessageText.IsPlain(text))
            return reading.Message(conversation, new()
            {
                Text = reading.WantsTexts ? Encoding.UTF8.GetString(text) : "",
                TextUtf8 = text,
                Author = author,
                Sent = reading.Local(conversation, chat.Time),
            });

        var content = MessageText.Read(text, chat.Header.Style.End);
        if (content.Skip is { } reason)
        {
            reading.Skip(reason);
            return null;
        }

        return reading.Message(conversation, new()
        {
            Text = content.Text,
            Author = author,
            Sent = reading.Local(conversation, chat.Time),
            Attachments = content.Attachments,
            Edited = content.Edited,
        });
    }

    /// <summary>Decides how the chat's dates are read, and goes to its beginning.</summary>
    private static bool Begin(ChatScanner chat, ChatReading reading, out string? title)
    {
        title = null;
        if (!chat.Restart(calendar: null, messagesEndInCrLf: false))
            return false;
        var vote = new DateOrderVote();
        var (crLf, lf, style) = (0L, 0L, default(HeaderStyle));
        var authors = new AuthorLine();
        for (var seen = 0; !vote.IsDecided && chat.Next(); seen++)
        {
            vote.Add(chat.Header);
            if (chat.EndsInCrLf)
                crLf++;
            else
                lf++;
            if (seen > 0)
                continue;
            style = chat.Header.Style;

            // On iOS the chat's name stands as author of what WhatsApp tells first.
            if (style.End != HeaderEnd.Dash && authors.Split(chat.Body, out var text) is { } name && chat.Body[text..] is [0xE2, 0x80, 0x8E, ..])
                title = name;
        }

        var order = vote.Decide(reading.Options.DayFirst, out var assumption);
        if (assumption is not null)
            reading.Tally.Assume(assumption);
        reading.Tally.Variant = style.End switch
        {
            HeaderEnd.Bracket => "iOS",
            HeaderEnd.Dash => "Android",
            _ => "old iOS",
        };

        // The first is the file's own; the last may lack its end.
        return chat.Restart(new ChatCalendar(order), messagesEndInCrLf: crLf > 0 && lf <= 1 + (crLf / 10));
    }
}
