using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>Writes threads as Facebook and Instagram do, each byte of UTF-8 as a character of its own.</summary>
internal static class MessengerExport
{
    public const long Start = 1_700_000_000_000;

    private static readonly JsonSerializerOptions Raw =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A text in quotes, damaged as the export does: é becomes \u00c3\u00a9.</summary>
    public static string Damaged(string text)
    {
        var json = new StringBuilder("\"");
        foreach (var value in Encoding.UTF8.GetBytes(text))
            _ = value switch
            {
                (byte)'"' or (byte)'\\' => json.Append('\\').Append((char)value),
                < 0x20 or > 0x7E => json.Append(CultureInfo.InvariantCulture, $"\\u00{value:x2}"),
                _ => json.Append((char)value),
            };
        return json.Append('"').ToString();
    }

    /// <summary>The same damage, with the characters themselves in place of escapes.</summary>
    public static string DamagedRaw(string text) =>
        JsonSerializer.Serialize(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text)), Raw);

    /// <summary>A message: so many seconds after the start, with what else it has.</summary>
    public static string Message(string? author, int second, string? text = null, string? more = null)
    {
        var fields = new List<string>();
        if (author is not null)
            fields.Add($"\"sender_name\":{Damaged(author)}");
        fields.Add(string.Create(CultureInfo.InvariantCulture, $"\"timestamp_ms\":{Start + (second * 1000L)}"));
        if (text is not null)
            fields.Add($"\"content\":{Damaged(text)}");
        if (more is not null)
            fields.Add(more);
        fields.Add("\"is_geoblocked_for_viewer\":false,\"is_unsent_image_by_messenger_kid_parent\":false");
        return $"{{{string.Join(',', fields)}}}";
    }

    /// <summary>A file of a thread.</summary>
    public static string Thread(string title, string? path, string[] people, params string[] messages) => $$"""
        {"participants":[{{string.Join(',', people.Select(name => $"{{\"name\":{Damaged(name)}}}"))}}],
         "messages":[{{string.Join(",\n  ", messages)}}],
         "title":{{Damaged(title)}},"is_still_participant":true,
         "thread_path":{{(path is null ? "null" : Damaged(path))}},"magic_words":[]}
        """;

    /// <summary>A message of an end-to-end encrypted chat.</summary>
    public static string Encrypted(string author, int second, string text, string type = "text", bool unsent = false, string media = "") =>
        string.Create(CultureInfo.InvariantCulture, $$"""
            {"isUnsent":{{(unsent ? "true" : "false")}},"media":[{{media}}],"reactions":[{"actor":"Bo","reaction":"👍"}],
             "senderName":{{JsonSerializer.Serialize(author, Raw)}},"text":{{JsonSerializer.Serialize(text, Raw)}},
             "timestamp":{{Start + (second * 1000L)}},"type":"{{type}}"}
            """);

    /// <summary>A file of an end-to-end encrypted chat.</summary>
    public static string EncryptedThread(string name, string[] people, params string[] messages) =>
        $$"""
        {"participants":{{JsonSerializer.Serialize(people, Raw)}},"threadName":{{JsonSerializer.Serialize(name, Raw)}},
         "messages":[{{string.Join(',', messages)}}]}
        """;

    /// <summary>A small export with all that is odd.</summary>
    public static TestExport Small() => new TestExport()
        .With("your_facebook_activity/messages/inbox/zoe_1/message_1.json", Thread(
            "Zoë & Bo", "inbox/zoe_1", ["Zoë", "Bo"],
            Message("Zoë", 9, "newest 😀", "\"reactions\":[{\"reaction\":\"\\u00f0\\u009f\\u0091\\u008d\",\"actor\":\"Bo\"}]"),
            Message("Bo", 7, null, "\"photos\":[{\"uri\":\"your_facebook_activity/messages/inbox/zoe_1/photos/a.jpg\"}]"),
            Message("Bo", 6, "Bo sent an attachment.", "\"share\":{\"link\":\"https://example.org\",\"share_text\":\"theirs\"}"),
            Message("Bo", 5, "look", "\"files\":[{\"uri\":\"messages/inbox/zoe_1/files/plan.pdf\"}]"),
            Message("Zoë", 4, "gone", "\"is_unsent\":true"),
            Message("Bo", 3, "The call ended.", "\"call_duration\":12"),
            "null"))
        .With("your_facebook_activity/messages/inbox/zoe_1/message_2.json", Thread(
            "Zoë & Bo", "inbox/zoe_1", ["Zoë", "Bo"], Message("Zoë", 8, "between"), Message("Bo", 1, "a\nb \"c\" \\"), Message("Bo", 0)))
        .With("your_facebook_activity/messages/archived_threads/al_2/message_1.json", Thread(
            "Al", "archived_threads/al_2", ["Al"], Message("Al", 2, "from the archive"), Message(null, 1, "nobody's")));
}
