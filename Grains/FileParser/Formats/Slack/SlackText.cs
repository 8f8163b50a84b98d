using System.Text;

namespace ChatAnalysis.Grains.FileParser.Formats.Slack;

/// <summary>Turns Slack's way of writing text into what people saw.</summary>
internal static class SlackText
{
    /// <summary>How long a name may be; Slack's are far shorter.</summary>
    public const int LongestName = 1000;

    /// <summary>
    /// Decodes mentions (<c>&lt;@U1|ann&gt;</c>, <c>&lt;#C1|general&gt;</c>, <c>&lt;!here&gt;</c>), links (<c>&lt;url|label&gt;</c>) and
    /// the escapes of &lt;, &gt; and &amp;. A text that is not empty never becomes so.
    /// </summary>
    public static string Decode(string text, SlackMentions mentions)
    {
        var at = text.AsSpan().IndexOfAny('<', '&');
        if (at < 0)
            return text;
        var decoded = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (at >= 0)
        {
            decoded.Append(rest[..at]);
            rest = rest[at..];
            var length = rest[0] == '&' ? AppendEscape(decoded, rest) : AppendToken(decoded, rest, mentions);
            rest = rest[length..];
            at = rest.IndexOfAny('<', '&');
        }

        return decoded.Append(rest).ToString();
    }

    /// <summary>Decodes the escapes only, as in names.</summary>
    public static string Unescape(string text)
    {
        if (!text.Contains('&'))
            return text;
        var decoded = new StringBuilder(text.Length);
        AppendUnescaped(decoded, text);
        return decoded.ToString();
    }

    /// <summary>Cuts a name that is longer than any is.</summary>
    public static string Cut(string name) =>
        name.Length <= LongestName ? name : name[..(char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName)];

    private static void AppendUnescaped(StringBuilder decoded, ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOf('&'); at >= 0; at = text.IndexOf('&'))
        {
            decoded.Append(text[..at]);
            text = text[at..];
            text = text[AppendEscape(decoded, text)..];
        }

        decoded.Append(text);
    }

    /// <summary>Decodes each escape once, so that &amp;amp;lt; stays &amp;lt;.</summary>
    private static int AppendEscape(StringBuilder decoded, ReadOnlySpan<char> text)
    {
        var (character, length) = text switch
        {
            _ when text.StartsWith("&lt;") => ('<', 4),
            _ when text.StartsWith("&gt;") => ('>', 4),
            _ when text.StartsWith("&amp;") => ('&', 5),
            _ => ('&', 1),
        };
        decoded.Append(character);
        return length;
    }

    /// <summary>Decodes what stands between angle brackets; a bracket that begins nothing stays as it is.</summary>
    private static int AppendToken(StringBuilder decoded, ReadOnlySpan<char> text, SlackMentions mentions)
    {
        var close = text[1..].IndexOfAny('<', '>') + 1;
        if (close <= 1 || text[close] != '>' || char.IsWhiteSpace(text[1]))
        {
            decoded.Append('<');
            return 1;
        }

        var token = text[1..close];
        var bar = token.IndexOf('|');
        var label = bar < 0 ? [] : token[(bar + 1)..];
        var target = bar < 0 ? token : token[..bar];
        switch (token[0])
        {
            case '@':
                Append(decoded, '@', label, label.IsEmpty ? mentions.NameOf(target[1..].ToString()) : null, target[1..]);
                break;
            case '#':
                Append(decoded, '#', label, label.IsEmpty ? mentions.ChannelNameOf(target[1..].ToString()) : null, target[1..]);
                break;
            case '!' when label.Length > 0 && target is not ("!here" or "!channel" or "!everyone"):
                AppendUnescaped(decoded, label);
                break;
            case '!':
                decoded.Append('@').Append(target[1..]);
                break;
            default:
                if (label.IsEmpty && target.StartsWith("mailto:"))
                    target = target["mailto:".Length..];
                AppendUnescaped(decoded, label.IsEmpty ? target.IsEmpty ? token : target : label);
                break;
        }

        return close + 1;
    }

    private static void Append(StringBuilder decoded, char sign, ReadOnlySpan<char> label, string? name, ReadOnlySpan<char> id)
    {
        decoded.Append(sign);
        if (label.Length > 0)
            AppendUnescaped(decoded, label.TrimStart(sign));
        else
            decoded.Append(name ?? id);
    }
}
