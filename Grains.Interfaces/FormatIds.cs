namespace ChatAnalysis.Grains.Interfaces;

/// <summary>The ids of the formats that can be asked for: what <see cref="ReadingOptions.Format"/> may be.</summary>
public static class FormatIds
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "chatgpt", "claude", "csv", "discord", "instagram", "lmsys", "matrix", "mattermost", "messenger", "openai", "prototype", "rocketchat",
        "sharegpt", "signal", "slack", "taskmaster", "teams", "telegram", "whatsapp", "wildchat", "zulip",
    ];
}
