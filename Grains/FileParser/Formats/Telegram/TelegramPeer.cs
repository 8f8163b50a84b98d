using System.Globalization;

namespace ChatAnalysis.Grains.FileParser.Formats.Telegram;

/// <summary>The ids of Telegram's users, groups and channels, as newer exports write them: user1, chat1, channel1.</summary>
/// <remarks>
/// The three count each for themselves, so a number alone does not tell who is meant. Exports before 2021 wrote numbers, to which
/// 2^32 was added for a group and 2^33 for a channel.
/// </remarks>
internal static class TelegramPeer
{
    private const string User = "user";
    private const string Group = "chat";
    private const string Channel = "channel";
    private const long FirstGroup = 1L << 32;
    private const long FirstChannel = 2L << 32;
    private const long Behind = 3L << 32;

    /// <summary>What a chat's type says that its id counts: users, groups or channels; null where the type is not known.</summary>
    public static string? KindOf(string? type) => type switch
    {
        "personal_chat" or "bot_chat" or "saved_messages" or "replies" or "verify_codes" => User,
        "private_group" or "public_group" => Group,
        "private_supergroup" or "public_supergroup" or "private_channel" or "public_channel" => Channel,
        _ => null,
    };

    /// <summary>Whether the messages of such a chat have the same numbers for everyone in it.</summary>
    public static bool IsNumberedForAll(string? kind) => kind == Channel;

    /// <summary>The id of a chat.</summary>
    /// <param name="number">Its number in the export, as it is written.</param>
    /// <param name="kind">What it counts; null where that is not known.</param>
    public static string Id(string number, string? kind)
    {
        if (kind is null)
            return number;
        if (kind == User || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return kind + number;
        var first = kind == Group ? FirstGroup : FirstChannel;
        return value >= first && value < first + FirstGroup ? Id(kind, value - first) : kind + number;
    }

    /// <summary>The id of a sender that an old export gives as a number.</summary>
    public static string OldId(string number) =>
        !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? number
        : value < FirstGroup ? Id(User, value)
        : value < FirstChannel ? Id(Group, value - FirstGroup)
        : value < Behind ? Id(Channel, value - FirstChannel)
        : number;

    private static string Id(string kind, long number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number}");
}
