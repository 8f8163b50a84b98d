using System.Buffers;
using System.Globalization;
using System.Text;

namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <content>Takes numbers, letters and blanks, of any script.</content>
internal ref partial struct HeaderParser
{
    private int Number(int most, out int digits)
    {
        var value = 0;
        for (digits = 0; digits < most && _at < _line.Length; digits++)
        {
            var digit = _line[_at] - '0';
            var length = 1;
            if (digit is < 0 or > 9 && (_line[_at] < 0x80 || !IsOtherDigit(_at, out digit, out length)))
                break;
            value = (value * 10) + digit;
            _at += length;
        }

        return value;
    }

    private readonly bool IsDigitAt(int at) =>
        at < _line.Length && (_line[at] is >= (byte)'0' and <= (byte)'9' || (_line[at] >= 0x80 && IsOtherDigit(at, out _, out _)));

    private readonly bool IsOtherDigit(int at, out int digit, out int length)
    {
        digit = -1;
        if (Rune.DecodeFromUtf8(_line[at..], out var rune, out length) == OperationStatus.Done && rune.IsBmp)
            digit = CharUnicodeInfo.GetDecimalDigitValue((char)rune.Value);
        return digit >= 0;
    }

    private bool SkipLetter()
    {
        if (Rune.DecodeFromUtf8(_line[_at..], out var rune, out var length) != OperationStatus.Done
            || !(Rune.IsLetter(rune) || rune.Value is '.' or '"' or '״' or '\'' or '’'
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))
            return false;
        _at += length;
        return true;
    }

    private bool SkipBlank()
    {
        var length = _at < _line.Length ? BidiMarks.LengthOfBlank(_line[_at..]) : 0;
        _at += length;
        return length > 0;
    }

    private void SkipBlanks()
    {
        while (SkipBlank())
        {
            // One after the other.
        }
    }

    private static ReadOnlySpan<byte> TrimEnd(ReadOnlySpan<byte> word)
    {
        while (word.Length > 0)
        {
            var blank = word[^1] == ' ' ? 1
                : word.Length >= 2 && BidiMarks.LengthOfBlank(word[^2..]) == 2 ? 2
                : word.Length >= 3 && BidiMarks.LengthOfBlank(word[^3..]) == 3 ? 3
                : 0;
            if (blank == 0)
                break;
            word = word[..^blank];
        }

        return word;
    }
}
