using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;

namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>An id that was made for a message whose export has none. Its text is made only where it is wanted.</summary>
/// <param name="Hash">Of what identifies the message.</param>
/// <param name="Before">How many like it came before, nearby.</param>
internal readonly record struct DerivedId(UInt128 Hash, int Before) : IComparable<DerivedId>
{
    /// <inheritdoc/>
    public int CompareTo(DerivedId other) => Hash != other.Hash ? Hash.CompareTo(other.Hash) : Before.CompareTo(other.Before);

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Hash);
        var id = Base64Url.EncodeToString(bytes);
        return Before == 0 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}.{Before}");
    }
}
