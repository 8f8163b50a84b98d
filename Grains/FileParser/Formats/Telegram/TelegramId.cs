using System.Globalization;

namespace ChatAnalysis.Grains.FileParser.Formats.Telegram;

/// <summary>Ids of messages in chats where each account has numbers of its own.</summary>
internal static class TelegramId
{
    private const int MostLetters = 48;

    /// <summary>Makes the number of a message one that no other account has, as far as the message's time is known.</summary>
    /// <param name="number">Its number; null where it is none.</param>
    /// <param name="otherwise">What stands in its place then.</param>
    /// <param name="time">When it was sent, in seconds since 1970.</param>
    public static string? Of(long? number, string? otherwise, long? time)
    {
        if (number is not { } value)
            return otherwise;
        Span<char> id = stackalloc char[MostLetters];
        value.TryFormat(id, out var length, provider: CultureInfo.InvariantCulture);
        if (time is { } second)
        {
            id[length++] = '@';
            second.TryFormat(id[length..], out var more, provider: CultureInfo.InvariantCulture);
            length += more;
        }

        return new string(id[..length]);
    }
}
