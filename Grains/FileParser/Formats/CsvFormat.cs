using System.Text;
using ChatAnalysis.Grains.FileParser.Formats.Csv;
using ChatAnalysis.Grains.FileParser.Formats.WhatsApp;
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
    private const int LongestTime = 64;
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

        var calendar = Calendar(reading, columns);
        var conversations = new RecentOnes<string, ConversationRef>(RememberedConversations);
        reading.Tally.Variant = columns.Delimiter switch { '\t' => "tabs", ';' => "semicolons", '|' => "bars", _ => "commas" };
        using var rows = Rows(reading, columns);
        while (rows.Next(reading))
        {
            var name = Cut(columns.Field(rows.Row, CsvColumn.Conversation)) ?? "";
            if (conversations.Find(name) is not { } conversation)
                conversations.Add(name, conversation = Begin(reading, name, Cut(columns.Field(rows.Row, CsvColumn.Title))));
            if (ReadRow(reading, rows.Row, columns, conversation, calendar) is { } message)
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
        ChatReading reading, CsvReader row, CsvColumns columns, ConversationRef conversation, ChatCalendar calendar)
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
            Sent = Sent(reading, conversation, columns.Field(row, CsvColumn.Time), calendar),
            ReplyTo = columns.Field(row, CsvColumn.ReplyTo),
            Attachments = attachments,
            Edited = columns.Field(row, CsvColumn.Edited) is { } edited && edited.ToLowerInvariant() is "true" or "1" or "yes",
        });
    }

    private static SentTime? Sent(ChatReading reading, ConversationRef conversation, string? time, ChatCalendar calendar)
    {
        if (time is null)
            return null;
        if (time.Length <= LongestTime)
        {
            if (MessageTime.Parse(Encoding.UTF8.GetBytes(time), reading, conversation) is { } sent)
                return sent;
            if (TryHeader(time, out var header) && calendar.TryRead(header, out var local))
                return reading.Local(conversation, local);
        }

        reading.Tally.Warn("some times are none that is known, such as 2025-03-04T14:05:09Z or 4/3/2025 14:05: those messages have none");
        return null;
    }

    /// <summary>A date and time as in a chat's header, for which the day's place is decided by all of them.</summary>
    private static bool TryHeader(string time, out MessageHeader header)
    {
        var line = Encoding.UTF8.GetBytes(time.Contains(':') ? $"{time.Trim()} - " : $"{time.Trim()} 00:00 - ");
        return HeaderParser.TryParse(line, out header);
    }

    private static CsvRows Rows(ChatReading reading, CsvColumns columns) =>
        new(reading.Bytes, columns, reading.Parsing.MaxMessageBytes, reading.Keeps);

    /// <summary>How dates with the year last are read: by all of the table's, where its first has the year last.</summary>
    private static ChatCalendar Calendar(ChatReading reading, CsvColumns columns)
    {
        var vote = new DateOrderVote();
        using var rows = Rows(reading, columns);
        var seen = false;
        while (columns.Has(CsvColumn.Time) && !vote.IsDecided)
        {
            if (!rows.Next())
            {
                if (reading.Keeps && rows.PassOver())
                    continue;
                break;
            }

            if (columns.Field(rows.Row, CsvColumn.Time) is not { Length: <= LongestTime } time)
                continue;
            if (MessageTime.Parse(Encoding.UTF8.GetBytes(time), reading, null) is not null)
                break;
            if (TryHeader(time, out var header))
                vote.Add(header);
            seen = true;
        }

        var order = vote.Decide(reading.Options.DayFirst, out var assumption);
        if (seen && assumption is not null)
            reading.Tally.Assume(assumption);
        return new ChatCalendar(order);
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
