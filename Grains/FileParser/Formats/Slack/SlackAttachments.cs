using System.Text;
using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser.Formats.Slack;

/// <summary>
/// Finds the words in a message's attachments, for messages of programs that have them nowhere else. Mattermost has taken this shape
/// over, without Slack's way of writing texts.
/// </summary>
internal static class SlackAttachments
{
    private const string NoPreview = "[no preview available]";
    private const int Fields = 5;
    private const int Blocks = 6;
    private const int Fallback = 7;
    private const int FirstOfOthers = 8;

    private static readonly JsonKeys Keys =
        new("pretext", "title", "text", "description", "value", "fields", "blocks", "fallback", "is_share", "is_msg_unfurl", "author_id");

    /// <summary>
    /// Takes the attachments at hand, an array, and adds their words: pretext, title, text and fields, or the fallback where there
    /// are none of these. What a message of somebody else says that is shown in it is passed over.
    /// </summary>
    /// <param name="words">What was found before.</param>
    /// <param name="reading">The walk.</param>
    /// <param name="mentions">The names of those whom it mentions; null where texts are not written in Slack's way.</param>
    public static void Append(StringBuilder words, ChatReading reading, SlackMentions? mentions)
    {
        var json = reading.Json;
        var start = json.Offset;
        json.Enter();
        while (reading.GoesOn && json.NextElement())
        {
            if (json.Kind != JsonKind.Object)
                continue;
            var attachment = new StringBuilder();
            var fallback = AppendOne(attachment, reading, mentions, start);
            if (attachment.Length > 0)
                AppendLine(words, attachment.ToString());
            else if (fallback is { Length: > 0 } and not NoPreview)
                AppendLine(words, Decoded(fallback, mentions));
        }
    }

    private static string? AppendOne(StringBuilder words, ChatReading reading, SlackMentions? mentions, long start)
    {
        var json = reading.Json;
        var texts = new string?[Fields];
        var fields = new StringBuilder();
        string? fallback = null;
        var isOthers = false;
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
        {
            switch (json.FindKey(Keys), json.Kind)
            {
                case (>= 0 and < Fields and var key, JsonKind.Text):
                    texts[key] = json.ReadLabel();
                    break;
                case (Fields, JsonKind.Array):
                    AppendFields(fields, reading, mentions, start);
                    break;
                case (Blocks, JsonKind.Array):
                    SlackBlocks.Append(fields, reading, mentions ?? new SlackMentions(SlackWorkspace.Unknown));
                    break;
                case (Fallback, JsonKind.Text):
                    fallback = json.ReadLabel();
                    break;
                case (FirstOfOthers or FirstOfOthers + 1, JsonKind.Boolean):
                    isOthers |= json.ReadScalar().SequenceEqual("true"u8);
                    break;
                case (FirstOfOthers + 2, JsonKind.Text):
                    isOthers |= mentions is not null && json.ReadLabel().Length > 0;
                    break;
                default:
                    break;
            }

            HoldToLimit(reading, start);
        }

        if (isOthers)
            return null;
        for (var i = 0; i < Fields; i++)
            if (texts[i] is { Length: > 0 } text)
                AppendLine(words, Decoded(text, mentions));
        if (fields.Length > 0)
            AppendLine(words, fields.ToString());
        return fallback;
    }

    /// <summary>A line a field, with its title where it has one.</summary>
    private static void AppendFields(StringBuilder words, ChatReading reading, SlackMentions? mentions, long start)
    {
        var json = reading.Json;
        json.Enter();
        while (reading.GoesOn && json.NextElement())
        {
            if (json.Kind != JsonKind.Object)
                continue;
            string? title = null, value = null;
            json.Enter();
            while (json.NextProperty())
            {
                var key = json.Kind == JsonKind.Text ? json.FindKey(Keys) : JsonKeys.Other;
                if (key is 1 or 4)
                    _ = key == 1 ? title = json.ReadLabel() : value = json.ReadLabel();
            }

            HoldToLimit(reading, start);
            var field = string.IsNullOrEmpty(title) ? value : string.IsNullOrEmpty(value) ? title : $"{title}: {value}";
            if (!string.IsNullOrEmpty(field))
                AppendLine(words, Decoded(field, mentions));
        }
    }

    private static void HoldToLimit(ChatReading reading, long start)
    {
        if (reading.Json.Offset - start > reading.Json.MaxTokenBytes)
            reading.Reject("attachments longer than the setting Parsing:MaxMessageBytes allows", start);
    }

    private static string Decoded(string text, SlackMentions? mentions) => mentions is null ? text : SlackText.Decode(text, mentions);

    private static void AppendLine(StringBuilder words, string line)
    {
        if (words.Length > 0)
            words.Append('\n');
        words.Append(line);
    }
}
