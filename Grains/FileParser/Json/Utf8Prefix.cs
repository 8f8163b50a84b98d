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
}
