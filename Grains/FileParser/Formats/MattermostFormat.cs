using ChatAnalysis.Grains.FileParser.Formats.Mattermost;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// Mattermost's bulk export: a line an object, the first <c>{"type": "version", "version": 1}</c>, then teams, channels, users, and
/// posts with their replies, in no order of time. Posts have no ids; author, channel and the millisecond identify them.
/// </summary>
internal sealed class MattermostFormat : IChatFormat
{
    private static readonly string[] LineTypes =
    [
        "version", "info", "role", "scheme", "emoji", "team", "channel", "user", "bot", "post", "direct_channel", "direct_post",
    ];

    /// <inheritdoc/>
    public string Id => "mattermost";

    /// <inheritdoc/>
    public string Shape => """lines, the first {"type": "version", "version": 1}, others {"type": "post", "post": {"user": …, "message": …}}""";

    /// <inheritdoc/>
    public bool Recognises(FileSketch sketch) =>
        sketch.Root == JsonKind.Object
        && sketch.KindsAt("type").HasFlag(JsonKind.Text)
        && LineTypes.Contains(sketch.TextAt("type") ?? LineTypes[0])
        && (sketch.KindsAt("version").HasFlag(JsonKind.Number) || IsPost(sketch, "post") || IsPost(sketch, "direct_post"));

    /// <inheritdoc/>
    public IEnumerable<ParsedMessage> Read(ChatReading reading) => new MattermostReading(reading).Read();

    private static bool IsPost(FileSketch sketch, string type) =>
        sketch.Has($"{type}.create_at") && sketch.Has($"{type}.message") && sketch.Has($"{type}.user");
}
