using System.Runtime.Intrinsics;

namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>
/// Reads headers that differ from an earlier one in their digits alone, as nearly all of a chat do: the parser need not look at them.
/// </summary>
internal sealed class HeaderLayouts
{
    private const int Width = 32;
    private const int Most = 8;

    private readonly List<HeaderLayout> _known = [];

    /// <summary>Reads the header that a line begins with.</summary>
    /// <param name="line">The line, or its first <see cref="HeaderParser.LongestHeader"/> bytes.</param>
    /// <param name="header">What was read.</param>
    /// <returns>False where it begins with none.</returns>
    public bool TryParse(ReadOnlySpan<byte> line, out MessageHeader header)
    {
        if (line.Length < Width)
            return HeaderParser.TryParse(line, out header);
        var shape = ShapeOf(line);
        for (var i = 0; i < _known.Count; i++)
        {
            var layout = _known[i];
            if (!layout.Fits(shape))
                continue;
            if (i > 0)
                (_known[i - 1], _known[i]) = (layout, _known[i - 1]);
            return layout.Read(line, out header);
        }

        if (!HeaderParser.TryParse(line, out header))
            return false;
        if (header.Length <= Width && HeaderLayout.Of(line, header, shape) is { } found)
        {
            if (_known.Count == Most)
                _known.RemoveAt(Most - 1);
            _known.Add(found);
        }

        return true;
    }

    /// <summary>A line's first bytes, with one and the same digit for all.</summary>
    private static Vector256<byte> ShapeOf(ReadOnlySpan<byte> line)
    {
        var bytes = Vector256.Create(line);
        var zero = Vector256.Create((byte)'0');
        return Vector256.ConditionalSelect(Vector256.LessThan(bytes - zero, Vector256.Create((byte)10)), zero, bytes);
    }
}
