using System.Buffers;
using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Formats;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser;

/// <summary>Refuses, by their first bytes, the files that no format here can be.</summary>
internal static class FileBeginning
{
    private const int Looked = 4096;

    private static readonly SearchValues<byte> Spaces = SearchValues.Create(" \t\r\n"u8);

    /// <summary>Why a file is refused by its beginning; null where it is not.</summary>
    public static FileError? Refuse(IByteSource source)
    {
        Span<byte> bytes = stackalloc byte[Looked];
        var length = 0;
        while (length < Looked && source.Read(bytes[length..], length) is > 0 and var read)
            length += read;
        bytes = bytes[..length];
        if (IsUtf16(bytes))
            return new FileError(FileErrorKind.Damaged, "the file is UTF-16 or UTF-32: save it as UTF-8", "line 1, byte 0");
        if (bytes.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        var first = bytes.IndexOfAnyExcept(Spaces);
        if (first < 0)
            return length < Looked ? new FileError(FileErrorKind.Damaged, "the file is empty", "line 1, byte 0") : null;
        if (bytes[first] is (byte)'{' or (byte)'[')
            return null;
        return Unrecognised(
            bytes.StartsWith("PK"u8) ? "a zip archive"
            : bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? "a gzip archive"
            : "something that does not begin as a JSON object or array");
    }

    /// <summary>The error for a file of no known shape.</summary>
    public static FileError Unrecognised(string seen)
    {
        var accepted = string.Join("; ", ChatFormats.All.Select(format => $"{format.Id}: {format.Shape}"));
        return new FileError(FileErrorKind.Unrecognised, $"the file is {seen}. Accepted are {accepted}");
    }

    private static bool IsUtf16(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
        || (bytes.Length >= 2 && (bytes[0] == 0 || bytes[1] == 0));
}
