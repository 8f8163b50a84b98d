namespace ChatAnalysis.Grains.FileParser.Json;

/// <summary>The grammar of numbers, RFC 8259 section 6.</summary>
internal static class JsonNumber
{
    /// <summary>Whether the bytes are a number, all of them.</summary>
    public static bool IsValid(ReadOnlySpan<byte> bytes)
    {
        var at = bytes.StartsWith((byte)'-') ? 1 : 0;
        var whole = Digits(bytes, ref at);
        if (whole == 0 || (whole > 1 && bytes[at - whole] == (byte)'0'))
            return false;
        if (at < bytes.Length && bytes[at] == (byte)'.')
        {
            at++;
            if (Digits(bytes, ref at) == 0)
                return false;
        }

        if (at < bytes.Length && bytes[at] is (byte)'e' or (byte)'E')
        {
            at++;
            if (at < bytes.Length && bytes[at] is (byte)'+' or (byte)'-')
                at++;
            if (Digits(bytes, ref at) == 0)
                return false;
        }

        return at == bytes.Length;
    }

    private static int Digits(ReadOnlySpan<byte> bytes, ref int at)
    {
        var start = at;
        while (at < bytes.Length && char.IsAsciiDigit((char)bytes[at]))
            at++;
        return at - start;
    }
}
