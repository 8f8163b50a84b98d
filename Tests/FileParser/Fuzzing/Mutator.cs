using System.Text;

namespace ChatAnalysis.Tests.FileParser.Fuzzing;

/// <summary>Damages files, a little or a lot, in the ways in which files are damaged and in those that an attacker would think of.</summary>
internal sealed class Mutator(Random random)
{
    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "null", "true", "{}", "[]", "[[", "}}", "\"\"", "-", "0", "-1e308", "1e999999", "12345678901234567890123456789", "\"\\ud800\"",
            "\"\\udc00\\ud800\"", "\\u0000", "\\x41", "\\", "\"", ",", ":", "\n", "\r\n", "\r", "\t", "\u2028", "\uFEFF", "\u200E", "\u202F",
            "{\"a\":", "[1,", "<", ">", "&amp;", "<@U1>", "]", "[04/03/25, 14:05:09] Ann: ", "99/99/9999, 99:99 - ", "\"ts\":\"-\"", ";", "\"\"\"",
        }.Select(Encoding.UTF8.GetBytes),
        [0], [0xFF], [0xC3], [0xE2, 0x80], [0xF0, 0x9F, 0x98], [0xED, 0xA0, 0x80], [0x1A],
    ];

    /// <summary>Files like those given, one or more of them damaged.</summary>
    public List<(string Path, byte[] Content)> Mutate(IReadOnlyList<(string Path, byte[] Content)> files)
    {
        var mutated = files.ToList();
        for (var changes = 1 + random.Next(3); changes > 0; changes--)
        {
            var which = random.Next(mutated.Count);
            var content = mutated[which].Content;
            for (var rounds = 1 + random.Next(3); rounds > 0; rounds--)
                content = Damage(content, mutated[random.Next(mutated.Count)].Content);
            mutated[which] = (mutated[which].Path, content);
        }

        if (mutated.Count > 1 && random.Next(8) == 0)
            mutated.RemoveAt(random.Next(mutated.Count));
        return mutated;
    }

    private byte[] Damage(byte[] content, byte[] other)
    {
        var at = random.Next(content.Length + 1);
        var length = Math.Min(content.Length - at, 1 + random.Next(random.Next(4) == 0 ? 400 : 12));
        return random.Next(12) switch
        {
            0 => content[..at],
            1 => content[at..],
            2 => [.. content[..at], .. content[(at + length)..]],
            3 => [.. content[..(at + length)], .. content[at..]],
            4 => Flip(content),
            5 => [.. content[..at], .. Token(), .. content[at..]],
            6 => [.. content[..at], .. Token(), .. content[(at + length)..]],
            7 => [.. content[..at], .. Piece(other), .. content[at..]],
            8 => ReplaceValue(content),
            9 => ReplaceValue(content),
            10 => [.. content[..at], .. Repeated(), .. content[at..]],
            _ => [.. content, .. Piece(other)],
        };
    }

    private byte[] Flip(byte[] content)
    {
        var flipped = content.ToArray();
        for (var flips = random.Next(6); flips >= 0 && flipped.Length > 0; flips--)
            flipped[random.Next(flipped.Length)] = (byte)random.Next(256);
        return flipped;
    }

    /// <summary>Puts another value in a value's place: behind a colon, or between commas.</summary>
    private byte[] ReplaceValue(byte[] content)
    {
        var start = Array.FindIndex(content, random.Next(content.Length + 1), b => b is (byte)':' or (byte)',' or (byte)'[');
        if (start < 0)
            return content;
        var end = Array.FindIndex(content, start + 1, b => b is (byte)',' or (byte)'}' or (byte)']' or (byte)'\n');
        return end < 0 ? content : [.. content[..(start + 1)], .. Token(), .. content[end..]];
    }

    private byte[] Token() => Tokens[random.Next(Tokens.Length)];

    private byte[] Piece(byte[] other)
    {
        var from = random.Next(other.Length + 1);
        return other[from..Math.Min(other.Length, from + random.Next(200))];
    }

    private byte[] Repeated()
    {
        var token = random.Next(3) == 0 ? Token() : "[{\"0123456789"u8.Slice(random.Next(13), 1).ToArray();
        return [.. Enumerable.Repeat(token, 1 + random.Next(3000)).SelectMany(bytes => bytes)];
    }
}
