using System.Text;
using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Json;
using CsvHelper;

namespace ChatAnalysis.Grains.FileParser.Formats.Csv;

/// <summary>Walks through a table's rows, and holds each to the columns that the first line names.</summary>
internal sealed class CsvRows : IDisposable
{
    private const string Quotes = "a field that begins with a quote has to end with one, and quotes in it have to be doubled";
    private const string TooLong = "a row longer than the setting Parsing:MaxMessageBytes allows";

    private readonly CheckedUtf8Stream _stream;
    private readonly int _maxMessageBytes;
    private readonly CsvColumns _columns;
    private readonly long _from;
    private CsvMalformedReason? _malformed;
    private long _index;

    /// <summary>Begins to read a table.</summary>
    /// <param name="source">The file.</param>
    /// <param name="columns">The columns that its first line names.</param>
    /// <param name="maxMessageBytes">How long a row may be.</param>
    /// <param name="goesOn">Whether bytes that are no UTF-8 damage but the row that they stand in.</param>
    /// <param name="from">The row to begin with, by its offset; 0 for the one that follows the columns' names.</param>
    public CsvRows(IByteSource source, CsvColumns columns, int maxMessageBytes, bool goesOn, long from = 0)
    {
        _from = from;
        _columns = columns;
        _maxMessageBytes = maxMessageBytes;
        _stream = new CheckedUtf8Stream(source, goesOn, from);
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

    /// <summary>Whether the fault is but a row's, behind which the table goes on.</summary>
    public bool IsOfRow { get; private set; }

    /// <summary>Goes on behind a row that has a fault.</summary>
    /// <returns>False where the table does not go on.</returns>
    public bool PassOver()
    {
        if (Fault is null || !IsOfRow)
            return false;
        (Fault, IsOfRow) = (null, false);
        return true;
    }

    /// <summary>Goes to the next row of a walk, past those that are damaged where damages are kept.</summary>
    /// <returns>False after the last, and where the walk has ended.</returns>
    public bool Next(ChatReading reading)
    {
        while (reading.GoesOn)
        {
            reading.At("rows", _index++);
            if (Next())
                return true;
            if (Fault is not { } fault)
                return false;
            if (!IsOfRow)
                reading.Reject(fault.Detail, fault.Offset);
            else if (reading.SkipDamaged(fault.Detail, fault.Offset))
                PassOver();
        }

        return false;
    }

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

        if (_stream.ReplacedIn(Offset, Offset + Row.RawRecord.Length) is { } replaced)
            return FailRow(CheckedUtf8Stream.NotUtf8, replaced);
        if (Row.RawRecord.Length > _maxMessageBytes)
            return FailRow(TooLong, Offset);
        if (_malformed is CsvMalformedReason.UnterminatedQuote)
            return Fail(Quotes);
        if (_malformed is CsvMalformedReason.TextAfterClosingQuote)
            return FailRow(Quotes, Offset);
        if (Row.FieldCount == _columns.Count || IsPadded())
            return true;
        return FailRow(
            $"a row of {Row.FieldCount} fields where the first line names {_columns.Count}: a field with line breaks or delimiters "
            + "in it has to stand in quotes",
            Offset);
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

    private bool FailRow(string detail, long offset)
    {
        Fault = new JsonFault(detail, offset);
        IsOfRow = true;
        return false;
    }
}
