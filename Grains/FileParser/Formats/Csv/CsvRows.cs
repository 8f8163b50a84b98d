using System.Text;
using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Json;
using CsvHelper;

namespace ChatAnalysis.Grains.FileParser.Formats.Csv;

/// <summary>Walks through a table's rows, and holds each to the columns that the first line names.</summary>
internal sealed class CsvRows : IDisposable
{
    private const string TooLong = "a row longer than the setting Parsing:MaxMessageBytes allows";

    private readonly CheckedUtf8Stream _stream;
    private readonly int _maxMessageBytes;
    private readonly CsvColumns _columns;
    private readonly long _from;
    private CsvMalformedReason? _malformed;

    /// <summary>Begins to read a table.</summary>
    /// <param name="source">The file.</param>
    /// <param name="columns">The columns that its first line names.</param>
    /// <param name="maxMessageBytes">How long a row may be.</param>
    /// <param name="from">The row to begin with, by its offset; 0 for the one that follows the columns' names.</param>
    public CsvRows(IByteSource source, CsvColumns columns, int maxMessageBytes, long from = 0)
    {
        _from = from;
        _columns = columns;
        _maxMessageBytes = maxMessageBytes;
        _stream = new CheckedUtf8Stream(source, from);
        Row = CsvReader.Create(_stream, new CsvReaderOptions
        {
            Separator = columns.Delimiter,
            HasHeader = false,
            MaxRecordSize = maxMessageBytes,
            Encoding = Encoding.UTF8,
            IncludeValuesInExceptions = false,
            OnMalformedRecord = found => _malformed = found.Reason,
        });
        if (from == 0)
            Next();
    }

    /// <summary>The row at hand.</summary>
    public CsvReader Row { get; }

    /// <summary>Where in the file the row at hand begins.</summary>
    public long Offset => _from + Row.ByteOffset;

    /// <summary>Why the walk ended early, if it did.</summary>
    public JsonFault? Fault { get; private set; }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False after the last, and where the walk has ended.</returns>
    public bool Next()
    {
        if (Fault is not null)
            return false;
        _malformed = null;
        try
        {
            if (!Row.Read())
            {
                Fault = _stream.Fault;
                return false;
            }
        }
        catch (CsvFormatException)
        {
            return Fail(TooLong);
        }

        // Where bytes are wrong, the last row may lack its end.
        if (_stream.Fault is { } broken && Offset + Row.RawRecord.Length >= broken.Offset)
        {
            Fault = broken;
            return false;
        }

        if (Row.RawRecord.Length > _maxMessageBytes)
            return Fail(TooLong);
        if (_malformed is CsvMalformedReason.UnterminatedQuote or CsvMalformedReason.TextAfterClosingQuote)
            return Fail("a field that begins with a quote has to end with one, and quotes in it have to be doubled");
        if (Row.FieldCount == _columns.Count || IsPadded())
            return true;
        return Fail($"a row of {Row.FieldCount} fields where the first line names {_columns.Count}: a field with line breaks or delimiters "
            + "in it has to stand in quotes");
    }

    /// <summary>Closes what was opened.</summary>
    public void Dispose()
    {
        Row.Dispose();
        _stream.Dispose();
    }

    /// <summary>Whether only empty fields follow the last column, as spreadsheets write them.</summary>
    private bool IsPadded()
    {
        for (var i = _columns.Count; i < Row.FieldCount; i++)
            if (!Row.IsEmpty(i))
                return false;
        return Row.FieldCount > _columns.Count;
    }

    private bool Fail(string detail)
    {
        Fault = new JsonFault(detail, Offset);
        return false;
    }
}
