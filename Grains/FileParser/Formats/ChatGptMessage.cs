using System.Buffers.Text;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>Reads a message of ChatGPT's: where its text is depends on what kind of content it has.</summary>
internal static class ChatGptMessage
{
    /// <summary>Why a node without a message is none.</summary>
    public const string NullEntry = "null entry";

    /// <summary>Why what the model thought is no message.</summary>
    public const string Thought = "thought";

    private static readonly JsonKeys MessageKeys = new("id", "author", "create_time", "content", "weight", "recipient", "metadata");
    private static readonly JsonKeys AuthorKeys = new("role", "name");
    private static readonly JsonKeys PartKeys = new("text", "asset_pointer");

    // Behind the type in the order in which they count: parts, text, result …
    private static readonly JsonKeys ContentKeys = new("content_type", "parts", "text", "result", "content", "user_profile", "user_instructions");
    private const int UserProfile = 5;
    private const int AboutUser = 6;

    private static readonly JsonKeys MetadataKeys =
        new("is_visually_hidden_from_conversation", "is_user_system_message", "attachments", "user_context_message_data");

    private static readonly JsonKeys AttachmentKeys = new("name");
    private static readonly JsonKeys InstructionKeys = new("about_user_message", "about_model_message");

    /// <summary>Reads the message at hand.</summary>
    public static void Read(HeldConversation held, HeldMessage message)
    {
        var reading = held.Reading;
        var json = reading.Json;
        string? type = null, recipient = null, pointer = null;
        bool hidden = false, weightless = false, instructions = false;
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
            switch (json.FindKey(MessageKeys), json.Kind)
            {
                case (0, JsonKind.Text):
                    if (json.ReadRawText() is { IsEmpty: false } id)
                        held.HoldId(message, id, asKey: false);
                    break;
                case (1, JsonKind.Object):
                    ReadAuthor(reading, message);
                    break;
                case (2, _):
                    message.Sent = MessageTime.Read(reading);
                    break;
                case (3, JsonKind.Object):
                    type = ReadContent(held, message, ref pointer);
                    break;
                case (3, not JsonKind.Null):
                    reading.Reject("a message's content must be an object", json.Offset);
                    break;
                case (4, JsonKind.Number):
                    weightless = Utf8Parser.TryParse(json.ReadScalar(), out double weight, out _) && weight == 0;
                    break;
                case (5, JsonKind.Text):
                    recipient = json.ReadLabel();
                    break;
                case (6, JsonKind.Object):
                    ReadMetadata(held, message, ref hidden, ref instructions);
                    break;
                case (1 or 4 or 5 or 6, not JsonKind.Null):
                    reading.Tally.Warn($"a message's {json.ReadKey()} of an unknown kind is taken as absent");
                    break;
                default:
                    break;
            }

        if (message.Attachments is null && pointer is not null)
            message.Attach(pointer);
        message.Skip = hidden ? "hidden message"
            : weightless ? "message of weight 0"
            : message.Role == "system" && !instructions ? "system message"
            : recipient is not (null or "" or "all") ? "tool call"
            : type is "thoughts" or "reasoning_recap" ? Thought
            : type is "tether_quote" or "tether_browsing_display" or "sonic_webpage" ? "scraped page"
            : type is "model_editable_context" ? "system message"
            : message.Words == HeldWords.Words ? null
            : message.Attachments is null ? "empty text" : "media only";
    }

    private static void ReadAuthor(ChatReading reading, HeldMessage message)
    {
        var json = reading.Json;
        json.Enter();
        while (json.NextProperty())
        {
            var key = json.FindKey(AuthorKeys);
            if (json.Kind != JsonKind.Text || key == JsonKeys.Other || json.ReadLabel() is not { Length: > 0 } name)
                continue;
            if (key == 0)
                message.Role = name is "user" or "assistant" or "tool" ? name : name.ToLowerInvariant();
            else
                message.Author = name;
        }
    }

