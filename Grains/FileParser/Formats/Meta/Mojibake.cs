using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace ChatAnalysis.Grains.FileParser.Formats.Meta;

/// <summary>Repairs texts of which each byte of UTF-8 was written as a character of its own.</summary>
internal static class Mojibake
{
    private const char FirstBeyond = '\u0100';
    private const int OnStack = 512;

    /// <summary>The text that was meant; the text itself where it is not damaged in this way.</summary>
    public static string Repair(string text)
    {
        if (Ascii.IsValid(text) || text.AsSpan().ContainsAnyExceptInRange('\0', (char)(FirstBeyond - 1)))
            return text;
        var rented = text.Length > OnStack ? ArrayPool<byte>.Shared.Rent(text.Length) : null;
        Span<byte> bytes = rented is null ? stackalloc byte[OnStack] : rented;
        bytes = bytes[..Encoding.Latin1.GetBytes(text, bytes)];
        var repaired = Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : text;
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return repaired;
    }
}
