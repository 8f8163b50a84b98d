using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>Reads a message of Claude's: its text is in typed blocks, or in older exports in one piece.</summary>
internal static class ClaudeMessage
{
    /// <summary>Why null in a list of messages is none.</summary>
    public const string NullEntry = "null entry";

    // Blocks before the text in one piece, and that before what was pasted.
    private const int InBlocks = 0;
    private const int InOnePiece = 1;
    private const int Pasted = 2;

    private static readonly JsonKeys MessageKeys =
        new("uuid", "sender", "text", "content", "created_at", "parent_message_uuid", "attachments", "files", "files_v2");

    private static readonly JsonKeys BlockKeys = new("type", "text");
    private static readonly JsonKeys AttachmentKeys = new("file_name", "extracted_content");

    [Flags]
    private enum Blocks
    {
        None = 0,
        Thinking = 1,
        Tools = 2,
    }

    /// <summary>Whether a text may have reasoning and artifacts in it, in tags: that in one piece. In a block a tag is what was said.</summary>
    /// <param name="rank">Where it stands.</param>
    public static bool MayHaveTags(int rank) => rank == InOnePiece;

    /// <summary>Reads the message at hand.</summary>
    public static void Read(HeldConversation held, HeldMessage message)
    {
        var reading = held.Reading;
        var json = reading.Json;
        var blocks = Blocks.None;
        var pasted = false;
        if (json.Kind != JsonKind.Object)
            reading.Reject("a message must be an object or null", json.Offset);
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
            switch (json.FindKey(MessageKeys), json.Kind)
            {
                case (JsonKeys.Other, _):
                    break;
                case (0, JsonKind.Text):
                    held.HoldId(message, json.ReadRawText());
                    break;
                case (1, JsonKind.Text):
                    ReadSender(message, json.ReadLabel());
                    break;
                case (2, JsonKind.Text):
                    held.HoldText(message, InOnePiece);
                    break;
                case (3, JsonKind.Array):
                    blocks |= ReadBlocks(held, message);
                    break;
                case (2, not JsonKind.Null):
                    reading.Reject("a message's text must be a text", json.Offset);
                    break;
                case (3, not JsonKind.Null):
                    reading.Reject("a message's content must be an array", json.Offset);
                    break;
                case (4, _):
                    message.Sent = MessageTime.Read(reading);
                    break;
                case (5, JsonKind.Text):
                    message.Parent = HeldConversation.KeyOf(json.ReadRawText());
                    break;
                case (6 or 7 or 8, JsonKind.Array):
                    pasted |= ReadAttachments(held, message);
                    break;
                case (_, not JsonKind.Null):
                    reading.Tally.Warn($"a message's {json.ReadKey()} of an unknown kind is taken as absent");
                    break;
                default:
                    break;
            }

        Judge(message, blocks, pasted);
    }

    private static void Judge(HeldMessage message, Blocks blocks, bool pasted)
    {
        var isAssistant = message.Role == "assistant";
        var hasWords = message.Words == HeldWords.Words || (!isAssistant && message.Words == HeldWords.MarksOnly);

        // Where reasoning stands in a block of its own, the text in one piece repeats it.
        if (message.Rank == InOnePiece && blocks.HasFlag(Blocks.Thinking))
            hasWords = false;
        if (message.Rank == Pasted && isAssistant)
            hasWords = false;
        if (pasted && message.Rank != Pasted)
            message.Attach("pasted text");
        if (isAssistant)
            message.Inline?.ForEach(message.Attach);
        message.Skip = hasWords ? null
            : message.Attachments is not null ? "media only"
            : blocks.HasFlag(Blocks.Tools) ? "tool call"
            : blocks.HasFlag(Blocks.Thinking) ? "thought"
            : "empty text";
    }

    private static void ReadSender(HeldMessage message, string sender)
    {
        if (sender.Length == 0)
            return;
        message.Author = sender;
        message.Role = sender switch
        {
            "human" => "user",
            "assistant" => sender,
            _ => sender.ToLowerInvariant(),
        };
    }

    private static Blocks ReadBlocks(HeldConversation held, HeldMessage message)
    {
        var reading = held.Reading;
        var json = reading.Json;
        var found = Blocks.None;
        json.Enter();
        while (reading.GoesOn && json.NextElement())
        {
            if (json.Kind == JsonKind.Object)
                found |= ReadBlock(held, message);
            else if (json.Kind != JsonKind.Null)
                reading.Reject("a block of a content must be an object", json.Offset);
        }

        return found;
    }

    /// <summary>Takes a block's text where it is one of text: the type mostly comes first, else the text is gone back to.</summary>
    private static Blocks ReadBlock(HeldConversation held, HeldMessage message)
    {
        var reading = held.Reading;
        var json = reading.Json;
        string? type = null;
        JsonMark? text = null;
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
            switch (json.FindKey(BlockKeys), json.Kind)
            {
                case (0, JsonKind.Text):
                    type = json.ReadLabel();
                    break;
                case (1, JsonKind.Text) when type == "text":
                    held.HoldText(message, InBlocks);
                    break;
                case (1, JsonKind.Text) when type is null:
                    text = json.Mark();
                    break;
                case (1, not (JsonKind.Text or JsonKind.Null)) when type is "text" or null:
                    reading.Reject("a block's text must be a text", json.Offset);
                    break;
                default:
                    break;
            }

        if (text is { } place && type == "text" && reading.GoesOn)
        {
            json.GoBack(place);
            held.HoldText(message, InBlocks);
            while (json.NextProperty())
                json.Skip();
        }

        return type switch
        {
            "thinking" or "redacted_thinking" => Blocks.Thinking,
            "tool_use" or "tool_result" => Blocks.Tools,
            _ => Blocks.None,
        };
    }

    /// <summary>
    /// Notes the names of what was attached. What was pasted and became too long for the prompt has none; where that is told behind it,
    /// it is gone back to.
    /// </summary>
    /// <returns>Whether something was pasted.</returns>
    private static bool ReadAttachments(HeldConversation held, HeldMessage message)
    {
        var json = held.Reading.Json;
        var pasted = false;
        json.Enter();
        while (held.Reading.GoesOn && json.NextElement())
        {
            if (json.Kind != JsonKind.Object)
                continue;
            string? name = null;
            JsonMark? content = null;
            json.Enter();
            while (held.Reading.GoesOn && json.NextProperty())
            {
                var key = json.FindKey(AttachmentKeys);
                if (key == 0 && json.Kind == JsonKind.Text)
                {
                    name = json.ReadLabelUpTo(HeldMessage.LongestName);
                    message.Attach(name ?? "");
                }
                else if (key == 1 && json.Kind == JsonKind.Text && name == "")
                {
                    pasted = true;
                    held.HoldText(message, Pasted);
                }
                else if (key == 1 && json.Kind == JsonKind.Text && name is null)
                {
                    content = json.Mark();
                }
            }

            if (content is { } place && name == "" && held.Reading.GoesOn)
            {
                pasted = true;
                json.GoBack(place);
                held.HoldText(message, Pasted);
                while (json.NextProperty())
                    json.Skip();
            }
        }

        return pasted;
    }
}
