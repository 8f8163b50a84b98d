using System.Text;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>Writes tables of messages as programs and spreadsheets do.</summary>
internal sealed class CsvExport
{
    private readonly StringBuilder _text = new();
    private readonly char _delimiter;
    private readonly string _lineEnd;
    private readonly bool _quoteAll;

    public CsvExport(string[] columns, char delimiter = ',', string lineEnd = "\r\n", bool quoteAll = false)
    {
        (_delimiter, _lineEnd, _quoteAll) = (delimiter, lineEnd, quoteAll);
        Add(columns);
    }

    public CsvExport Add(params string[] fields)
    {
        _text.AppendJoin(_delimiter, fields.Select(Field)).Append(_lineEnd);
        return this;
    }

    public override string ToString() => _text.ToString();

    public TestExport Export() => TestExport.Of(ToString());

    /// <summary>A small table with what is awkward in them.</summary>
    public static TestExport Small() => new CsvExport(["id", "Author ID", "author", "timestamp", "text", "channel", "attachments"])
        .Add("1", "u1", "Ann", "2025-03-04T14:05:09Z", "the hall, \"upstairs\",\r\nis locked", "c1", "")
        .Add("2", "u2", "Bob \U0001F600", "1741097109", "é\u4F60", "c2", "https://example.org/a/plan.pdf?x=1 https://example.org/b.png")
        .Add("3", "u1", "Ann", "", "", "c1", "view.jpg")
        .Add("4", "u1", "Ann", "no time", "", "c1", "")
        .Export();

    private string Field(string field) =>
        _quoteAll || field.AsSpan().IndexOfAny("\"\r\n") >= 0 || field.Contains(_delimiter)
            ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : field;
}
