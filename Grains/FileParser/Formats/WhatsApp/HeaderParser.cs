namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>Reads the date and time that a line begins with, in any language's way of writing them.</summary>
/// <remarks>
/// Marks and odd spaces may stand between all parts. Digits may be of any script. Between date and time there may be a short word
/// (klo, saat, à), on either side of the time one for the half of the day.
/// </remarks>
internal ref partial struct HeaderParser
{
    /// <summary>How many bytes of a line may be its header.</summary>
    public const int LongestHeader = 160;

    private const int LongestWord = 40;

    private readonly ReadOnlySpan<byte> _line;
    private int _at;

    private HeaderParser(ReadOnlySpan<byte> line) => _line = line;

    private readonly byte Current => _at < _line.Length ? _line[_at] : (byte)0;

    /// <summary>Whether a line may begin with a header, by its first byte.</summary>
    public static bool MayBegin(byte first) => first is (byte)'[' or >= 0x80 or (>= (byte)'0' and <= (byte)'9');

    /// <summary>Reads the header that a line begins with.</summary>
    /// <param name="line">The line, or its first <see cref="LongestHeader"/> bytes.</param>
    /// <param name="header">What was read.</param>
    /// <returns>False where it begins with none.</returns>
    public static bool TryParse(ReadOnlySpan<byte> line, out MessageHeader header)
    {
        var parser = new HeaderParser(line);
        header = default;
        return parser.Parse(ref header);
    }

    private bool Parse(ref MessageHeader header)
    {
        SkipBlanks();
        var bracket = Current == '[';
        if (bracket)
            _at++;
        var start = _at;
        var timeFirst = false;
        var period = DayPeriod.None;
        if (!Date(ref header, out var separator, out var yearFirst))
        {
            _at = start;
            timeFirst = true;
            if (!Time(ref header, ref period, bracket, last: false) || !Gap(out _) || !Date(ref header, out separator, out yearFirst))
                return false;
        }
        else if (!Gap(out period) || !Time(ref header, ref period, bracket, last: true))
            return false;

        if (!End(bracket, out var end))
            return false;
        header.Style = new HeaderStyle(end, separator, yearFirst, timeFirst);
        header.Length = _at;
        header.Period = period;
        return OnClock(ref header);
    }

    private bool Date(ref MessageHeader header, out byte separator, out bool yearFirst)
    {
        yearFirst = false;
        header.First = Number(4, out var digits);
        SkipBlanks();
        separator = Current;
        if (digits == 0 || separator is not ((byte)'/' or (byte)'.' or (byte)'-'))
            return false;
        yearFirst = digits == 4;
        _at++;
        SkipBlanks();
        header.Second = Number(2, out digits);
        SkipBlanks();
        if (digits == 0 || Current != separator)
            return false;
        _at++;
        SkipBlanks();
        header.Third = Number(yearFirst ? 2 : 4, out digits);
        return digits is 1 or 2 or 4;
    }

    /// <summary>What stands between date and time: a comma, spaces, a word.</summary>
    private bool Gap(out DayPeriod period)
    {
        period = DayPeriod.None;
        var (commas, blanks, word, wordEnd) = (0, 0, -1, 0);
        for (; _at < _line.Length; )
        {
            if (BidiMarks.LengthOfBlank(_line[_at..]) is > 0 and var blank)
            {
                _at += blank;
                blanks++;
            }
            else if (Current is (byte)',' || _line[_at..].StartsWith("،"u8))
            {
                _at += Current == ',' ? 1 : 2;
                commas++;
            }
            else if (IsDigitAt(_at))
                break;
            else if (Current == '.' && word < 0)
                _at++;
            else
            {
                if (word < 0)
                    word = _at;
                if (!SkipLetter() || _at - word > LongestWord)
                    return false;
                wordEnd = _at;
            }
        }

        if (blanks + commas == 0 || commas > 1)
            return false;
        if (word >= 0)
            DayPeriodWords.TryFind(_line[word..wordEnd], out period);
        return true;
    }

    private bool Time(ref MessageHeader header, ref DayPeriod period, bool bracket, bool last)
    {
        header.Hour = Number(2, out var digits);
        if (digits == 0 || !TimeSeparator(out var separator))
            return false;
        header.Minute = Number(2, out digits);
        if (digits != 2)
            return false;
        if (Current == separator && IsDigitAt(_at + 1))
        {
            _at++;
            header.SecondOfMinute = Number(2, out digits);
            if (digits != 2)
                return false;
        }

        else if (separator == ' ' && !SecondsInWords(ref header))
            return false;
        return Period(ref period, bracket, last);
    }

    /// <summary>French Canada's <c>min 09 s</c>, where it follows.</summary>
    private bool SecondsInWords(ref MessageHeader header)
    {
        var start = _at;
        SkipBlanks();
        if (!_line[_at..].StartsWith("min"u8))
        {
            _at = start;
            return true;
        }

        _at += 3;
        SkipBlanks();
        header.SecondOfMinute = Number(2, out var digits);
        SkipBlanks();
        if (digits == 0 || Current != 's')
            return false;
        _at++;
        return true;
    }

    /// <summary>The word after the time, where there is one.</summary>
    private bool Period(ref DayPeriod period, bool bracket, bool last)
    {
        var start = _at;
        SkipBlanks();
        var word = _at;
        while (_at < _line.Length && !AtEndOfTime(bracket, last))
            if (_at - word > LongestWord || (!SkipLetter() && !SkipBlank()))
                return false;
        var name = TrimEnd(_line[word.._at]);
        if (name.Length == 0)
        {
            _at = start;
            return true;
        }

        if (!DayPeriodWords.TryFind(name, out var found))
            return false;
        if (found != DayPeriod.None)
            period = found;
        return true;
    }

    /// <summary>A colon, a dot, or French Canada's <c>14 h 05</c>.</summary>
    private bool TimeSeparator(out byte separator)
    {
        separator = Current;
        if (separator is (byte)':' or (byte)'.')
        {
            _at++;
            return true;
        }

        SkipBlanks();
        if (Current != 'h')
            return false;
        _at++;
        SkipBlanks();
        return true;
    }

    private readonly bool AtEndOfTime(bool bracket, bool last) =>
        !last ? Current == ',' || IsDigitAt(_at)
        : bracket ? Current == ']'
        : Current is (byte)':' or (byte)'-' || _line[_at..].StartsWith("–"u8);

    private bool End(bool bracket, out HeaderEnd end)
    {
        end = HeaderEnd.Bracket;
        if (bracket)
        {
            SkipBlanks();
            if (Current != ']')
                return false;
            _at++;
        }
        else
        {
            var before = _at;
            SkipBlanks();
            var dash = Current == '-' ? 1 : _line[_at..].StartsWith("–"u8) ? 3 : 0;
            end = dash > 0 ? HeaderEnd.Dash : HeaderEnd.Colon;
            if (dash == 0 ? Current != ':' : _at == before && _line[_at - 1] is not ((byte)' ' or >= 0x80))
                return false;
            _at += dash > 0 ? dash : 1;
        }

        if (Current == ' ')
            _at++;
        else if (end != HeaderEnd.Bracket && _at < _line.Length)
            return false;
        return true;
    }

    /// <summary>Puts the hour that is written on a clock of 24.</summary>
    /// <returns>False where there is no such time.</returns>
    public static bool OnClock(ref MessageHeader header)
    {
        var hour = header.Hour;
        if (hour <= 12 && header.Period != DayPeriod.None)
            header.Hour = header.Period switch
            {
                DayPeriod.Morning => hour % 12,
                DayPeriod.Afternoon => (hour % 12) + 12,
                _ => hour < 10 ? hour + 12 : hour,
            };
        return header.Hour < 24 && header.Minute < 60 && header.SecondOfMinute < 60;
    }
}
