namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>The formats known here.</summary>
internal static class ChatFormats
{
    /// <summary>In the order in which they are tried: those with the surest marks first.</summary>
    public static IReadOnlyList<IChatFormat> All { get; } =
    [
        new WhatsAppFormat(),
        new ChatGptFormat(),
        new ClaudeFormat(),
        new WildChatFormat(),
        new LmsysFormat(),
        new ShareGptFormat(),
        new SignalFormat(),
        new TeamsFormat(),
        new MessengerFormat(),
        new InstagramFormat(),
        new ZulipFormat(),
        new MattermostFormat(),
        new TelegramFormat(),
        new DiscordFormat(),
        new DiscordPackageFormat(),
        new MatrixFormat(),
        new SlackFormat(),
        new RocketChatFormat(),
        new TaskmasterFormat(),
        new OpenAiFormat(),
        new PrototypeFormat(),
        new CsvFormat(),
    ];
}
