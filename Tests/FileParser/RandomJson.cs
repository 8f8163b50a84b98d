using System.Text;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>Writes JSON by a seed: all kinds of value, escapes and spaces anywhere they may be.</summary>
internal sealed class RandomJson(int seed)
{
    private static readonly string[] Pieces =
    [
        "a", "text ", "ü", "日本", "😀", "\\n", "\\\"", "\\\\", "\\/", "\\u0041", "\\u00fc", "\\ud83d\\ude00", "\\t",
        "{", "]", ",", ":", "'",
        "a longer run of plain text that fills a block of the scanner and then some more of it",
    ];

    private static readonly string[] Numbers = ["0", "-0", "12", "-3.25", "1e9", "2E-7", "0.5e+3", "12345678901234567890123"];
    private static readonly string[] Spaces = ["", "", "", " ", "\n", "\r\n\t", "                                                                      "];

    private readonly Random _random = new(seed);

    /// <summary>A document.</summary>
    public string Next()
    {
        var text = new StringBuilder();
        Value(text, 5);
        return text.ToString();
    }

    /// <summary>A document with a few bytes changed, removed or repeated: as a rule no longer JSON.</summary>
    public byte[] NextBroken()
    {
        var bytes = Encoding.UTF8.GetBytes(Next()).ToList();
        for (var i = _random.Next(1, 3); i > 0 && bytes.Count > 0; i--)
        {
            var at = _random.Next(bytes.Count);
            switch (_random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)"{}[],:\"\\ \n0e-tu\u0001x"[_random.Next(17)];
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.Insert(at, bytes[_random.Next(bytes.Count)]);
                    break;
                default:
                    bytes[at] = (byte)_random.Next(256);
                    break;
            }
        }

        return [.. bytes];
    }

    private void Value(StringBuilder text, int depth)
    {
        Space(text);
        switch (_random.Next(depth > 0 ? 9 : 5))
        {
            case 0:
                text.Append(Numbers[_random.Next(Numbers.Length)]);
                break;
            case 1:
                text.Append(_random.Next(3) switch { 0 => "true", 1 => "false", _ => "null" });
                break;
            case < 5:
                String(text);
                break;
            case < 7:
                List(text, '[', ']', () => Value(text, depth - 1));
                break;
            default:
                List(text, '{', '}', () => Property(text, depth));
                break;
        }

        Space(text);
    }

    private void Property(StringBuilder text, int depth)
    {
        Space(text);
        String(text);
        Space(text);
        text.Append(':');
        Value(text, depth - 1);
    }

    private void List(StringBuilder text, char open, char close, Action item)
    {
        text.Append(open);
        Space(text);
        for (int i = 0, count = _random.Next(5); i < count; i++)
        {
            if (i > 0)
                text.Append(',');
            item();
        }

        text.Append(close);
    }

    private void String(StringBuilder text)
    {
        text.Append('"');
        for (var count = _random.Next(6); count > 0; count--)
            text.Append(Pieces[_random.Next(Pieces.Length)]);
        text.Append('"');
    }

    private void Space(StringBuilder text) => text.Append(Spaces[_random.Next(Spaces.Length)]);
}
