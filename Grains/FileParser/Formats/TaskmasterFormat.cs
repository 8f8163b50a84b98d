using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// Google's Taskmaster dialogues: an array of <c>{conversation_id, utterances[{index, speaker, text}]}</c>; the older ones write
/// conversationId. An utterance is identified by its conversation's id and its index.
/// </summary>
internal sealed class TaskmasterFormat : IChatFormat
{
    private const int Utterances = 2;

    private static readonly JsonKeys ConversationKeys = new("conversation_id", "conversationId", "utterances");
    private static readonly JsonKeys UtteranceKeys = new("index", "speaker", "text");

    /// <inheritdoc/>
    public string Id => "taskmaster";

    /// <inheritdoc/>
    public string Shape => """[{"conversation_id": …, "utterances": [{"index": 0, "speaker": …, "text": …}, …]}, …]""";

    /// <inheritdoc/>
    public bool Recognises(FileSketch sketch) =>
        sketch.Root == JsonKind.Array && sketch.KindsAt("[].utterances").HasFlag(JsonKind.Array);

    /// <inheritdoc/>
    public IEnumerable<ParsedMessage> Read(ChatReading reading)
    {
        var json = reading.Json;
        json.NextDocument();
        var conversations = reading.EnterList("");
        while (conversations.Next())
            foreach (var message in ReadConversation(reading, conversations.Index))
                yield return message;

        reading.At(null);
        if (reading.GoesOn && json.NextDocument())
            reading.Reject("more follows where the JSON has ended", json.Offset);
    }

    private static IEnumerable<ParsedMessage> ReadConversation(ChatReading reading, long ordinal)
    {
        var json = reading.Json;
        var start = json.Offset;
        string? id = null;
        JsonMark? utterances = null;
        var read = false;
        if (json.Kind != JsonKind.Object)
            reading.Reject("a conversation must be an object with utterances", start);
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
        {
            var key = json.FindKey(ConversationKeys);
            if (key == Utterances)
            {
                if (utterances is not null || json.Kind != JsonKind.Array)
                    reading.Reject(utterances is null ? "utterances must be an array" : "the key utterances occurs twice", json.Offset);
                utterances = json.Mark();
                if (id is null)
                {
                    reading.PassOverForNow(utterances.Value);
                    continue;
                }

                foreach (var message in ReadUtterances(reading, ordinal, reading.Conversation(id)))
                    yield return message;
                read = true;
            }
            else if (key != JsonKeys.Other)
                id ??= json.Kind switch
                {
                    JsonKind.Text => json.ReadLabel() is { Length: > 0 } label ? label : null,
                    JsonKind.Number => json.ReadScalarLabel(),
                    _ => null,
                };
        }

        if (utterances is null)
            reading.Reject("a conversation without utterances", start);
        if (read || !reading.GoesOn)
            yield break;

        // The id stood behind the utterances, or there is none.
        json.GoBack(utterances!.Value);
        foreach (var message in ReadUtterances(reading, ordinal, reading.Conversation(id)))
            yield return message;
        while (json.NextProperty())
            json.Skip();
    }

    private static IEnumerable<ParsedMessage> ReadUtterances(ChatReading reading, long ordinal, ConversationRef conversation)
    {
        var utterances = reading.EnterList($"[{ordinal}].utterances");
        while (utterances.Next())
            if (ReadUtterance(reading, conversation) is { } message)
                yield return message;
    }

    private static ParsedMessage? ReadUtterance(ChatReading reading, ConversationRef conversation)
    {
        var json = reading.Json;
        var start = json.Offset;
        string? index = null, speaker = null, text = null;
        if (json.Kind != JsonKind.Object)
            reading.Reject("an utterance must be an object with a text", start);
        json.Enter();
        while (reading.GoesOn && json.NextProperty())
            switch (json.FindKey(UtteranceKeys), json.Kind)
            {
                case (0, JsonKind.Number):
                    index = json.ReadScalarLabel();
                    break;
                case (0, JsonKind.Text):
                    index = json.ReadLabel();
                    break;
                case (1, JsonKind.Text):
                    speaker = json.ReadLabel();
                    break;
                case (2, JsonKind.Text):
                    text = json.ReadText();
                    break;
                case (2, JsonKind.Null):
                    text = "";
                    break;
                case (2, _):
                    reading.Reject("an utterance's text must be a text", json.Offset);
                    break;
                default:
                    break;
            }

        if (text is null)
            reading.Reject("an utterance without text", start);
        if (string.IsNullOrEmpty(text))
        {
            reading.Skip("empty text");
            return null;
        }

        return reading.Message(
            conversation, new() { Id = index, Author = speaker, Role = speaker?.ToLowerInvariant(), Text = text });
    }
}
