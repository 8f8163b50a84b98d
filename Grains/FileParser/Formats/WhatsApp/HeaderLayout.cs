using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>How one header was written, and where its numbers stand.</summary>
internal sealed class HeaderLayout
{
    private const int MostNumbers = 6;

    private readonly Vector256<byte> _shape;
    private readonly Vector256<byte> _within;
    private readonly MessageHeader _example;
    private readonly (int Start, int Digits) _first, _second, _third, _hour, _minute, _secondOfMinute;

    private HeaderLayout(
        Vector256<byte> shape, Vector256<byte> within, in MessageHeader example, ReadOnlySpan<(int Start, int Digits)> numbers, bool hasSeconds)
    {
        (_shape, _within, _example) = (shape & within, within, example);
        var date = example.Style.TimeFirst ? hasSeconds ? 3 : 2 : 0;
        var time = example.Style.TimeFirst ? 0 : 3;
        (_first, _second, _third) = (numbers[date], numbers[date + 1], numbers[date + 2]);
        (_hour, _minute) = (numbers[time], numbers[time + 1]);
        _secondOfMinute = hasSeconds ? numbers[time + 2] : default;
    }

    /// <summary>The layout of a header; null where it may be read otherwise than by its digits' places.</summary>
    /// <param name="line">The line that begins with it.</param>
    /// <param name="header">What the parser read.</param>
    /// <param name="shape">The line's first bytes with one digit for all.</param>
    public static HeaderLayout? Of(ReadOnlySpan<byte> line, in MessageHeader header, Vector256<byte> shape)
    {
        // Where no space ends it, what follows decides whether one belongs to it.
        if (line[header.Length - 1] != ' ')
            return null;
        Span<(int Start, int Digits)> numbers = stackalloc (int, int)[MostNumbers];
        var count = 0;
        for (var i = 0; i < header.Length; i++)
        {
            if (!char.IsAsciiDigit((char)line[i]))
                continue;
            var start = i;
            while (char.IsAsciiDigit((char)line[i]))
                i++;
            if (count == MostNumbers)
                return null;
            numbers[count++] = (start, i - start);
        }

        if (count < MostNumbers - 1)
            return null;
        var within = Vector256.LessThan(Vector256<byte>.Indices, Vector256.Create((byte)header.Length));
        var layout = new HeaderLayout(shape, within, header, numbers, hasSeconds: count == MostNumbers);

        // The digits of other scripts are not among those found: such a header stays with the parser.
        return layout.Read(line, out var again) && again.Equals(header) ? layout : null;
    }

    /// <summary>Whether a line is written so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Fits(Vector256<byte> shape) => (shape & _within) == _shape;

    /// <summary>Reads the header of a line that is written so.</summary>
    /// <returns>False where it names no time of day.</returns>
    public bool Read(ReadOnlySpan<byte> line, out MessageHeader header)
    {
        header = _example;
        header.First = Number(line, _first);
        header.Second = Number(line, _second);
        header.Third = Number(line, _third);
        header.Hour = Number(line, _hour);
        header.Minute = Number(line, _minute);
        header.SecondOfMinute = Number(line, _secondOfMinute);
        return HeaderParser.OnClock(ref header);
    }

    private static int Number(ReadOnlySpan<byte> line, (int Start, int Digits) place)
    {
        var digits = line.Slice(place.Start, place.Digits);
        if (digits.Length == 2)
            return (digits[0] * 10) + digits[1] - ('0' * 11);
        var value = 0;
        foreach (var digit in digits)
            value = (value * 10) + digit - '0';
        return value;
    }
}
