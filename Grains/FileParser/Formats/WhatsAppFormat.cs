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
    private const int BlockBytes = 80_000; // not large enough to be a large object

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
        var blocks = new ChatBlocks(reading.Bytes, reading.Parsing.MaxMessageBytes, Math.Min(reading.BufferBytes, BlockBytes));
        var authors = new AuthorLine();
        if (!Begin(blocks, reading, out var titleInside))
        {
            reading.Disown("its first line does not begin as a message does");
            yield break;
        }

        if (!reading.GoesOn)
            yield break;
        var conversation = reading.Conversation(null, TitleOf(reading) ?? titleInside, identity: MessageIdentity.Content);
        var reader = new ChatBlockReader(
            blocks.Style.Header.End, authors, reading.Parsing.MaxMessageBytes, reading.IsChecked, wantsTexts: !reading.IsSurvey);
        var ahead = new ChatBlocksAhead(blocks, reader, reading.Workers);
        var (entries, oddHeaders, behindLf) = (0L, 0L, 0L);
        while (reading.GoesOn && ahead.Next() is { } block)
        {
            for (var i = 0; i < block.Count && reading.GoesOn; i++)
            {
                reading.At("messages", entries++);
                if (ReadMessage(reading, conversation, block, i, authors, reader) is { } message)
                    yield return message;
            }

            oddHeaders += block.OddHeaders;
            behindLf += block.HeadersBehindLf;
        }

        if (oddHeaders > 0)
            reading.Tally.Warn($"{oddHeaders} lines look like the beginning of a message, but are written otherwise than this chat's, "
                + "or on a day that is none: they are kept as text of the message before them");
        if (behindLf > 0)
            reading.Tally.Warn($"{behindLf} lines look like the beginning of a message, but stand behind a bare line feed, where this "
                + "chat's messages end in CRLF: they are kept as text of the message before them, as what was pasted into it");
    }

    /// <summary>By the file's name or its folders', or where it is the archive's _chat.txt, by the archive's.</summary>
    private static string? TitleOf(ChatReading reading)
    {
        var path = reading.File.Path.Length == 0 ? reading.File.Name : reading.File.Path;
        return ChatTitle.Of(path) ?? (reading is { UploadName: { } archive, File.Folder: "" } ? ChatTitle.Of(archive) : null);
    }

    private static ParsedMessage? ReadMessage(
        ChatReading reading, ConversationRef conversation, ChatBlock block, int at, AuthorLine authors, ChatBlockReader reader)
    {
        ref var entry = ref block[at];
        if (block.IsLast && at == block.Count - 1 && reading.Broken is not null && block.Filled[^1] != '\n')
        {
            // It breaks off where the archive is damaged, and with it the file.
            reading.Skip(ChatReading.Damaged);
            return null;
        }

        if (block.FaultOf(entry) is { } fault)
        {
            reading.SkipDamaged(fault.Detail, fault.Offset);
            return null;
        }

        if (entry.Author is null)
        {
            if (authors.Split(block.TextOf(entry), out var text) is not { } author)
            {
                reading.Skip(SystemMessage);
                return null;
            }

            reader.ReadText(block, ref entry, author, text);
        }

        if (entry.Content.Skip is { } reason)
        {
            reading.Skip(reason);
            return null;
        }

        return reading.Message(conversation, new()
        {
            Text = entry.Content.Text,
            TextUtf8 = entry.IsPlain ? block.TextOf(entry) : default,
            Author = entry.Author,
            Sent = reading.Local(conversation, entry.Time),
            Attachments = entry.Content.Attachments,
            Edited = entry.Content.Edited,
        });
    }

    /// <summary>Decides how the chat's dates are read, and goes to its beginning.</summary>
    private static bool Begin(ChatBlocks blocks, ChatReading reading, out string? title)
    {
        title = null;
        if (!blocks.Begin(dates: null, messagesEndInCrLf: false))
            return false;
        if (blocks.EndsLinesInCr)
        {
            reading.Reject("its lines end in CR alone: save the file with LF or CRLF at the end of lines", 0);
            return true;
        }

        var vote = new DateOrderVote();
        var (crLf, lf) = (0L, 0L);
        for (var isFirst = true; !vote.IsDecided && blocks.Next() is { } block; isFirst = false)
        {
            if (isFirst)
            {
                title = TitleIn(block);
                (crLf, lf) = Ends(block);
            }

            Vote(block, vote);
            blocks.Return(block);
        }

        var order = vote.Decide(reading.Options.DayFirst, out var assumption);
        if (assumption is not null)
            reading.Tally.Assume(assumption);
        reading.Tally.Variant = blocks.Style.Header.End switch
        {
            HeaderEnd.Bracket => "iOS",
            HeaderEnd.Dash => "Android",
            _ => "old iOS",
        };

        // The first is the file's own; the last may lack its end.
        return blocks.Begin(order, messagesEndInCrLf: crLf > 0 && lf <= 1 + (crLf / 10));
    }

    /// <summary>On iOS the chat's name stands as author of what WhatsApp tells first.</summary>
    private static string? TitleIn(ChatBlock block)
    {
        var chat = new ChatWalk(block, new ChatHeaders(block.Style));
        if (block.Style.Header.End == HeaderEnd.Dash || !chat.Next())
            return null;
        var body = block.Filled[chat.BodyStart..chat.BodyEnd];
        return new AuthorLine().Split(body, out var text) is { } name && body[text..] is [0xE2, 0x80, 0x8E, ..] ? name : null;
    }

    private static void Vote(ChatBlock block, DateOrderVote vote)
    {
        var chat = new ChatWalk(block, new ChatHeaders(block.Style));
        while (!vote.IsDecided && chat.Next())
            vote.Add(chat.ReadHeader());
    }

    /// <summary>How the messages of a block end: all of them, since what was pasted into one ends in LF too.</summary>
    private static (long CrLf, long Lf) Ends(ChatBlock block)
    {
        var chat = new ChatWalk(block, new ChatHeaders(block.Style));
        var (crLf, lf) = (0L, 0L);
        while (chat.Next())
            _ = chat.EndsInCrLf ? crLf++ : lf++;
        return (crLf, lf);
    }
}
