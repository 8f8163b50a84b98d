namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>The formats known here.</summary>
internal static class ChatFormats
{
    /// <summary>In the order in which they are tried: those with the surest marks first.</summary>
    public static IReadOnlyList<IChatFormat> All { get; } =
        [new WhatsAppFormat(), new TaskmasterFormat(), new OpenAiFormat(), new PrototypeFormat(), new CsvFormat()];
}
