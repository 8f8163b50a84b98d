namespace ChatAnalysis.Tests.FileParser.Fuzzing;

/// <summary>A small export of every format, each with the format's oddities.</summary>
internal static class FuzzSeeds
{
    public static IReadOnlyList<(string Name, TestExport Export)> All { get; } =
    [
        .. Exports.OfEachFormat.OfType<object[]>().Select((row, i) => ($"export {i}", TestExport.Of((string)row[0]))),
        ("chatgpt", ChatGptExport.Small()),
        ("claude", ClaudeExport.Small()),
        ("sharegpt", TurnsExport.SmallShareGpt()),
        ("lmsys", TurnsExport.SmallLmsys()),
        ("wildchat", TurnsExport.SmallWildChat()),
        ("slack", SlackExport.Small()),
        ("mattermost", MattermostExport.Small()),
        ("rocketchat", RocketChatExport.Small()),
        ("zulip", ZulipExport.Small()),
        ("messenger", MessengerExport.Small()),
        ("instagram", InstagramFormatTests.Small()),
        ("signal", SignalExport.Small()),
        ("teams", TeamsExport.Small()),
        ("teams list", TeamsExport.SmallList()),
        ("telegram", TelegramExport.Small()),
        ("discord", DiscordExport.Small()),
        ("discord package", DiscordPackageExport.Small()),
        ("matrix", MatrixExport.Small()),
        ("whatsapp", WhatsAppExport.Small()),
        ("csv", CsvExport.Small()),
    ];
}
