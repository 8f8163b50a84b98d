using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>LMSYS-Chat-1M: lines or an array of <c>{conversation_id, model, conversation[{content, role}], turn, language}</c>. No times.</summary>
internal sealed class LmsysFormat : IChatFormat
{
    private static readonly JsonKeys ConversationKeys = new("conversation", "conversation_id");
    private static readonly JsonKeys TurnKeys = new("role", "content");

    /// <inheritdoc/>
    public string Id => "lmsys";

    /// <inheritdoc/>
    public string Shape => """lines of {"conversation_id": …, "model": …, "conversation": [{"role": …, "content": …}, …]}""";

    /// <inheritdoc/>
    public bool Recognises(FileSketch sketch) => ((string[])["[].", ""]).Any(path =>
        sketch.KindsAt(path + "conversation[].role").HasFlag(JsonKind.Text)
        && sketch.KindsAt(path + "conversation[].content").HasFlag(JsonKind.Text)
        && sketch.Has(path + "conversation_id"));

    /// <inheritdoc/>
    public IEnumerable<ParsedMessage> Read(ChatReading reading) => ConversationList.Read(
        reading, rootKeys: null, new TurnsReading(reading, ConversationKeys, TurnKeys, (_, id) => id).ReadConversation);
}
