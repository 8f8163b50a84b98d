using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// Claude's data export, <c>conversations.json</c>, and single conversations as browser extensions save them. Of prompts put anew and
/// answers asked for again it is the active branch that is read.
/// </summary>
internal sealed class ClaudeFormat : IChatFormat
{
    // The first key is that of a list; the other is a conversation's own.
    private static readonly JsonKeys RootKeys = new("conversations", "chat_messages");

    /// <inheritdoc/>
    public string Id => "claude";

    /// <inheritdoc/>
    public string Shape => """[{"uuid": …, "name": …, "chat_messages": [{"sender": "human", "text": …, "content": […]}, …]}, …]""";

    /// <inheritdoc/>
    public bool Recognises(FileSketch sketch) =>
        ConversationList.Paths.Any(path => sketch.KindsAt(path + "chat_messages").HasFlag(JsonKind.Array));

    /// <inheritdoc/>
    public IEnumerable<ParsedMessage> Read(ChatReading reading) =>
        ConversationList.Read(reading, RootKeys, new ClaudeReading(reading).ReadConversation);
}
