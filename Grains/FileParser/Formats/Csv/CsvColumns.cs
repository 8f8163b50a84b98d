using CsvHelper;

namespace ChatAnalysis.Grains.FileParser.Formats.Csv;

/// <summary>Which column of a table holds what, by the names in its first line.</summary>
/// <param name="Delimiter">What stands between the columns.</param>
/// <param name="Count">How many columns there are.</param>
/// <param name="Places">Where each kind of column stands; -1 where there is none.</param>
internal sealed record CsvColumns(char Delimiter, int Count, IReadOnlyList<int> Places)
{
    private const string Delimiters = ",;\t|";

    // In lower case, without spaces and underscores; the first that occurs is taken.
    private static readonly string[][] Names =
    [
        ["text", "message", "content", "contents", "body", "messagetext", "messagebody", "messagecontent", "msg", "utterance", "消息",
            "内容", "nachricht", "mensaje", "mensagem", "messaggio"],
        ["author", "sender", "user", "username", "from", "speaker", "name", "authorname", "sendername", "fromname", "displayname",
            "nickname", "senderid", "authorid", "userid", "fromid", "发送者", "absender", "remitente", "auteur", "mittente"],
        ["timestamp", "time", "datetime", "date", "sentat", "createdat", "created", "sent", "ts", "utcts", "messagedate", "datesent", "时间",
            "zeit", "datum", "fecha", "data"],
        ["id", "messageid", "msgid", "messageguid", "guid", "uuid"],
        ["authorid", "senderid", "userid", "fromid"],
        ["role", "sendertype", "authortype"],
        ["conversationid", "threadid", "chatid", "channelid", "dialogid", "dialogueid", "sessionid", "roomid", "conversation", "thread",
            "chat", "channel", "room", "dialog"],
        ["conversationtitle", "conversationname", "title", "chatname", "channelname", "threadname", "subject"],
        ["replyto", "replytoid", "replytomessageid", "inreplyto", "parentid", "parentmessageid"],
        ["attachments", "attachment", "files", "media"],
        ["edited", "isedited"],
    ];

    /// <summary>Finds the columns that a table's first line names.</summary>
    /// <returns>Null where it names no text, or neither an author nor a time.</returns>
    public static CsvColumns? Find(string firstLine)
    {
        foreach (var delimiter in Delimiters)
        {
            using var line = CsvReader.FromText(firstLine, new CsvReaderOptions { Separator = delimiter, HasHeader = false });
            if (!firstLine.Contains(delimiter) || !line.Read() || line.FieldCount < 2)
                continue;
            var names = line.Current.ToArray().Select(Plain).ToList();
            int[] places = [.. Names.Select(known => Array.Find(known, names.Contains) is { } name ? names.IndexOf(name) : -1)];

            // A column is one thing: the authors' ids are names where there are no others.
            if (places[(int)CsvColumn.Author] == places[(int)CsvColumn.AuthorId])
                places[(int)CsvColumn.AuthorId] = -1;
            if (places[(int)CsvColumn.Text] >= 0 && (places[(int)CsvColumn.Author] >= 0 || places[(int)CsvColumn.Time] >= 0))
                return new CsvColumns(delimiter, names.Count, places);
        }

        return null;
    }

    /// <summary>A field of a row.</summary>
    /// <returns>Null where there is no such column, or nothing in it.</returns>
    public string? Field(CsvReader row, CsvColumn column) =>
        Places[(int)column] is >= 0 and var place && place < row.FieldCount && !row.IsEmpty(place) ? row.GetString(place) : null;

    /// <summary>Whether there is such a column.</summary>
    public bool Has(CsvColumn column) => Places[(int)column] >= 0;

    private static string Plain(string name) =>
        string.Concat(name.Where(c => c is not (' ' or '_' or '-' or '.' or '\uFEFF'))).ToLowerInvariant();
}