    private static string? ReadContent(HeldConversation held, HeldMessage message, ref string? pointer)
    {
        var reading = held.Reading;
        var json = reading.Json;
        string? type = null;
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
        {
            var key = json.FindKey(ContentKeys);
            switch (key, json.Kind)
            {
                case (JsonKeys.Other, _) or (_, JsonKind.Null):
                    break;
                case (0, JsonKind.Text):
                    type = json.ReadLabel();
                    break;
                case (1, JsonKind.Array):
                    ReadParts(held, message, ref pointer);
                    break;
                case (1, _) or (2, not JsonKind.Text):
                    reading.Reject(key == 1 ? "a content's parts must be an array" : "a content's text must be a text", json.Offset);
                    break;
                case (> 1, JsonKind.Text):
                    held.HoldText(message, rank: Math.Min(key, UserProfile));
                    break;
                default:
                    reading.Tally.Warn($"a content's {json.ReadKey()} of an unknown kind is taken as absent");
                    break;
            }
        }

        return type;
    }

    private static void ReadParts(HeldConversation held, HeldMessage message, ref string? pointer)
    {
        var reading = held.Reading;
        var json = reading.Json;
        json.Enter();
        while (reading.GoesOn && json.NextElement())
            switch (json.Kind)
            {
                case JsonKind.Text:
                    held.HoldText(message, rank: 1);
                    break;
                case JsonKind.Object:
                    ReadPart(held, message, ref pointer);
                    break;
                case JsonKind.Null:
                    break;
                default:
                    reading.Reject("a part of a content must be a text or an object", json.Offset);
                    break;
            }
    }

    /// <summary>A part that is no text itself: what was spoken, or a picture, of which there may be but a pointer.</summary>
    private static void ReadPart(HeldConversation held, HeldMessage message, ref string? pointer)
    {
        var json = held.Reading.Json;
        json.Enter();
        while (held.Reading.GoesOn && json.NextProperty())
        {
            var key = json.FindKey(PartKeys);
            if (key == 0 && json.Kind == JsonKind.Text)
                held.HoldText(message, rank: 1);
            else if (key == 1 && json.Kind == JsonKind.Text)
                pointer = json.ReadLabel();
        }
    }

    private static void ReadMetadata(HeldConversation held, HeldMessage message, ref bool hidden, ref bool instructions)
    {
        var json = held.Reading.Json;
        json.Enter();
        while (held.Reading.GoesOn && json.NextProperty())
            switch (json.FindKey(MetadataKeys), json.Kind)
            {
                case (0, JsonKind.Boolean):
                    hidden = json.ReadScalar().StartsWith("t"u8);
                    break;
                case (1, JsonKind.Boolean):
                    instructions = json.ReadScalar().StartsWith("t"u8);
                    break;
                case (2, JsonKind.Array):
                    ReadAttachments(held.Reading, message);
                    break;
                case (3, JsonKind.Object):
                    ReadInstructions(held, message);
                    break;
                default:
                    break;
            }
    }

    private static void ReadAttachments(ChatReading reading, HeldMessage message)
    {
        var json = reading.Json;
        json.Enter();
        while (reading.GoesOn && json.NextElement())
        {
            if (json.Kind != JsonKind.Object)
                continue;
            json.Enter();
            while (json.NextProperty())
                if (json.FindKey(AttachmentKeys) == 0 && json.Kind == JsonKind.Text)
                    message.Attach(json.ReadLabelUpTo(HeldMessage.LongestName) ?? "");
        }
    }

    /// <summary>Custom instructions as older exports have them: beside a content without text.</summary>
    private static void ReadInstructions(HeldConversation held, HeldMessage message)
    {
        var json = held.Reading.Json;
        json.Enter();
        while (held.Reading.GoesOn && json.NextProperty())
            if (json.FindKey(InstructionKeys) != JsonKeys.Other && json.Kind == JsonKind.Text)
                held.HoldText(message, rank: AboutUser);
    }
}
