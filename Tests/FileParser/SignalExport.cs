using System.Globalization;
using System.Text.Json;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>Writes main.jsonl as Signal does: numbers as texts, what is empty left out, a frame a line.</summary>
internal static class SignalExport
{
    public const long Start = 1_700_000_000_000;
    public const string Aci = "AQIDBAUGBwgJCgsMDQ4PEA==";
    public const string AciAsUuid = "01020304-0506-0708-090a-0b0c0d0e0f10";

    public const string Header =
        """{"version":"1","backupTimeMs":"1700000999000","mediaRootBackupKey":"AAAA","currentAppVersion":"8","firstAppVersion":"7"}""";

    public const string Account = """{"account":{"profileKey":"AA==","givenName":"Ina","familyName":"Own","accountSettings":{}}}""";

    private const string Quote =
        ""","quote":{"targetSentTimestamp":"1700000000000","authorId":"2","text":{"body":"hello"}}""";

    public static string[] People =>
    [
        """{"recipient":{"id":"1","self":{"avatarColor":"A100"}}}""",
        $$$$"""{"recipient":{"id":"2","contact":{"aci":"{{{{Aci}}}}","e164":"4917","profileGivenName":"Ann","profileFamilyName":"Oak"}}}""",
        """{"recipient":{"id":"3","group":{"masterKey":"c2VjcmV0","snapshot":{"title":{"title":"Choir 🎶"}}}}}""",
        """{"recipient":{"id":"4","releaseNotes":{}}}""",
        """{"recipient":{"id":"5","contact":{"e164":"491700005","nickname":{"given":"Pip"}}}}""",
        """{"chat":{"id":"10","recipientId":"2","expireTimerVersion":1}}""",
        """{"chat":{"id":"11","recipientId":"3"}}""",
        """{"chat":{"id":"12","recipientId":"4"}}""",
    ];

    /// <summary>A chat item so many seconds after the start.</summary>
    public static string Item(int chat, int author, int second, string what) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"chatItem":{"chatId":"{{{chat}}}","authorId":"{{{author}}}","dateSent":"{{{At(second)}}}",""")
        + $"{(author == 1 ? "\"outgoing\":{}" : "\"incoming\":{}")},{what}}}}}";

    private static long At(int second) => Start + (second * 1000L);

    public static string Said(string text, string more = "") =>
        $$"""
        "standardMessage":{"text":{"body":{{JsonSerializer.Serialize(text)}},"bodyRanges":[{"start":0,"length":1,"style":"BOLD"}]}{{more}}}
        """;

    public static string File(params string[] items) => string.Join('\n', [Header, Account, .. People, .. items]);

    /// <summary>A small export with all that is odd.</summary>
    public static TestExport Small() => TestExport.Of(File(
        Item(10, 2, 0, Said("hello 😀")),
        Item(11, 5, 1, Said("all together")),
        Item(10, 1, 2, Said("answer", Quote)),
        Item(10, 2, 9, Said("corrected") + $",\"revisions\":[{{\"chatId\":\"10\",\"dateSent\":\"{Start + 3000}\",{Said("korrected")}}}]"),
        Item(10, 2, 4, "\"standardMessage\":{\"attachments\":[{\"pointer\":{\"contentType\":\"image/jpeg\"}}]}"),
        Item(10, 2, 5, "\"updateMessage\":{\"simpleUpdate\":{\"type\":\"IDENTITY_UPDATE\"}}"),
        Item(10, 2, 6, "\"remoteDeletedMessage\":{}"),
        Item(12, 4, 7, Said("news of Signal's own")),
        "{}",
        """{"stickerPack":{"packId":"AA==","packKey":"AA=="}}""",
        Item(11, 1, 8, Said("with a file", ",\"attachments\":[{\"pointer\":{\"fileName\":\"notes.pdf\"}}]"))));
}
