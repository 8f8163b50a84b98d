using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// WildChat: lines or an array of <c>{conversation_hash, model, timestamp, conversation[{content, role, timestamp, …}]}</c>. The first
/// version has conversation_id instead, and times of conversations only.
/// </summary>
internal sealed class WildChatFormat : IChatFormat
{
    private static readonly string[] Own =
        ["conversation_hash", "timestamp", "conversation[].turn_identifier", "conversation[].toxic", "conversation[].redacted"];

    private static readonly JsonKeys ConversationKeys = new("conversation", "conversation_hash", "conversation_id", "timestamp");
    private static readonly JsonKeys TurnKeys = new("role", "content", "timestamp");

    /// <inheritdoc/>
    public string Id => "wildchat";

    /// <inheritdoc/>
    public string Shape => """lines of {"conversation_hash": …, "timestamp": …, "conversation": [{"role": …, "content": …}, …]}""";

    /// <inheritdoc/>
    public bool Recognises(FileSketch sketch) => ((string[])["[].", ""]).Any(path =>
        sketch.KindsAt(path + "conversation[].role").HasFlag(JsonKind.Text)
        && sketch.KindsAt(path + "conversation[].content").HasFlag(JsonKind.Text)
        && Own.Any(key => sketch.Has(path + key)));

    /// <inheritdoc/>
    public IEnumerable<ParsedMessage> Read(ChatReading reading) => ConversationList.Read(
        reading, rootKeys: null, new TurnsReading(reading, ConversationKeys, TurnKeys, (_, id) => id).ReadConversation);
}
