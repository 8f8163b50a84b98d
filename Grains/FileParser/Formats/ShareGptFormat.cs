using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// ShareGPT's shape, in which data sets for training come: an array or lines of <c>{"conversations": [{"from", "value"}, …]}</c>; some
/// write role and content instead. No times. What stands beside the list, such as a system prompt or a rejected answer, was not said.
/// </summary>
internal sealed class ShareGptFormat : IChatFormat
{
    private static readonly JsonKeys ConversationKeys = new("conversations", "id");
    private static readonly JsonKeys TurnKeys = new("from", "value", "timestamp", "role", "content");

    /// <inheritdoc/>
    public string Id => "sharegpt";

    /// <inheritdoc/>
    public string Shape => """[{"conversations": [{"from": "human", "value": …}, …]}, …], or a line each""";

    /// <inheritdoc/>
    public bool Recognises(FileSketch sketch) => ((string[])["[].", ""]).Any(path =>
        Has(sketch, path + "conversations[].from", path + "conversations[].value")
        || Has(sketch, path + "conversations[].role", path + "conversations[].content"));

    /// <inheritdoc/>
    public IEnumerable<ParsedMessage> Read(ChatReading reading) => ConversationList.Read(
        reading, rootKeys: null, new TurnsReading(reading, ConversationKeys, TurnKeys, IsNoMereNumber).ReadConversation);

    /// <summary>Many sets number their conversations: those of one must not update those of another.</summary>
    private static bool IsNoMereNumber(string id) => id.AsSpan().ContainsAnyExceptInRange('0', '9');

    private static bool Has(FileSketch sketch, string role, string text) =>
        sketch.KindsAt(role).HasFlag(JsonKind.Text) && sketch.KindsAt(text).HasFlag(JsonKind.Text);
}
