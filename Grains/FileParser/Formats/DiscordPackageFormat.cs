using System.Text;
using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.FileParser.Formats.Csv;
using ChatAnalysis.Grains.FileParser.Formats.Discord;
using ChatAnalysis.Grains.FileParser.Formats.Ordered;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// Discord's own data package: a folder a channel, with <c>messages.json</c> (older: <c>messages.csv</c>) and <c>channel.json</c>, and
/// above them <c>index.json</c> with the channels' names. It holds what the account's owner wrote, and nothing else; as a rule
/// the newest first.
/// </summary>
internal sealed class DiscordPackageFormat : IChatFormat
{
    private const string CsvHeader = "ID,Timestamp,Contents,Attachments";

    private static readonly CsvColumns Columns = CsvColumns.Find(CsvHeader)!;

    private static readonly JsonKeys Keys = new("ID", "Timestamp", "Contents", "Attachments");

    /// <inheritdoc/>
    public string Id => "discord";

    /// <inheritdoc/>
    public string Shape => """[{"ID": …, "Timestamp": …, "Contents": …, "Attachments": …}, …], or CSV with these columns""";

    /// <inheritdoc/>
    public bool Recognises(FileSketch sketch) => sketch.Kind switch
    {
        FileKind.Text => sketch.FirstLines is [var header, ..] && header.TrimEnd(',') == CsvHeader,
        FileKind.Json => sketch.Root == JsonKind.Array && sketch.Has("[].ID") && sketch.Has("[].Timestamp") && sketch.Has("[].Contents"),
        _ => false,
    };

    /// <inheritdoc/>
    public bool Accompanies(SketchedFile file) =>
        file.Sketch is { Kind: FileKind.Json, Root: JsonKind.Object } && DiscordPackage.Tells(file);

    /// <summary>The account's folder is beside that of the messages.</summary>
    public string FolderOf(ExportFile companion) =>
        !DiscordPackage.IsOwner(companion) ? companion.Folder
        : companion.Folder.LastIndexOf('/') is > 0 and var end ? companion.Folder[..end]
        : "";

    /// <summary>All channels share the index, which may be long.</summary>
    public bool ReadsCompanionsByFolder => true;

    /// <inheritdoc/>
    public object ReadCompanions(ChatReading reading) => DiscordPackage.Read(reading);

    /// <inheritdoc/>
    public IEnumerable<ParsedMessage> Read(ChatReading reading)
    {
        var package = reading.Companion as DiscordPackage;
        var id = package?.Channel ?? DiscordPackage.ChannelOf(reading.File.Folder);
        var conversation = reading.Conversation(id, package?.TitleOf(id));
        reading.Tally.Variant = "data package";
        reading.Tally.Assume("the data package holds only what the account's owner wrote");
        var owner = package?.Owner ?? DiscordAuthor.Unknown;
        if (BeginsAsJson(reading))
            return TimeOrder.Read(
                reading, ReadJson(reading, conversation, owner), (_, _) => ReadEntry(reading, conversation, owner));
        return TimeOrder.ReadRows(
            reading, ReadCsv(reading, conversation, owner), (bytes, offset) => ReadRows(reading, bytes, offset),
            row => Message(reading, conversation, owner, row));
    }

    private static bool BeginsAsJson(ChatReading reading)
    {
        using var source = reading.File.Open();
        return FileBeginning.Look(source).Kind == FileKind.Json;
    }

    private static IEnumerable<ParsedMessage> ReadJson(ChatReading reading, ConversationRef conversation, DiscordAuthor owner)
    {
        var json = reading.Json;
        json.NextDocument();
        var entries = reading.EnterList("");
        while (entries.Next())
        {
            reading.Place = json.Offset;
            if (ReadEntry(reading, conversation, owner) is { } message)
                yield return message;
        }

        reading.At(null);
        if (reading.GoesOn && json.NextDocument())
            reading.Reject("more follows where the JSON has ended", json.Offset);
    }

    private static ParsedMessage? ReadEntry(ChatReading reading, ConversationRef conversation, DiscordAuthor owner)
    {
        var json = reading.Json;
        string? id = null, text = null, attachments = null;
        SentTime? sent = null;
        if (!reading.EnterEntry("an entry must be an object with ID, Timestamp and Contents"))
            return null;
        while (reading.GoesOn && json.NextProperty())
            switch (json.FindKey(Keys), json.Kind)
            {
                case (0, JsonKind.Number):
                    id = json.ReadScalarLabel();
                    break;
                case (0, JsonKind.Text):
                    id = json.ReadLabel();
                    break;
                case (1, JsonKind.Text):
                    sent = DiscordPackage.Time(JsonText.Plain(json.ReadRawText()), reading, conversation);
                    break;
                case (2, JsonKind.Text):
                    text = json.ReadText();
                    break;
                case (2, not JsonKind.Null):
                    reading.Reject("Contents must be a text", json.Offset);
                    break;
                case (3, JsonKind.Text):
                    attachments = json.ReadText();
                    break;
                default:
                    break;
            }

        return reading.GoesOn ? Message(reading, conversation, owner, (id, sent, text, attachments)) : null;
    }

    private static IEnumerable<ParsedMessage> ReadCsv(ChatReading reading, ConversationRef conversation, DiscordAuthor owner)
    {
        using var rows = new CsvRows(reading.Bytes, Columns, reading.Parsing.MaxMessageBytes, reading.Keeps);
        while (rows.Next(reading))
        {
            reading.Place = rows.Offset;
            if (Message(reading, conversation, owner, RowAt(rows)) is { } message)
                yield return message;
        }
    }

    /// <summary>The rows from an offset on; those that are damaged were told of before.</summary>
    private static IEnumerable<(long Offset, string?[] Row)> ReadRows(ChatReading reading, IByteSource bytes, long offset)
    {
        using var rows = new CsvRows(bytes, Columns, reading.Parsing.MaxMessageBytes, reading.Keeps, offset);
        do
        {
            while (rows.Next())
                yield return (rows.Offset, RowAt(rows));
        }
        while (rows.PassOver());
    }

    private static string?[] RowAt(CsvRows rows) =>
    [
        Columns.Field(rows.Row, CsvColumn.Id), Columns.Field(rows.Row, CsvColumn.Time), Columns.Field(rows.Row, CsvColumn.Text),
        Columns.Field(rows.Row, CsvColumn.Attachments),
    ];

    private static ParsedMessage? Message(ChatReading reading, ConversationRef conversation, DiscordAuthor owner, string?[] row)
    {
        var sent = DiscordPackage.Time(Encoding.UTF8.GetBytes(row[1] ?? ""), reading, conversation);
        return Message(reading, conversation, owner, (row[0], sent, row[2], row[3]));
    }

    private static ParsedMessage? Message(
        ChatReading reading, ConversationRef conversation, DiscordAuthor owner,
        (string? Id, SentTime? Sent, string? Text, string? Files) entry)
    {
        if (string.IsNullOrEmpty(entry.Text))
        {
            reading.Skip(string.IsNullOrEmpty(entry.Files) ? "empty text" : "media only");
            return null;
        }

        if (entry.Sent is null)
            reading.Tally.Warn("messages without a time");
        return reading.Message(conversation, new()
        {
            Text = entry.Text,
            Id = entry.Id,
            Author = owner.Nickname ?? owner.Name,
            AuthorId = owner.Id,
            Sent = entry.Sent,
            Attachments = string.IsNullOrEmpty(entry.Files) ? null : DiscordPackage.Names(entry.Files),
        });
    }
}
