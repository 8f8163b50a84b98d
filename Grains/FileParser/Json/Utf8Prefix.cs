using System.Text;

namespace ChatAnalysis.Grains.FileParser.Json;

/// <summary>Finds where bytes cease to be UTF-8.</summary>
internal static class Utf8Prefix
{
    /// <summary>How many bytes, from the first on, are whole characters in UTF-8.</summary>
    public static int LengthOf(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
            at += length;
        return at;
    }

    /// <summary>How many bytes at the end begin a character of which more is to come: 0 to 3.</summary>
    public static int UnfinishedAtEnd(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 3 && back <= bytes.Length; back++)
        {
            var lead = bytes[^back];
            if (lead < 0x80)
                return 0;
            if (lead >= 0xC0)
                return back < (lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2) ? back : 0;
        }

        return 0;
    }
}
