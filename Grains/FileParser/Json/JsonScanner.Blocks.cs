using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ChatAnalysis.Grains.FileParser.Json;

/// <content>Finds the structure, 64 bytes at a time, without a branch a byte. After simdjson (Langdale and Lemire, 2019).</content>
internal sealed partial class JsonScanner
{
    private const int BlockBytes = 64;
    private const ulong OddBits = 0xAAAA_AAAA_AAAA_AAAA;
    private const ulong FourBitsOn = 0b1_1110; // the bytes behind a \u
    private const ulong TwoBitsOn = 0b110;     // and behind a \x

    private int _block;          // where in the buffer the block at hand begins
    private ulong _structure;    // its brackets, commas, colons, quotes and first bytes of numbers and words that are not taken yet
    private ulong _opening;      // its opening brackets, outside of strings
    private ulong _closing;      // its closing brackets, outside of strings
    private ulong _insideString; // all ones where the block before ended within a string
    private ulong _escapes;      // 1 where the block before ended with a backslash that escapes
    private ulong _hexDigits;    // the first bytes that must be hexadecimal digits, of an escape that began in the block before
    private ulong _insideWord;   // 1 where the block before ended with a byte of a number or a word

    private static ReadOnlySpan<byte> EscapeLetters => "\"\\/bfnrtu"u8;

    /// <summary>The next structural byte's place in the buffer; -1 at the end and after a fault.</summary>
    /// <remarks>Places taken before, but <see cref="_keep"/> and <see cref="_valueStart"/>, are void after it.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Next()
    {
        if (_structure == 0 && !FindStructure())
            return -1;
        var at = _block + BitOperations.TrailingZeroCount(_structure);
        _structure &= _structure - 1;
        return at;
    }

    private bool FindStructure()
    {
        do
        {
            if (!NextBlock())
                return false;
        }
        while (_structure == 0);
        return true;
    }

    private bool NextBlock()
    {
        _block += BlockBytes;
        if (Fault is not null || (_block + BlockBytes > _end && !FillBlock()))
        {
            _structure = _opening = _closing = 0;
            return false;
        }

        var bytes = Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_buffer), (nuint)_block);
        var folded = bytes | Vector512.Create((byte)0x20);
        var quotes = Where(bytes, (byte)'"');
        var backslashes = Where(bytes, (byte)'\\');
        var opens = Where(folded, (byte)'{');
        var closes = Where(folded, (byte)'}');
        var separators = Where(bytes, (byte)',') | Where(bytes, (byte)':');
        var spaces = Vector512.LessThanOrEqual(bytes, Vector512.Create((byte)' ')).ExtractMostSignificantBits();
        var controls = Vector512.LessThan(bytes, Vector512.Create((byte)' ')).ExtractMostSignificantBits();
        var breaks = Where(bytes, (byte)'\n') | Where(bytes, (byte)'\r') | Where(bytes, (byte)'\t');

        var escaped = backslashes == 0 ? _escapes : 0;
        if (backslashes != 0)
            escaped = Escaped(backslashes);
        else
            _escapes = 0;
        quotes &= ~escaped;

        // Each bit from an opening quote up to, not including, its closing one.
        var strings = PrefixXor(quotes) ^ _insideString;
        _insideString = (ulong)((long)strings >> 63);

        _opening = opens & ~strings;
        _closing = closes & ~strings;
        var operators = _opening | _closing | (separators & ~strings);
        var words = ~(operators | spaces | strings | quotes);
        _structure = operators | quotes | (words & ~((words << 1) | _insideWord));
        _insideWord = words >> 63;

        if ((controls & (strings | ~breaks)) is not 0 and var wrong && !_lenient)
            EndBlockAt(wrong, "a control character that JSON does not allow there");
        if ((escaped | _hexDigits) != 0 && !_lenient)
            CheckEscapes(bytes, escaped & strings);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Where(Vector512<byte> bytes, byte value) =>
        Vector512.Equals(bytes, Vector512.Create(value)).ExtractMostSignificantBits();

    /// <summary>Bit i of the result is the parity of bits 0 to i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong PrefixXor(ulong bits)
    {
        bits ^= bits << 1;
        bits ^= bits << 2;
        bits ^= bits << 4;
        bits ^= bits << 8;
        bits ^= bits << 16;
        return bits ^ (bits << 32);
    }

    /// <summary>The bytes that a backslash escapes: of a run of backslashes every second one, and the byte after an odd run.</summary>
    private ulong Escaped(ulong backslashes)
    {
        var starts = backslashes & ~_escapes;
        var codes = (((starts << 1) | OddBits) - starts) ^ OddBits;
        var escaped = codes ^ (backslashes | _escapes);
        _escapes = (codes & backslashes) >> 63;
        return escaped;
    }

    private void CheckEscapes(Vector512<byte> bytes, ulong escaped)
    {
        var digits = _hexDigits;
        _hexDigits = 0;
        for (var left = escaped; left != 0; left &= left - 1)
        {
            var at = BitOperations.TrailingZeroCount(left);
            var letter = _buffer[_block + at];
            if (!EscapeLetters.Contains(letter) && !(Tolerant && letter == (byte)'x'))
            {
                EndBlockAt(1UL << at, "an escape that JSON does not know");
                break;
            }

            if (letter is not ((byte)'u' or (byte)'x'))
                continue;
            var follow = letter == (byte)'u' ? FourBitsOn : TwoBitsOn;
            if (letter == (byte)'x')
                Tolerate("an escape that JSON does not know", _block + at);
            digits |= follow << at;
            _hexDigits |= follow >> 1 >> (63 - at);
        }

        if (digits == 0)
            return;
        var decimals = Vector512.LessThan(bytes - Vector512.Create((byte)'0'), Vector512.Create((byte)10));
        var letters = Vector512.LessThan((bytes | Vector512.Create((byte)0x20)) - Vector512.Create((byte)'a'), Vector512.Create((byte)6));
        var wrong = digits & ~(decimals | letters).ExtractMostSignificantBits();
        if (wrong != 0)
            EndBlockAt(wrong, "a \\u escape without four hexadecimal digits");
    }

    /// <summary>Ends the file at the first of some bytes of the block at hand.</summary>
    private void EndBlockAt(ulong wrong, string detail)
    {
        var at = BitOperations.TrailingZeroCount(wrong);
        var before = (1UL << at) - 1;
        _structure &= before;
        _opening &= before;
        _closing &= before;
        EndAt(_block + at, detail);
    }
}
