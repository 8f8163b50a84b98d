using System.Globalization;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// ShareGPT's shape, in which data sets for training come: an array or lines of <c>{"conversations": [{"from", "value"}, …]}</c>; some
/// write role and content instead. No times. What stands beside the list, such as a system prompt or a rejected answer, was not said.
/// </summary>
internal sealed class ShareGptFormat : IChatFormat
{
    private const int LeastHash = 20;

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
        reading, rootKeys: null, new TurnsReading(reading, ConversationKeys, TurnKeys, Identify).ReadConversation);

    /// <summary>
    /// Many sets number their conversations, with a word before the number or without: those of one must not update those of
    /// another. With how it begins, an id tells which conversation is meant.
    /// </summary>
    private static string? Identify(HeldConversation conversation, string id) =>
        !id.AsSpan().ContainsAnyExceptInRange('0', '9') ? null
        : Guid.TryParse(id, out _) || (id.Length >= LeastHash && id.All(char.IsAsciiHexDigit)) ? id
        : string.Create(CultureInfo.InvariantCulture, $"{id}#{conversation.HashOfBeginning():x16}");

    private static bool Has(FileSketch sketch, string role, string text) =>
        sketch.KindsAt(role).HasFlag(JsonKind.Text) && sketch.KindsAt(text).HasFlag(JsonKind.Text);
}
