using System.Net;

namespace ChatAnalysis.Grains.FileParser.Formats.Teams;

/// <summary>
/// Goes through HTML as people's programs send it, a tag or a stretch of text at a time. Written by hand because it has to take
/// hostile markup in one pass: nothing nests here, and what is no tag is text.
/// </summary>
/// <param name="html">The markup.</param>
internal ref struct Markup(ReadOnlySpan<char> html)
{
    private const int LongestTag = 64 * 1024;

    private readonly ReadOnlySpan<char> _html = html;
    private int _at;
    private bool _endsNoComment; // whether an end of a comment was looked for in vain
    private int _textUpTo; // where an unclosed tag was looked for in vain: no tag begins before

    /// <summary>The tag's name as it is written; empty where text is at hand.</summary>
    public ReadOnlySpan<char> Name { get; private set; }

    /// <summary>What stands behind the tag's name.</summary>
    public ReadOnlySpan<char> Attributes { get; private set; }

    /// <summary>Whether it is a closing tag.</summary>
    public bool Closes { get; private set; }

    /// <summary>Whether it is an opening tag that closes itself.</summary>
    public bool IsEmpty => Attributes.TrimEnd().EndsWith('/');

    /// <summary>The text at hand, entities and all.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    /// <summary>Goes to the next tag or text.</summary>
    public bool Next()
    {
        Name = Attributes = Text = default;
        Closes = false;
        while (_at < _html.Length)
        {
            var open = TagAt(_at);
            if (open > _at)
            {
                Text = _html[_at..open];
                _at = open;
                return true;
            }

            if (!TakeTag())
                continue;
            if (Name.IsEmpty)
                continue;
            return true;
        }

        return false;
    }

    /// <summary>An attribute of the tag at hand, entities decoded; null where it has none of the name.</summary>
    public readonly string? Attribute(string name)
    {
        var rest = Attributes;
        while (rest.IndexOf(name, StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
        {
            var own = at == 0 || char.IsWhiteSpace(rest[at - 1]);
            rest = rest[(at + name.Length)..];
            var value = rest.TrimStart();
            if (!own || !value.StartsWith('='))
                continue;
            value = value[1..].TrimStart();
            var quote = value.IsEmpty ? ' ' : value[0];
            if (quote is '"' or '\'' && value[1..].IndexOf(quote) is >= 0 and var length)
                return WebUtility.HtmlDecode(value.Slice(1, length).ToString());
            var end = value.IndexOfAny(" \t\r\n/");
            return WebUtility.HtmlDecode((end < 0 ? value : value[..end]).ToString());
        }

        return null;
    }

    /// <summary>Where the next tag or comment begins, from a place on; the end where none does.</summary>
    private readonly int TagAt(int from)
    {
        for (var at = Math.Max(from, _textUpTo); at < _html.Length; at++)
        {
            var open = _html[at..].IndexOf('<');
            if (open < 0)
                break;
            at += open;
            if (at + 1 < _html.Length && (char.IsAsciiLetter(_html[at + 1]) || _html[at + 1] is '/' or '!' or '?'))
                return at;
        }

        return _html.Length;
    }

    /// <summary>Takes the tag at hand; a comment leaves no name.</summary>
    /// <returns>False where it does not end: then it is text.</returns>
    private bool TakeTag()
    {
        if (!_endsNoComment && _html[_at..].StartsWith("<!--"))
        {
            var end = _html[_at..].IndexOf("-->");
            if (end >= 0)
            {
                _at += end + 3;
                return true;
            }

            _endsNoComment = true;
        }

        var close = EndOfTag(_at + 1, out var scanned);
        if (close < 0)
        {
            _textUpTo = scanned;
            return false;
        }

        var tag = _html[(_at + 1)..close];
        _at = close + 1;
        if (tag[0] is '!' or '?')
            return true;
        Closes = tag[0] == '/';
        tag = Closes ? tag[1..] : tag;
        var length = tag.IndexOfAny(" \t\r\n/");
        Name = length < 0 ? tag : tag[..length];
        Attributes = length < 0 ? default : tag[length..];
        return true;
    }

    private readonly int EndOfTag(int from, out int scanned)
    {
        var quote = '\0';
        var end = Math.Min(_html.Length, from + LongestTag);
        for (scanned = from; scanned < end; scanned++)
        {
            var c = _html[scanned];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'' && scanned > from && _html[scanned - 1] == '=')
                quote = c;
            else if (c == '>')
                return scanned;
        }

        return -1;
    }
}
