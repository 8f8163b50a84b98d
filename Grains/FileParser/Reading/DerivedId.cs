namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>An id that was made for a message whose export has none. Its text is made only where it is wanted.</summary>
/// <param name="Order">Of its time: where it stands among all ids, so that the smallest ids are told from the time alone.</param>
/// <param name="Before">How many like it came before, nearby.</param>
/// <param name="Hash">Of what identifies the message.</param>
/// <remarks>In this order it is of 16 bytes, and comes back in registers.</remarks>
internal readonly record struct DerivedId(uint Order, int Before, ulong Hash)
{
    /// <summary>Letters of an id that tell <see cref="PrefixOf(uint)"/>.</summary>
    private const int PrefixLetters = 2;

    private const int Letters = 16;
    private const int BitsOfLetter = 6;

    // In the order of their codes, so that texts are in the order of what they say.
    private const string Alphabet = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

    /// <summary>Ids by their first letters; see <see cref="PrefixOf(uint)"/>.</summary>
    public const int Prefixes = 1 << (PrefixLetters * BitsOfLetter);

    /// <summary>The number that the first letters of an id are, by its order.</summary>
    public static int PrefixOf(uint order) => (int)(order >> (32 - (PrefixLetters * BitsOfLetter)));

    /// <summary>The number that the first letters of any id are: no derived id with a larger one comes before it.</summary>
    public static int PrefixOf(string id) =>
        id is [var first, var second, ..] && Alphabet.IndexOf(first) is >= 0 and var high && Alphabet.IndexOf(second) is >= 0 and var low
            ? (high << BitsOfLetter) | low
            : Prefixes - 1;

    /// <inheritdoc/>
    public override string ToString() => Before == 0
        ? string.Create(Letters, this, static (letters, id) => id.Write(letters))
        : string.Create(Letters + 1 + Digits(Before), this, static (letters, id) =>
        {
            id.Write(letters);
            letters[Letters] = '.';
            id.Before.TryFormat(letters[(Letters + 1)..], out _, provider: System.Globalization.CultureInfo.InvariantCulture);
        });

    private void Write(Span<char> letters)
    {
        // 96 bits, the highest first.
        var (high, low) = (((ulong)Order << 16) | (Hash >> 48), Hash);
        for (var i = 0; i < Letters / 2; i++)
        {
            letters[(Letters / 2) - 1 - i] = Alphabet[(int)(high & 63)];
            letters[Letters - 1 - i] = Alphabet[(int)(low & 63)];
            high >>= BitsOfLetter;
            low >>= BitsOfLetter;
        }
    }

    private static int Digits(int number)
    {
        var digits = 1;
        for (; number >= 10; number /= 10)
            digits++;
        return digits;
    }
}
