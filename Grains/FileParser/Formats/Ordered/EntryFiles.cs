using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;

namespace ChatAnalysis.Grains.FileParser.Formats.Ordered;

/// <summary>The files of a part whose entries are read in another order than they stand in, and the authors found in them.</summary>
/// <param name="reading">The walk through the part.</param>
/// <param name="window">How much of a file is kept in memory.</param>
internal sealed class EntryFiles(ChatReading reading, int window = 16 * 1024) : IDisposable
{
    private const int HeldUpTo = 1024 * 1024;
    private const int MostOpen = 16;

    private readonly List<ExportFile> _files = [];
    private readonly Dictionary<int, (IByteSource Bytes, JsonScanner Json)> _open = [];
    private readonly List<int> _lastUsed = []; // those that are open, the least recently used first
    private readonly Dictionary<(string? Name, string? Id), int> _authorNumbers = [];
    private readonly List<(string? Name, string? Id)> _authors = [];
    private readonly bool _keeps = reading.ReadsAgain();
    private readonly HeldNames _names = new();

    /// <summary>The number of the file at hand.</summary>
    public int Number
    {
        get
        {
            if (_files.Count == 0 || _files[^1] != reading.File)
                _files.Add(reading.File);
            return _files.Count - 1;
        }
    }

    /// <summary>The number of an author; null where there are more than can be held, which ends the walk.</summary>
    public int? NumberOf(string? name, string? id)
    {
        if (_authorNumbers.TryGetValue((name, id), out var number))
            return number;
        if (!_names.Hold(reading, name, id))
            return null;
        _authors.Add((name, id));
        return _authorNumbers[(name, id)] = _authors.Count - 1;
    }

    /// <summary>The author with a number.</summary>
    public (string? Name, string? Id) Author(int number) => _authors[number];

    /// <summary>Takes the name of a chat into account; see <see cref="HeldNames"/>.</summary>
    public bool HoldName(string name) => _names.Hold(reading, name);

    /// <summary>The JSON of a file, to be gone through in any order.</summary>
    public JsonScanner Json(int file) => OpenOrOpened(file).Json;

    /// <summary>The bytes of a file, to be read in any order.</summary>
    public IByteSource Bytes(int file) => OpenOrOpened(file).Bytes;

    /// <summary>Closes what is open.</summary>
    public void Dispose()
    {
        foreach (var open in _open.Values)
            Close(open);
        _open.Clear();
        _lastUsed.Clear();
    }

    private (IByteSource Bytes, JsonScanner Json) OpenOrOpened(int file)
    {
        if (_open.TryGetValue(file, out var open))
        {
            if (_lastUsed[^1] != file)
            {
                _lastUsed.Remove(file);
                _lastUsed.Add(file);
            }

            return open;
        }

        if (_open.Count == MostOpen && _open.Remove(_lastUsed[0], out var oldest))
        {
            _lastUsed.RemoveAt(0);
            Close(oldest);
        }

        var bytes = Open(_files[file]);
        var json = new JsonScanner(bytes, reading.Parsing.MaxMessageBytes, trusted: true, window) { IsLenient = _keeps };
        _lastUsed.Add(file);
        return _open[file] = (bytes, json);
    }

    private static IByteSource Open(ExportFile file)
    {
        if (file.Path.Length == 0)
            return file.Open();
        if (file.Size <= HeldUpTo)
        {
            using var source = file.Open();
            if (HeldBytes.TryHold(source, HeldUpTo) is { } held)
                return held;
        }

        return file.OpenAnywhere();
    }

    private static void Close((IByteSource Bytes, JsonScanner Json) open)
    {
        open.Json.Dispose();
        open.Bytes.Dispose();
    }
}
