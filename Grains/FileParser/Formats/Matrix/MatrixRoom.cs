using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats.Matrix;

/// <summary>Makes messages of a room's events: with the names of the members, and with what they were edited to.</summary>
/// <param name="reading">The walk.</param>
internal sealed class MatrixRoom(ChatReading reading)
{
    private const string Message = "m.room.message";
    private const string Encrypted = "m.room.encrypted";
    private const string Replaces = "m.replace";
    private const int EditBytes = 500; // an edit's objects and its place in the table

    private readonly Dictionary<string, string> _names = [];
    private readonly HeldNames _held = new();
    private readonly Dictionary<(string Event, string? Sender), MatrixEdit> _edits = [];
    private long _editBytes;

    /// <summary>The room's id; null where no event tells it.</summary>
    public string? Id { get; private set; }

    /// <summary>Takes the entry at hand for what it tells of others: the room's id, and what an event was edited to.</summary>
    public void LookAhead()
    {
        if (reading.Json.Kind != JsonKind.Object)
            return;
        var found = MatrixEvent.Read(reading, conversation: null);
        Id ??= found.Room;
        if (!IsEdit(found) || found.Content.NewContent?.Body is null || found.Content.Related is not { } target)
            return;
        var edit = new MatrixEdit(found.Id, found.Sent?.At ?? DateTimeOffset.MinValue, found.Content.NewContent);
        if (_edits.TryGetValue((target, found.Sender), out var other) && !edit.IsLaterThan(other))
            return;
        _editBytes += EditBytes + found.Content.NewContent.Weight
            + (sizeof(char) * ((long)target.Length + (found.Id?.Length ?? 0) + (found.Sender?.Length ?? 0)));
        if (_editBytes > reading.Parsing.MaxMessageBytes)
        {
            reading.Tally.Warn(
                "there are more edits than fit into the setting Parsing:MaxMessageBytes; texts edited after that are the old ones");
        }
        else
            _edits[(target, found.Sender)] = edit;
    }

    /// <summary>Takes the entry at hand; null where it is no message.</summary>
    public ParsedMessage? Read(ConversationRef conversation)
    {
        var json = reading.Json;
        if (json.Kind == JsonKind.Null)
        {
            reading.Skip("null entry");
            return null;
        }

        if (json.Kind != JsonKind.Object)
        {
            reading.Reject("an entry must be an event, an object with type and content", json.Offset);
            return null;
        }

        var found = MatrixEvent.Read(reading, conversation);
        if (found is { Type: Message, Content.WrongBody: { } wrong })
            reading.Reject("body must be a text", wrong);
        if (!reading.GoesOn)
            return null;
        if (found is { Type: "m.room.member", StateKey: { } member, Content.DisplayName: { } name }
            && _names.GetValueOrDefault(member) != name && _held.HoldOrWarn(reading, "members", member, name))
            _names[member] = name;
        // What was deleted does not come back by an edit of it.
        if (found is { IsRedacted: true, Id: { } gone } && _edits.TryGetValue((gone, found.Sender), out var edit))
            edit.IsDone = true;
        if (WhyNot(found) is { } reason)
        {
            reading.Skip(reason);
            return null;
        }

        return IsEdit(found) ? FromEdit(found, conversation) : FromMessage(found, conversation);
    }

    private static bool IsEdit(MatrixEvent found) => found is { Type: Message, IsRedacted: false, Content.Relation: Replaces };

    /// <summary>Why an event is no message; null where it is one.</summary>
    private static string? WhyNot(MatrixEvent found) => found switch
    {
        { Type: Message or Encrypted or "m.sticker", IsRedacted: true } => "deleted message",
        { Type: Encrypted } or { Type: Message, Content.Kind: "m.bad.encrypted" } => "encrypted message",
        { Type: Message, Content.Kind: "m.key.verification.request" } => "system message",
        { Type: Message } => null,
        { Type: "m.sticker" } => "media only",
        { Type: "m.reaction" } => "reaction",
        { Type: "m.poll.start" or "org.matrix.msc3381.poll.start", IsRedacted: false, Content.Body: not null } => null,
        _ => "system message",
    };

    private ParsedMessage? FromMessage(MatrixEvent found, ConversationRef conversation)
    {
        var content = found.Content;
        var isEdited = found.IsReplaced;
        if (found.Id is { } id && _edits.TryGetValue((id, found.Sender), out var edit))
        {
            if (edit.IsDone)
            {
                reading.Skip("edit");
                return null;
            }

            edit.IsDone = isEdited = true;
            content = edit.Content;
        }
        else if (found.Replacement is { NewContent: { Body: not null } replacement })
            content = replacement;
        else if (found.Replacement is { IsEncrypted: true })
            reading.Tally.Warn("some edits are encrypted; what they changed is read as it was before");

        return Make(found, content, found.Id, found.Content.Answers, isEdited, conversation);
    }

    /// <summary>An edit is counted as one, unless what it edits is not in the export: then it stands for that.</summary>
    private ParsedMessage? FromEdit(MatrixEvent found, ConversationRef conversation)
    {
        if (found.Content is { Related: { } target, NewContent: { Body: not null } content }
            && _edits.TryGetValue((target, found.Sender), out var edit) && !edit.IsDone && edit.Id == found.Id)
        {
            edit.IsDone = true;
            return Make(found, content, target, answers: null, isEdited: true, conversation);
        }

        reading.Skip("edit");
        return null;
    }

    private ParsedMessage? Make(
        MatrixEvent found, MatrixContent content, string? id, string? answers, bool isEdited, ConversationRef conversation)
    {
        var isFile = content.Kind is "m.image" or "m.file" or "m.audio" or "m.video";
        var body = content.Body ?? "";
        var text = isFile && (content.FileName is null || content.FileName == content.Body) ? ""
            : found.Content.MayQuote || content.MayQuote ? WithoutQuote(body)
            : body;
        if (text.Length == 0 || content.Kind == "m.location")
        {
            reading.Skip(isFile || content.Kind == "m.location" ? "media only" : "empty text");
            return null;
        }

        return reading.Message(conversation, new()
        {
            Text = text,
            Id = id,
            Author = found.Sender is null ? null : _names.GetValueOrDefault(found.Sender, found.Sender),
            AuthorId = found.Sender,
            Sent = found.Sent,
            ReplyTo = answers,
            Attachments = isFile && content.FileName is { } file ? [file] : null,
            Edited = isEdited,
        });
    }

    /// <summary>Cuts off what an answer repeats of the message that it answers: lines behind a &gt;, then a blank one.</summary>
    private static string WithoutQuote(string body)
    {
        if (!body.StartsWith("> <", StringComparison.Ordinal) && !body.StartsWith("> * <", StringComparison.Ordinal))
            return body;
        var rest = body.AsSpan();
        while (rest.StartsWith('>'))
            rest = rest.IndexOf('\n') is >= 0 and var end ? rest[(end + 1)..] : [];
        return rest.StartsWith('\n') ? rest[1..].ToString() : rest.ToString();
    }
}
