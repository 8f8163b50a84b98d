using System.Net;
using System.Text;

namespace ChatAnalysis.Grains.FileParser.Formats.Teams;

/// <summary>Takes the words out of a message's markup: HTML in Teams, and Skype's own tags.</summary>
internal static class TeamsMarkup
{
    private const string ReplyType = "http://schema.skype.com/Reply";
    private const int MostAttachments = 100;

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Blocks = new HashSet<string>(
        ["p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "hr", "codeblock"],
        StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Reads a message.</summary>
    /// <param name="html">Its markup.</param>
    /// <param name="keepsLines">Whether an end of line in it is one: in Skype it is, in HTML it is a space.</param>
    public static TeamsContent Read(string html, bool keepsLines)
    {
        if (html.AsSpan().IndexOfAny('<', '&') < 0)
            return TeamsContent.Plain((keepsLines ? html : OneLine(html)).Trim());
        var (text, attachments) = (new StringBuilder(html.Length), new List<string>());
        var (replyTo, edited) = ((string?)null, false);
        var (pre, preBegin) = (0, 0);
        var markup = new Markup(html);
        while (markup.Next())
        {
            if (markup.Name.IsEmpty)
            {
                var words = WebUtility.HtmlDecode(markup.Text.ToString());
                if (pre > 0 && !keepsLines)
                    AppendLines(text, words, isBeginning: text.Length == preBegin);
                else
                    Append(text, words, keepsLines);
            }
            else if (Is(markup, "pre"))
            {
                BreakLine(text, always: false);
                if (!markup.IsEmpty)
                    (pre, preBegin) = (Math.Max(0, pre + (markup.Closes ? -1 : 1)), text.Length);
            }
            else if (Is(markup, "e_m"))
                edited = true;
            else if (Blocks.Contains(markup.Name) && !IsQuote(markup))
                BreakLine(text, always: Is(markup, "br"));
            else if (!markup.Closes && !markup.IsEmpty && IsQuote(markup))
                replyTo = Quoted(ref markup) ?? replyTo;
            else if (!markup.Closes && (Is(markup, "script") || Is(markup, "style") || Is(markup, "uriobject")))
                PassOver(ref markup, attachments);
            else if (!markup.Closes && (Is(markup, "emoji") || Is(markup, "customemoji") || Is(markup, "img")))
                Picture(markup, text, attachments);
        }

        return new TeamsContent(text.ToString().Trim(), replyTo, edited, attachments);
    }

    private static bool Is(in Markup markup, string name) => markup.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it begins what somebody else said: in Skype any quote, in HTML one that is marked as the answered message.</summary>
    private static bool IsQuote(in Markup markup) =>
        !markup.Closes && (Is(markup, "quote") || (Is(markup, "blockquote") && markup.Attribute("itemtype") == ReplyType));

    /// <summary>Passes over the words of somebody else.</summary>
    /// <returns>The id of the message that they are from.</returns>
    private static string? Quoted(ref Markup markup)
    {
        var id = markup.Attribute("messageid") ?? markup.Attribute("itemid") ?? markup.Attribute("timestamp");
        PassOver(ref markup, attachments: null);
        return id is { Length: > 0 } ? id : null;
    }

    /// <summary>Passes over an element with what it holds; of a file that is linked, its name is kept.</summary>
    private static void PassOver(ref Markup markup, List<string>? attachments)
    {
        if (markup.IsEmpty)
            return;
        var name = markup.Name.ToString();
        var depth = 1;
        while (depth > 0 && markup.Next())
        {
            if (attachments is not null && Is(markup, "originalname") && markup.Attribute("v") is { Length: > 0 } file)
                Add(attachments, file);
            if (Is(markup, name) && !markup.IsEmpty)
                depth += markup.Closes ? -1 : 1;
        }
    }

    private static void Picture(in Markup markup, StringBuilder text, List<string> attachments)
    {
        var shown = markup.Attribute("alt");
        if (!Is(markup, "img") || markup.Attribute("itemtype")?.EndsWith("/Emoji", StringComparison.Ordinal) == true)
            text.Append(shown);
        else
            Add(attachments, shown is { Length: > 0 } ? shown : "image");
    }

    private static void Add(List<string> attachments, string name)
    {
        if (attachments.Count < MostAttachments)
            attachments.Add(name);
    }

    private static void Append(StringBuilder text, string words, bool keepsLines)
    {
        if (keepsLines)
        {
            text.Append(words.Replace('\u00A0', ' '));
            return;
        }

        words = OneLine(words);
        if (text.Length == 0 || char.IsWhiteSpace(text[^1]))
            words = words.TrimStart(' ');
        text.Append(words);
    }

    /// <summary>Appends preformatted words, whose spaces and ends of line count, but for an end of line at the very beginning.</summary>
    private static void AppendLines(StringBuilder text, string words, bool isBeginning)
    {
        words = words.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\u00A0', ' ');
        text.Append(words.AsSpan(isBeginning && words.StartsWith('\n') ? 1 : 0));
    }

    private static void BreakLine(StringBuilder text, bool always)
    {
        while (text.Length > 0 && text[^1] == ' ')
            text.Length--;
        if (text.Length > 0 && (always || text[^1] != '\n'))
            text.Append('\n');
    }

    /// <summary>Makes each stretch of spaces and ends of line one space.</summary>
    private static string OneLine(string words)
    {
        var line = new StringBuilder(words.Length);
        foreach (var c in words)
        {
            if (c is not (' ' or '\t' or '\r' or '\n' or '\u00A0'))
                line.Append(c);
            else if (line.Length == 0 || line[^1] != ' ')
                line.Append(' ');
        }

        return line.ToString();
    }
}
