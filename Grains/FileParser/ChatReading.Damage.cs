using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;

namespace ChatAnalysis.Grains.FileParser;

/// <content>
/// Walks from entry to entry, from line to line and from file to file; where damages are kept, past those that are damaged. What comes
/// first of the three, from the inside, goes on.
/// </content>
internal sealed partial class ChatReading
{
    /// <summary>Why an entry is skipped that was passed over.</summary>
    internal const string Damaged = "damaged";

    private DamageLog? _damages;
    private ForgivingFile? _forgiving;
    private JsonMark _line;
    private JsonKind _lineKind;
    private long _countedBeforeEntry;
    private long _lost;
    private long _countedBeforeFile;
    private bool _isUnreadable;

    /// <summary>Whether the walk goes on past damages. It does not in files that only tell about the part, whatever the setting.</summary>
    public bool Keeps { get; init; }

    /// <summary>Whether entries are read again in another order: of a file that cannot be unpacked nothing can be read then.</summary>
    public bool IsReadAgain { get; private set; }

    /// <summary>The damages that the walk went past.</summary>
    public IReadOnlyList<KeptDamage> Damages => _damages?.All ?? [];

    /// <summary>What is wrong with how the file at hand is packed, as far as the walk saw it and went on.</summary>
    public string? Broken => _forgiving?.Damage;

    private bool MayGoOn => Keeps && Disowned is null && Fault is not null;

    /// <summary>
    /// To be asked at a fault by readers that hold messages back until they are in order: whether those are to be handed on all the same,
    /// as damages are kept. The walk then goes on for these, and the fault is told at its end.
    /// </summary>
    public bool HandsOnHeld()
    {
        _handsOn = Disowned is null && Fault is not null && Parsing.OnDamage == OnDamage.Keep

            // What cannot be unpacked rightly cannot be read again either.
            && (File.Path.Length == 0 || File.Check() is null);
        return _handsOn;
    }

    /// <summary>Goes into the array at hand, whose entries are messages, conversations or the like.</summary>
    /// <param name="name">Its name, for the place of a fault.</param>
    /// <param name="counts">Whether an entry that is passed over is counted; not so where the list is walked through once more.</param>
    public ListWalk EnterList(string? name, bool counts = true) => new(this, name, counts);

    /// <summary>To be told by readers that read entries again in another order, before they begin.</summary>
    /// <returns>Whether what stands between them may be damaged.</returns>
    public bool ReadsAgain()
    {
        IsReadAgain = true;
        return Keeps;
    }

    /// <summary>Goes to the next document: the root, or one of the values of a file of lines.</summary>
    /// <returns>False behind the last one, and where the walk has ended.</returns>
    public bool NextLine()
    {
        do
        {
            if (!GoesOn)
                continue;
            Json.Skip();
            if (!GoesOn)
                continue;
            _lineKind = JsonKind.None;
            if (Json.NextDocument())
            {
                Entry = default;
                _line = Begin();
                _lineKind = Json.Kind;
                return true;
            }
        }
        while (GoOnInNextLine());
        return false;
    }

    /// <summary>Passes over a list that is come back to: what is damaged in it is found then.</summary>
    public void PassOverForNow(JsonMark list)
    {
        if (Keeps && GoesOn)
            Json.PassOver(list);
    }

    /// <summary>
    /// To be told by readers that hold back what an entry has, where a damage breaks it off: the messages that they drop then.
    /// </summary>
    public void Lose(long messages) => _lost = messages;

    /// <summary>Goes to the part's next file; false after the last, and where the walk has ended.</summary>
    public bool NextFile()
    {
        if (Disowned is not null || _file == _files.Count - 1)
            return false;
        if (Fault is not null && !MayGoOn)
            return false;
        NoteEndOfFile(isLast: false);
        _isUnreadable |= Broken is not null || (Fault is not null && IsSurvey && File.Check() is not null);
        Close();
        _fault = null;
        _handsOn = false;
        _lost = 0;
        _file++;
        _countedBeforeFile = Tally.Entries;
        Entry = default;
        return true;
    }

    /// <summary>
    /// Passes over something that is damaged, where damages are kept; ends the walk where not. For what is not JSON: the reader itself
    /// knows where it goes on.
    /// </summary>
    /// <param name="detail">What is wrong and what would be right. Never a message's text.</param>
    /// <param name="offset">The byte where it shows.</param>
    /// <returns>Whether the walk goes on.</returns>
    public bool SkipDamaged(string detail, long offset)
    {
        Reject(detail, offset);
        if (!MayGoOn || _json is not null || IsTooMuch)
            return false;
        NoteDamage(_fault!);
        _fault = null;
        Skip(Damaged);
        return true;
    }

    /// <summary>Notes what ended the file at hand, if anything did.</summary>
    /// <param name="isLast">Whether the walk ends with it.</param>
    public void NoteEndOfFile(bool isLast)
    {
        if (!IsSurvey || Disowned is not null)
            return;
        var error = Fault is { } fault ? PartReader.Damage(this, fault, _pass.BufferBytes)
            : Broken is { } broken ? PartReader.Damage(File, broken)
            : null;
        if (error is null)
            return;
        // What is put in order is counted at its end.
        var isNothing = IsReadAgain ? isLast && Tally.Messages == 0 : Tally.Entries == _countedBeforeFile;
        (_damages ??= new DamageLog()).EndFile(error, isNothing ? "it was not read" : "what follows there was not read");
    }

    /// <summary>Begins an entry behind which the walk may have to go on.</summary>
    internal JsonMark Begin()
    {
        _countedBeforeEntry = Tally.Entries;
        return Json.Mark();
    }

    /// <summary>Goes on behind an entry in which a damage shows, where damages are kept.</summary>
    internal bool GoOnBehind(JsonMark entry, bool counts)
    {
        if (!MayGoOn || _fault is not null || IsTooMuch)
            return false;
        var fault = Fault!;
        if (!Json.PassOver(entry))
            return false;
        _handsOn = false;
        if (counts)
            Count(fault, isEntry: true);
        return true;
    }

    private bool IsTooMuch => _damages?.Entries >= DamageLog.MostEntries;

    private bool GoOnInNextLine()
    {
        // An array is no line, but all there is.
        if (!MayGoOn || _fault is not null || _lineKind == JsonKind.Array || IsTooMuch)
            return false;
        var fault = Fault!;
        var isWithin = _lineKind != JsonKind.None;
        if (!Json.PassLine(isWithin ? _line.Offset : fault.Offset, out var shows))
            return false;
        _handsOn = false;
        Count(fault with { Offset = shows }, isWithin);
        return true;
    }

    /// <summary>
    /// Counts what was passed over, with what was held back of it; an entry whose damage shows behind all that it holds was counted before.
    /// </summary>
    private void Count(JsonFault fault, bool isEntry)
    {
        NoteDamage(fault);
        var isCounted = isEntry && Tally.Entries > _countedBeforeEntry;
        if (_lost > 0 || !isCounted)
            Skip(Damaged, Math.Max(1, _lost));
        _lost = 0;
    }

    private void NoteDamage(JsonFault fault) =>
        (_damages ??= new DamageLog()).PassEntry(IsSurvey ? () => PartReader.Damage(this, fault, _pass.BufferBytes) : null);
}
