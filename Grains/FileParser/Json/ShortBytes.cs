using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ChatAnalysis.Grains.FileParser.Json;

/// <summary>The first and the last bytes of some, eight of each, or four, or fewer; they may overlap.</summary>
/// <param name="First">The first ones.</param>
/// <param name="Last">The last ones.</param>
/// <remarks>Of up to <see cref="Whole"/> bytes, those of one length are the same where these are.</remarks>
internal readonly record struct ShortBytes(ulong First, ulong Last)
{
    /// <summary>How many bytes are in it whole.</summary>
    public const int Whole = 2 * sizeof(ulong);

    /// <summary>Looks at some bytes, at least one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ShortBytes Of(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        >= sizeof(ulong) => new(MemoryMarshal.Read<ulong>(bytes), MemoryMarshal.Read<ulong>(bytes[^sizeof(ulong)..])),
        >= sizeof(uint) => new(MemoryMarshal.Read<uint>(bytes), MemoryMarshal.Read<uint>(bytes[^sizeof(uint)..])),
        _ => new(bytes[0], ((ulong)bytes[bytes.Length / 2] << 8) | bytes[^1]),
    };

    /// <summary>A hash.</summary>
    /// <param name="length">How many bytes there are.</param>
    /// <param name="bits">How large the hash may be.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Hash(int length, int bits) =>
        (int)(((((First + (ulong)length) * 0x9E37_79B9_7F4A_7C15) ^ Last) * 0xD6E8_FEB8_6659_FD93) >> (64 - bits));
}
