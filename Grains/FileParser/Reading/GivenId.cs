namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>Tells ids that are the only ones of their kind anywhere from those that begin anew in each export.</summary>
internal static class GivenId
{
    // Milliseconds since 1970 have 13 digits, snowflakes 17 and more.
    private const int DigitsOfUnique = 13;
    private const int ShortestMixed = 16;
    private const int EnoughChanges = 4;
    private const int Longest = 256;

    /// <summary>Whether an id is a UUID, a hash, or another that was drawn at random: long, and of digits and letters in turn.</summary>
    public static bool IsRandom(string id)
    {
        if (id.Length is < ShortestMixed or > Longest)
            return false;
        var (changes, last) = (0, '\0');
        foreach (var c in id)
        {
            var kind = char.IsAsciiDigit(c) ? '0' : char.IsAsciiLetter(c) ? 'a' : '\0';
            if (kind == '\0')
            {
                if (c is not ('-' or '_' or '=' or '+' or '/' or '{' or '}' or ':' or '.' or '@' or '!' or '$'))
                    return false;
                continue;
            }

            changes += last != '\0' && kind != last ? 1 : 0;
            last = kind;
        }

        return changes >= EnoughChanges;
    }

    /// <summary>Whether an id of a message is unique: a random one, or a number as long as those that contain a time.</summary>
    public static bool IsUnique(string id) =>
        id.Length is >= DigitsOfUnique and <= Longest && (IsRandom(id) || id.All(char.IsAsciiDigit));
}
