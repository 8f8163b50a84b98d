using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>Keys by which other programs' exports that also have <c>messages</c> give themselves away.</summary>
internal static class ForeignMarks
{
    private static readonly string[] RootMarks =
    [
        // Discord
        "guild", "channel", "dateRange", "exportedAt", "messageCount",
        // Facebook and Instagram, and their end-to-end encrypted exports
        "participants", "thread_path", "threadName", "is_still_participant", "magic_words",
        // Matrix
        "room_name", "room_creator", "exported_by", "export_date",
        // Rocket.Chat's, Slack's and Zulip's interfaces
        "success", "ok", "has_more", "response_metadata", "anchor", "found_anchor",
        // whole accounts: Telegram, Teams, Zulip, assistants
        "chats", "left_chats", "personal_information", "conversations", "conversation", "zerver_message", "MessageList",
        "mapping", "current_node", "chat_messages", "utterances",
    ];

    private static readonly string[] EntryMarks =
    [
        // Rocket.Chat
        "u", "msg", "rid",
        // Facebook and Instagram
        "sender_name", "timestamp_ms", "senderName", "isUnsent", "is_unsent", "is_geoblocked_for_viewer",
        // Matrix
        "origin_server_ts", "event_id",
        // Telegram
        "from_id", "date_unixtime", "text_entities",
        // Slack
        "thread_ts", "client_msg_id", "subtype",
        // Discord
        "timestampEdited", "isPinned",
        // Teams, Mattermost, Zulip
        "originalarrivaltime", "messagetype", "createdDateTime", "create_at", "sender_full_name",
    ];

    /// <summary>Root keys that the prototype's shape does not have.</summary>
    public static JsonKeys OfRoot { get; } = new(RootMarks);

    /// <summary>Keys of entries that the prototype's shape does not have.</summary>
    public static JsonKeys OfEntry { get; } = new(EntryMarks);

    /// <summary>Whether the beginning of a file shows any.</summary>
    public static bool In(FileSketch sketch) =>
        RootMarks.Any(sketch.Has) || InEntries(sketch) || IsTelegramChat(sketch);

    /// <summary>Whether the entries at the beginning of a file show any.</summary>
    public static bool InEntries(FileSketch sketch) => EntryMarks.Any(key => sketch.Has($"messages[].{key}"));

    // A single chat of Telegram has name, type and id beside its messages; each alone is too common to tell.
    private static bool IsTelegramChat(FileSketch sketch) => sketch.Has("type") && sketch.Has("id");
}
