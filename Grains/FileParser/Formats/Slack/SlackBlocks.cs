using System.Text;
using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser.Formats.Slack;

/// <summary>Finds the words in a message's blocks (Block Kit), for messages that have them nowhere else.</summary>
internal static class SlackBlocks
{
    private const int Type = 0;
    private const int FirstContainer = 9;

    // What holds words itself, then what holds more blocks; buttons, menus and styles are neither.
    private static readonly JsonKeys Keys = new(
        "type", "text", "url", "name", "user_id", "channel_id", "range", "usergroup_id", "alt_text",
        "elements", "fields", "title", "rows", "label");

    /// <summary>Takes the blocks at hand, an array, and adds their words to what was found before: a line a block.</summary>
    public static void Append(StringBuilder words, ChatReading reading, SlackMentions mentions)
    {
        var json = reading.Json;
        var start = json.Offset;
        var open = new Stack<Block>();
        Open(json, open);
        var lineEnds = words.Length > 0;
        while (open.TryPeek(out var block) && reading.GoesOn)
        {
            if (block.IsObject ? json.NextProperty() : json.NextElement())
            {
                if (block.IsObject)
                    TakeProperty(json, open, block);
                else if (json.Kind is JsonKind.Object or JsonKind.Array)
                    Open(json, open);
                if (json.Offset - start > json.MaxTokenBytes)
                    reading.Reject("blocks longer than the setting Parsing:MaxMessageBytes allows", start);
                continue;
            }

            open.Pop();
            lineEnds |= block.StandsAlone;
            if (block.Words(mentions) is not { Length: > 0 } found)
                continue;
            if (lineEnds && words.Length > 0)
                words.Append('\n');
            words.Append(found);
            lineEnds = block.StandsAlone;
        }
    }

    private static void Open(JsonScanner json, Stack<Block> open)
    {
        open.Push(new Block(json.Kind == JsonKind.Object));
        json.Enter();
    }

    private static void TakeProperty(JsonScanner json, Stack<Block> open, Block block)
    {
        var key = json.FindKey(Keys);
        if (key == JsonKeys.Other)
            return;
        if (json.Kind == JsonKind.Text && key < FirstContainer)
            block.Values[key] = json.ReadLabel();
        else if (json.Kind is JsonKind.Object or JsonKind.Array && block.Values[Type] is not ("actions" or "button"))
            Open(json, open);
    }

    private sealed class Block(bool isObject)
    {
        public bool IsObject => isObject;

        /// <summary>By their keys' numbers.</summary>
        public string?[] Values { get; } = isObject ? new string?[FirstContainer] : [];

        /// <summary>Whether nothing else stands in its line: all but the pieces of a line of rich text.</summary>
        public bool StandsAlone =>
            isObject && Values[Type] is not ("text" or "link" or "user" or "channel" or "broadcast" or "usergroup" or "emoji");

        public string? Words(SlackMentions mentions)
        {
            if (!isObject)
                return null;
            var (text, url, name) = (Values[1], Values[2], Values[3]);
            return Values[Type] switch
            {
                "text" => text is null ? null : SlackText.Unescape(text),
                "link" => text is { Length: > 0 } ? SlackText.Unescape(text) : url,
                "emoji" => name is null ? null : $":{name}:",
                "user" => $"@{mentions.NameOf(Values[4]) ?? Values[4]}",
                "channel" => $"#{mentions.ChannelNameOf(Values[5]) ?? Values[5]}",
                "broadcast" => $"@{Values[6]}",
                "usergroup" => $"@{Values[7]}",
                "image" => Values[8],
                "button" => null,
                _ => text is null ? null : SlackText.Decode(text, mentions),
            };
        }
    }
}
