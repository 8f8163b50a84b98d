using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser;

/// <summary>What the beginning of a file holds: of JSON, which keys lead where; of any text, its first lines.</summary>
/// <remarks>
/// A path is written as one would in code, from the root: <c>messages</c>, <c>messages[].text</c>; with an array as root
/// <c>[]</c>, <c>[].utterances[].text</c>. In a file of lines each line is a root of its own, and their paths are one set.
/// </remarks>
internal sealed class FileSketch
{
    /// <summary>How long a text may be to be kept.</summary>
    public const int TextLengthKept = 64;

    private const int PathsNoted = 4096;
    private const int KeysShown = 12;
    private const int KeyLengthShown = 40;

    private readonly Dictionary<string, JsonKind> _kinds = [];
    private readonly Dictionary<string, string> _texts = [];
    private readonly List<string> _rootKeys = [];

    /// <summary>What the file is by its first bytes.</summary>
    public FileKind Kind { get; init; }

    /// <summary>Its first lines, where it is text or JSON; without their ends, a long one cut.</summary>
    public IReadOnlyList<string> FirstLines { get; init; } = [];

    /// <summary>What is wrong with its JSON as far as it was looked at, if anything is.</summary>
    public JsonFault? Fault { get; set; }

    /// <summary>Roots seen: 1, or more in a file of lines.</summary>
    public int Documents { get; set; }

    /// <summary>The kind of the first root.</summary>
    public JsonKind Root { get; set; }

    /// <summary>The kinds of value that a path led to.</summary>
    public JsonKind KindsAt(string path) => _kinds.GetValueOrDefault(path);

    /// <summary>Whether a path led anywhere.</summary>
    public bool Has(string path) => _kinds.ContainsKey(path);

    /// <summary>The first text that a path led to, where it is at most <see cref="TextLengthKept"/> long; else null.</summary>
    public string? TextAt(string path) => _texts.GetValueOrDefault(path);

    /// <summary>Notes a text.</summary>
    public void NoteText(string path, string text)
    {
        if (text.Length <= TextLengthKept && _texts.Count < PathsNoted)
            _texts.TryAdd(path, text);
    }

    /// <summary>Notes a value.</summary>
    public void Note(string path, JsonKind kind)
    {
        if (_kinds.TryGetValue(path, out var seen))
            _kinds[path] = seen | kind;
        else if (_kinds.Count < PathsNoted)
            _kinds[path] = kind;
    }

    /// <summary>Notes a key of a root and its value.</summary>
    public void NoteRootKey(string key, JsonKind kind)
    {
        if (!Has(key) && _rootKeys.Count < PathsNoted)
            _rootKeys.Add(key);
        Note(key, kind);
    }

    /// <summary>What was seen, for the person whose file was refused: keys only, cut where they are many or long.</summary>
    public string Describe() => Root switch
    {
        _ when Kind == FileKind.Text => "text, but not as any known chat writes it",
        JsonKind.Object when Documents > 1 => $"lines of JSON objects with {Keys(_rootKeys)}",
        JsonKind.Object => $"a JSON object with {Keys(_rootKeys)}",
        JsonKind.Array when KindsAt("[]").HasFlag(JsonKind.Object) => $"a JSON array of objects with {Keys(KeysBelow("[]."))}",
        JsonKind.Array => Has("[]") ? $"a JSON array of values of the kind {KindsAt("[]")}" : "an empty JSON array",
        JsonKind.None => "blank",
        _ => $"JSON values of the kind {Root}",
    };

    private IEnumerable<string> KeysBelow(string prefix) =>
        from path in _kinds.Keys
        where path.StartsWith(prefix, StringComparison.Ordinal) && !path.AsSpan(prefix.Length).ContainsAny('.', '[')
        select path[prefix.Length..];

    private static string Keys(IEnumerable<string> keys)
    {
        var shown = keys.Take(KeysShown + 1).Select(Shown).ToList();
        if (shown.Count == 0)
            return "no keys";
        if (shown.Count > KeysShown)
            shown[KeysShown] = "…";
        return $"the keys {string.Join(", ", shown)}";
    }

    private static string Shown(string key)
    {
        var visible = string.Concat(key.Take(KeyLengthShown).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
        return key.Length > KeyLengthShown ? visible + "…" : visible;
    }
}
