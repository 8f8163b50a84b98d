using System.Buffers;
using System.Text;
using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Formats;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser;

/// <summary>Looks at the first bytes of a file.</summary>
internal static class FileBeginning
{
    private const int Looked = 64 * 1024;
    private const int LinesKept = 200;
    private const int LineLengthKept = 2000;

    private static readonly SearchValues<byte> Spaces = SearchValues.Create(" \t\r\n"u8);

    /// <summary>What a file is, and of text its first lines.</summary>
    public static (FileKind Kind, IReadOnlyList<string> Lines) Look(IByteSource source)
    {
        // An archive may hold a hundred thousand files.
        var bytes = ArrayPool<byte>.Shared.Rent(Looked);
        try
        {
            var length = 0;
            while (length < Looked && source.Read(bytes.AsSpan(length, Looked - length), length) is > 0 and var read)
                length += read;
            var kind = KindOf(bytes.AsSpan(0, length), whole: length < Looked);
            return (kind, kind is FileKind.Json or FileKind.Text ? Lines(bytes.AsSpan(0, length), whole: length < Looked) : []);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>Why a file is refused by its beginning; null where it is not.</summary>
    public static FileError? Refusal(FileKind kind) => kind switch
    {
        FileKind.Utf16 => new FileError(FileErrorKind.Damaged, "the file is UTF-16 or UTF-32: save it as UTF-8", "line 1, byte 0"),
        FileKind.Empty => new FileError(FileErrorKind.Damaged, "the file is empty", "line 1, byte 0"),
        FileKind.Binary => Unrecognised("neither text nor an archive"),
        _ => null,
    };

    /// <summary>The error for a file of no known shape.</summary>
    public static FileError Unrecognised(string seen)
    {
        var accepted = string.Join("; ", ChatFormats.All.Select(format => $"{format.Id}: {format.Shape}"));
        return new FileError(FileErrorKind.Unrecognised, $"the file is {seen}. Accepted are {accepted}");
    }

    private static FileKind KindOf(ReadOnlySpan<byte> bytes, bool whole)
    {
        if (bytes.StartsWith("PK\u0003\u0004"u8) || bytes.StartsWith("PK\u0005\u0006"u8))
            return FileKind.Zip;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            return FileKind.Gzip;
        if (IsTar(bytes))
            return FileKind.Tar;
        if (IsUtf16(bytes))
            return FileKind.Utf16;
        if (bytes.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        var first = bytes.IndexOfAnyExcept(Spaces);
        if (first < 0)
            return whole ? FileKind.Empty : FileKind.Json;
        // What begins as JSON is held to it, and a byte that is wrong is then told with its place.
        if (bytes[first] is (byte)'{' or (byte)'[')
            return FileKind.Json;
        return bytes.Contains((byte)0) || !IsText(bytes) ? FileKind.Binary : FileKind.Text;
    }

    /// <summary>Most of a text is text: a byte that is wrong is then told with its place.</summary>
    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        var controls = 0;
        foreach (var value in bytes)
            if (value is < 0x20 and not ((byte)'\t' or (byte)'\r' or (byte)'\n' or 0x1A or 0x0C or 0x0B))
                controls++;
        return controls * 100L <= bytes.Length;
    }

    private static string[] Lines(ReadOnlySpan<byte> bytes, bool whole)
    {
        var end = whole ? bytes.Length : Math.Max(bytes.LastIndexOf((byte)'\n'), 0);
        var text = Encoding.UTF8.GetString(end == 0 ? bytes : bytes[..end]);
        return [.. text.TrimStart('\uFEFF').Split('\n', LinesKept + 1).Take(LinesKept)
            .Select(line => (line.Length > LineLengthKept ? line[..LineLengthKept] : line).TrimEnd('\r'))];
    }

    /// <summary>A tar archive has its mark in its first header, which is of a block's length and mostly empty.</summary>
    private static bool IsTar(ReadOnlySpan<byte> bytes)
    {
        const int block = 512, mark = 257;
        return bytes.Length >= block && bytes[mark..].StartsWith("ustar"u8) && bytes[..block].Contains((byte)0);
    }

    private static bool IsUtf16(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
        || (bytes.Length >= 4 && ((bytes[0] == 0 && bytes[1] != 0 && bytes[2] == 0) || (bytes[1] == 0 && bytes[0] != 0 && bytes[3] == 0)))
        || bytes.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]);
}
