using System.Text;
using System.Text.Unicode;

namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>Reads the messages of a block, as far as that needs nothing but the block itself. Blocks may be read at once.</summary>
/// <param name="headers">How the chat's headers end.</param>
/// <param name="authors">Who wrote so far.</param>
/// <param name="maxMessageBytes">How long a message may be.</param>
/// <param name="isChecked">Whether the file is known to be whole.</param>
/// <param name="wantsTexts">Whether texts are wanted.</param>
internal sealed class ChatBlockReader(HeaderEnd headers, AuthorLine authors, int maxMessageBytes, bool isChecked, bool wantsTexts)
{
    /// <summary>Reads a block.</summary>
    public void Read(ChatBlock block)
    {
        var found = new ChatHeaders(block.Style);
        block.HasRareMarks = MessageText.HasRareMarks(block.Filled[..block.Length]);
        var bytes = block.Filled[..block.Length];
        var isWhole = isChecked || Utf8.IsValid(bytes);
        var chat = new ChatWalk(block, found);
        while (chat.Next())
        {
            ref var entry = ref block.Add();
            (entry.Start, entry.TextStart, entry.TextEnd, entry.Time) = (chat.Start, chat.BodyStart, chat.BodyEnd, chat.Time);
            entry.IsTooLong = chat.End - chat.Start > maxMessageBytes;
            entry.IsNotUtf8 = !isWhole && !Utf8.IsValid(bytes[chat.Start..chat.End]);
            if (!entry.IsTooLong && !entry.IsNotUtf8 && authors.Find(block.TextOf(entry), out var text) is { } author)
                ReadText(block, ref entry, author, text);
        }

        (block.OddHeaders, block.HeadersBehindLf) = (found.Odd, found.BehindLf);
    }

    /// <summary>Reads the text of a message whose author is known.</summary>
    /// <param name="block">The block.</param>
    /// <param name="entry">The message.</param>
    /// <param name="author">Its author.</param>
    /// <param name="text">Where the text begins in what stands after the header.</param>
    public void ReadText(ChatBlock block, ref ChatEntry entry, string author, int text)
    {
        entry.Author = author;
        entry.TextStart += text;
        var utf8 = block.TextOf(entry);
        entry.IsPlain = MessageText.IsPlain(utf8, block.HasRareMarks);
        entry.Content = entry.IsPlain
            ? new(wantsTexts ? Encoding.UTF8.GetString(utf8) : "")
            : MessageText.Read(utf8, headers);
    }
}
