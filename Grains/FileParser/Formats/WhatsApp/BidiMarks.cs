namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>The invisible marks that WhatsApp scatters over its lines: directions of writing, and byte order marks.</summary>
internal static class BidiMarks
{
    /// <summary>Whether a character is one.</summary>
    public static bool Is(char c) =>
        c is '\u200E' or '\u200F' or '\u061C' or '\uFEFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    /// <summary>Whether a character says that WhatsApp, not a person, wrote what follows.</summary>
    public static bool IsGenerated(char c) => c is '\u200E' or '\u200F';

    /// <summary>A text without them; itself, where it has none.</summary>
    public static string Strip(string text)
    {
        var marks = 0;
        foreach (var c in text)
            if (Is(c))
                marks++;
        return marks == 0 ? text : string.Create(text.Length - marks, text, static (to, from) =>
        {
            var at = 0;
            foreach (var c in from)
                if (!Is(c))
                    to[at++] = c;
        });
    }

    /// <summary>How long the mark or odd space is that bytes begin with: 0 where they begin with neither, nor with a space.</summary>
    public static int LengthOfBlank(ReadOnlySpan<byte> utf8) => utf8 switch
    {
        [(byte)' ', ..] => 1,
        [0xC2, 0xA0, ..] => 2,
        [0xE2, 0x80, 0x89 or 0xAF or 0x8E or 0x8F or (>= 0xAA and <= 0xAE), ..] => 3,
        [0xE2, 0x81, >= 0xA6 and <= 0xA9, ..] => 3,
        [0xD8, 0x9C, ..] => 2,
        [0xEF, 0xBB, 0xBF, ..] => 3,
        _ => 0,
    };
}
