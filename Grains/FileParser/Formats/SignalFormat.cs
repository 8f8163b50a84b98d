using System.Globalization;
using ChatAnalysis.Grains.FileParser.Formats.Signal;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// Signal's plaintext export, <c>main.jsonl</c>: a header line, then a frame a line: account, recipients, chats, and chat items in the
/// order in which they are shown. What a frame refers to stands before it. Numbers of recipients and chats hold in one file only.
/// </summary>
internal sealed class SignalFormat : IChatFormat
{
    private static readonly JsonKeys FrameKeys = new("account", "recipient", "chat", "chatItem");
    private static readonly JsonKeys ChatKeys = new("id", "recipientId");

    /// <inheritdoc/>
    public string Id => "signal";

    /// <inheritdoc/>
    public string Shape => """lines of {"version": …, "backupTimeMs": …}, {"recipient": …}, {"chat": …}, {"chatItem": …}""";

    /// <inheritdoc/>
    public bool Recognises(FileSketch sketch) =>
        sketch.Root == JsonKind.Object
        && ((sketch.Has("backupTimeMs") && sketch.Has("version"))
            || (sketch.Has("recipient.id") && (sketch.Has("recipient.contact") || sketch.Has("recipient.self")))
            || (sketch.Has("chatItem.chatId") && sketch.Has("chatItem.dateSent")));

    /// <inheritdoc/>
    public IEnumerable<ParsedMessage> Read(ChatReading reading)
    {
        var json = reading.Json;
        var recipients = new SignalRecipients();
        var chats = new Dictionary<string, string?>();
        var conversations = new Dictionary<string, ConversationRef>();
        var held = new HeldNames();
        var items = 0L;
        while (reading.NextLine())
        {
            if (json.Kind != JsonKind.Object)
                reading.Reject("a line must be an object", json.Offset);
            json.Enter();
            while (reading.GoesOn && json.NextProperty())
                switch (json.FindKey(FrameKeys))
                {
                    case 0:
                        recipients.ReadAccount(json);
                        break;
                    case 1:
                        recipients.Read(reading);
                        break;
                    case 2:
                        ReadChat(reading, chats, held);
                        break;
                    case 3:
                        reading.At("chatItem", items++);
                        if (ReadItem(reading, recipients, chats, conversations, held) is { } message)
                            yield return message;
                        reading.At(null);
                        break;
                    default:
                        break;
                }
        }
    }

    private static void ReadChat(ChatReading reading, Dictionary<string, string?> chats, HeldNames held)
    {
        var json = reading.Json;
        string? id = null, recipient = null;
        if (json.Kind != JsonKind.Object)
            return;
        json.Enter();
        while (json.NextProperty())
            switch (json.FindKey(ChatKeys))
            {
                case 0:
                    id = SignalRecipients.ReadLabel(json);
                    break;
                case 1:
                    recipient = SignalRecipients.ReadLabel(json);
                    break;
                default:
                    break;
            }

        if (id is not null && held.Hold(reading, id, recipient))
            chats[id] = recipient;
    }

    private static ParsedMessage? ReadItem(
        ChatReading reading,
        SignalRecipients recipients,
        Dictionary<string, string?> chats,
        Dictionary<string, ConversationRef> conversations,
        HeldNames held)
    {
        var json = reading.Json;
        if (json.Kind != JsonKind.Object)
            reading.Reject("a chat item must be an object", json.Offset);
        var item = SignalItem.Read(json);
        if (!reading.GoesOn)
            return null;
        var chat = recipients[chats.GetValueOrDefault(item.Chat ?? "")];
        if ((chat.IsReleaseNotes ? "system message" : item.Skipped) is { } reason)
        {
            reading.Skip(reason);
            return null;
        }

        if (item.Sent is null)
            reading.Tally.Warn("a message has no time that can be read");
        if (!conversations.TryGetValue(item.Chat ?? "", out var conversation))
        {
            if (!held.Hold(reading, item.Chat))
                return null;
            conversations[item.Chat ?? ""] = conversation = Begin(reading, recipients.IdOfChat(chat), chat);
        }

        var author = recipients[item.Author];

        // A chat without an id is recognised in later exports by ids that are derived.
        var hasIds = conversation.Id is not null;
        return reading.Message(conversation, new()
        {
            Id = hasIds ? IdOf(author, item.Sent) : null,
            Author = author.Name,
            AuthorId = author.Id,
            Sent = item.Sent,
            Text = item.Text,
            ReplyTo = hasIds ? IdOf(recipients[item.QuotedAuthor], item.QuotedSent) : null,
            Attachments = item.Attachments,
            Edited = item.Edited,
        });
    }

    private static ConversationRef Begin(ChatReading reading, string? id, SignalRecipient chat)
    {
        if (id is null)
            reading.Tally.Warn("a chat refers to nobody whom the export tells of");
        return reading.Conversation(id, chat.Name, chat.Name is null ? [] : [chat.Name], MessageIdentity.AuthorAndTime);
    }

    /// <summary>Signal itself knows a message by its author and when it was sent. An author's number is another in each export.</summary>
    private static string? IdOf(SignalRecipient author, SentTime? sent) => sent is { } time
        ? string.Create(CultureInfo.InvariantCulture, $"{author.Id ?? author.Name}:{time.At.ToUnixTimeMilliseconds()}")
        : null;
}
