using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>
/// The last 512 bytes of a snapshot, behind what FAISS wrote; FAISS's own readers do not look at them. Little-endian:
/// magic (16), format (4), length of the model's name (4), last change (8), count (8), the model's name (440), zeros (16),
/// XxHash128 of everything before it (16).
/// </summary>
internal static class IndexSnapshotFooter
{
    /// <summary>Bytes of a footer.</summary>
    public const int Length = 512;

    /// <summary>Bytes of the checksum, at the footer's end.</summary>
    public const int ChecksumLength = 16;

    private const int Format = 1;
    private const int ModelOffset = 40;
    private const int MaxModelLength = 440;

    private static ReadOnlySpan<byte> Magic => "ChatAnalysis idx"u8;

    /// <summary>Makes a footer.</summary>
    /// <param name="stamp">What it says.</param>
    /// <param name="content">A hash that has taken in all bytes before the footer; it takes in the footer's too.</param>
    /// <exception cref="ArgumentException">The model's name is too long.</exception>
    public static byte[] Create(IndexSnapshotStamp stamp, XxHash128 content)
    {
        var footer = new byte[Length];
        Magic.CopyTo(footer);
        BinaryPrimitives.WriteInt32LittleEndian(footer.AsSpan(16), Format);
        BinaryPrimitives.WriteInt64LittleEndian(footer.AsSpan(24), stamp.LastChange);
        BinaryPrimitives.WriteInt64LittleEndian(footer.AsSpan(32), stamp.Count);
        if (!Encoding.UTF8.TryGetBytes(stamp.Model, footer.AsSpan(ModelOffset, MaxModelLength), out var modelLength))
            throw new ArgumentException($"A model's name has at most {MaxModelLength} bytes", nameof(stamp));
        BinaryPrimitives.WriteInt32LittleEndian(footer.AsSpan(20), modelLength);
        content.Append(footer.AsSpan(..^ChecksumLength));
        content.GetHashAndReset(footer.AsSpan(^ChecksumLength..));
        return footer;
    }

    /// <summary>Whether these bytes begin as a footer does.</summary>
    public static bool IsFooter(ReadOnlySpan<byte> footer) => footer.Length == Length && footer.StartsWith(Magic);

    /// <summary>Whether a footer is laid out as this version does it.</summary>
    public static bool IsKnownFormat(ReadOnlySpan<byte> footer) => BinaryPrimitives.ReadInt32LittleEndian(footer[16..]) == Format;

    /// <summary>Reads the stamp of a footer whose checksum is right.</summary>
    public static IndexSnapshotStamp ReadStamp(ReadOnlySpan<byte> footer)
    {
        var modelLength = BinaryPrimitives.ReadInt32LittleEndian(footer[20..]);
        return new IndexSnapshotStamp(
            Encoding.UTF8.GetString(footer.Slice(ModelOffset, Math.Clamp(modelLength, 0, MaxModelLength))),
            BinaryPrimitives.ReadInt64LittleEndian(footer[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(footer[32..]));
    }
}
