using ChatAnalysis.Grains.FileParser.Formats.Csv;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;
using CsvHelper;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// A table of messages: values separated by commas, semicolons or tabs, whose first line names a column of texts and one of authors or
/// times, by the usual names.
/// </summary>
internal sealed class CsvFormat : IChatFormat
{
    private const int LongestName = 1000;
    private const int MostAttachments = 100;
    private const int RememberedConversations = 4096;

    /// <inheritdoc/>
    public string Id => "csv";

    /// <inheritdoc/>
    public string Shape => "a table with the columns text, author and timestamp (or message, sender, date …) in its first line";

    /// <inheritdoc/>
    public bool Recognises(FileSketch sketch) =>
        sketch.Kind == FileKind.Text && sketch.FirstLines is [var first, ..] && CsvColumns.Find(first) is not null;

    /// <inheritdoc/>
    public IEnumerable<ParsedMessage> Read(ChatReading reading)
    {
        if (FirstColumns(reading) is not { } columns)
        {
            reading.Disown("its first line names no columns of texts and authors or times");
            yield break;
        }

        var times = Times(reading, columns);
        var conversations = new RecentOnes<string, ConversationRef>(RememberedConversations);
        reading.Tally.Variant = columns.Delimiter switch { '\t' => "tabs", ';' => "semicolons", '|' => "bars", _ => "commas" };
        using var rows = Rows(reading, columns);
        while (rows.Next(reading))
        {
            var name = Cut(columns.Field(rows.Row, CsvColumn.Conversation)) ?? "";
            if (conversations.Find(name) is not { } conversation)
                conversations.Add(name, conversation = Begin(reading, name, Cut(columns.Field(rows.Row, CsvColumn.Title))));
            if (ReadRow(reading, rows.Row, columns, conversation, times) is { } message)
                yield return message;
        }

        if (conversations.Forgot)
            reading.Tally.Warn($"more than {RememberedConversations} conversations in turn: one that goes on after so many others counts as "
                + "two, unless its id is unique; sort the table by conversation");
    }

    /// <summary>Begins a conversation by what the table calls it: a number or a name may mean another one in the next table.</summary>
    private static ConversationRef Begin(ChatReading reading, string name, string? title) => GivenId.IsRandom(name)
        ? reading.Conversation(name, title, identity: MessageIdentity.Content)
        : reading.Conversation(null, title ?? (name.Any(char.IsLetter) ? name : null), identity: MessageIdentity.Content);

    private static string? Cut(string? name) => name?.Length > LongestName ? name[..LongestName] : name;

    private static ParsedMessage? ReadRow(
        ChatReading reading, CsvReader row, CsvColumns columns, ConversationRef conversation, TableTimes times)
    {
        var attachments = Names(columns.Field(row, CsvColumn.Attachments));
        if (columns.Field(row, CsvColumn.Text) is not { } text || string.IsNullOrWhiteSpace(text))
        {
            reading.Skip(attachments is null ? "empty text" : "media only");
            return null;
        }

        return reading.Message(conversation, new()
        {
            Text = text,
            Id = columns.Field(row, CsvColumn.Id),
            Author = columns.Field(row, CsvColumn.Author),
            AuthorId = columns.Field(row, CsvColumn.AuthorId),
            Role = columns.Field(row, CsvColumn.Role)?.ToLowerInvariant(),
            Sent = times.Read(reading, conversation, columns.Field(row, CsvColumn.Time)),
            ReplyTo = columns.Field(row, CsvColumn.ReplyTo),
            Attachments = attachments,
            Edited = columns.Field(row, CsvColumn.Edited) is { } edited && edited.ToLowerInvariant() is "true" or "1" or "yes",
        });
    }

    private static CsvRows Rows(ChatReading reading, CsvColumns columns) =>
        new(reading.Bytes, columns, reading.Parsing.MaxMessageBytes, reading.Keeps);

    private static TableTimes Times(ChatReading reading, CsvColumns columns)
    {
        using var rows = Rows(reading, columns);
        return new TableTimes(reading, columns, rows);
    }

    private static CsvColumns? FirstColumns(ChatReading reading)
    {
        var (kind, lines) = FileBeginning.Look(reading.Bytes);
        return kind == FileKind.Text && lines is [var first, ..] ? CsvColumns.Find(first) : null;
    }

    /// <summary>Names of what was attached: of an address, its last part.</summary>
    private static List<string>? Names(string? field)
    {
        if (field is null)
            return null;
        var names = new List<string>();
        char[] between = field.Contains("://", StringComparison.Ordinal) ? [',', ' ', ';', '\n'] : [',', ';', '\n'];
        foreach (var part in field.AsSpan().SplitAny(between))
        {
            var name = field.AsSpan(part).Trim().ToString();
            if (name.Contains("://", StringComparison.Ordinal))
                name = name.Split('?', '#')[0].TrimEnd('/') is var path ? path[(path.LastIndexOf('/') + 1)..] : name;
            if (name.Length > 0)
                names.Add(name);
            if (names.Count == MostAttachments)
                break;
        }

        return names.Count == 0 ? null : names;
    }
}
