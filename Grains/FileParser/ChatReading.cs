using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser;

/// <summary>One walk through a part of an export by a format's reader: where it stands, what it counted, why it ended early.</summary>
internal sealed partial class ChatReading : IDisposable
{
    /// <summary>What a reader yields in place of a message that is only counted.</summary>
    private static readonly ParsedMessage Counted = new(-1, new ConversationRef(0, "", null, null), null, null, null, null, "");

    private const int RememberedClocks = 4096;

    private readonly IReadOnlyList<ExportFile> _files;
    private readonly ReadingPass _pass;
    // Nearly always all conversations of a walk are of one kind: only the others are kept.
    private readonly Dictionary<int, MessageIdentity> _otherIdentities = [];
    private readonly RecentOnes<int, LocalClock> _clocks = new(RememberedClocks);
    private MessageIdentity? _identity;
    private DerivedIds? _derivedIds;
    private (int Key, LocalClock? Clock) _lastClock;
    private IByteSource? _bytes;
    private JsonScanner? _json;
    private JsonFault? _fault;
    private bool _handsOn;
    private int _file;
    private int _conversations;

    /// <summary>Begins a walk.</summary>
    /// <param name="files">The part's files; the first is at hand.</param>
    /// <param name="format">The format's id.</param>
    /// <param name="pass">What the walk is for.</param>
    /// <param name="companion">What the files beside the part tell.</param>
    public ChatReading(IReadOnlyList<ExportFile> files, string format, ReadingPass pass, object? companion = null)
    {
        _files = files;
        _pass = pass;
        Platform = format;
        Companion = companion;
        Tally = new ReadingTally(format);
    }

    /// <summary>Conversations begun so far.</summary>
    public int Conversations => _conversations;

    /// <summary>The file at hand.</summary>
    public ExportFile File => _files[_file];

    /// <summary>Its JSON. Nobody may ask for its bytes or text besides.</summary>
    public JsonScanner Json => _json ??= _pass.Scan(Bytes, WantsTexts);

    /// <summary>Its bytes, for what is not JSON.</summary>
    public IByteSource Bytes => _bytes ??= Open();

    /// <summary>What the format made of the files that accompany the part; null where there are none.</summary>
    public object? Companion { get; }

    /// <summary>What the client said of how to read.</summary>
    public ReadingOptions Options => _pass.Options;

    /// <summary>The name that the client gave the upload, which may be an archive's; null where it has none of its own.</summary>
    public string? UploadName => _pass.UploadName;

    /// <summary>Whether the upload has a file of this name, in whichever folder.</summary>
    public bool HasFile(string name) => _pass.FileNames is not { } names || names.Value.Contains(name);

    /// <summary>What is set for all files.</summary>
    public ParsingOptions Parsing => _pass.Parsing;

    /// <summary>Where the conversations come from: the format's id, unless the reader knows better.</summary>
    public string Platform { get; set; }

    /// <summary>What was counted so far.</summary>
    public ReadingTally Tally { get; }

    /// <summary>Why the walk ended early, if it did.</summary>
    public JsonFault? Fault => _fault ?? _json?.Fault;

    /// <summary>The entry that is being read, such as messages[17]: its list's name and its index; none where the name is null.</summary>
    public (string? List, long Index) Entry { get; private set; }

    /// <summary>Set once the file proves not to be of this format, in words that say why.</summary>
    public string? Disowned { get; private set; }

    /// <summary>Whether the walk goes on: nothing was wrong so far, or what was read before is still being handed on.</summary>
    public bool GoesOn => Disowned is null && (_handsOn || Fault is null);

    /// <summary>Whether the next message's text is wanted, or it is only counted.</summary>
    public bool WantsTexts => _found is null && _pass.FirstOrdinal + Tally.Messages >= _pass.From;

    /// <summary>Whether the part is only checked and counted.</summary>
    public bool IsSurvey => _pass.IsSampling;

    /// <summary>Whether an earlier walk has found the part to be whole.</summary>
    public bool IsChecked => _pass.Trusted;

    /// <summary>The window of a file that is kept in memory.</summary>
    public int BufferBytes => _pass.BufferBytes;

    /// <summary>How many cores the walk may keep busy.</summary>
    public int Workers => _pass.Workers;

    /// <summary>Whether the text of some message that follows may be wanted, the next one's or another's.</summary>
    public bool MayWantTexts => _found is null && !_pass.IsSampling;

    /// <summary>Begins a conversation. Its messages need not follow each other.</summary>
    /// <param name="id">Its id in the export; null where it has none.</param>
    /// <param name="title">Its title; null where it has none.</param>
    /// <param name="participants">Those whom the export names as such.</param>
    /// <param name="identity">
    /// How its messages are told apart. A conversation without an id may be continued by a later export: it is recognised by the messages
    /// that both hold, as far as these have a time and an id of their own or one that is derived.
    /// </param>
    public ConversationRef Conversation(
        string? id, string? title = null, IReadOnlyList<string>? participants = null, MessageIdentity identity = MessageIdentity.ExportId)
    {
        var ordinal = _pass.FirstConversation + _conversations++;
        _identity ??= identity;
        if (identity != _identity)
            _otherIdentities[ordinal] = identity;
        return new ConversationRef(ordinal, Platform, id, title)
        {
            Participants = participants ?? [],
            Sample = id is null ? _pass.SampleOf(ordinal) : [],
        };
    }

    /// <summary>Counts a message and makes it, where it is wanted; one in which a fault was found is none.</summary>
    public ParsedMessage Message(ConversationRef conversation, in MessageDraft draft)
    {
        // What a fault has broken off is no message; the next run ends before it too.
        if (!GoesOn)
            return Counted;
        var ordinal = _pass.FirstOrdinal + Tally.Messages;
        Tally.Count(conversation, draft);
        _watch?.See(conversation, draft.Sent);
        var id = Identify(conversation, draft, isWanted: _found is null && ordinal >= _pass.From);
        if (_found is not null)
        {
            _found.Add(conversation, draft.Sent, Place, Note, Before);
            return Counted;
        }

        if (_json is { } json)
            json.WantsTexts = ordinal + 1 >= _pass.From;
        if (ordinal < _pass.From)
            return Counted;
        return new ParsedMessage(ordinal, conversation, id, draft.Author, draft.Role, draft.Sent?.At, draft.Text)
        {
            Zone = draft.Sent?.Zone ?? SentZone.Exact,
            AuthorId = draft.AuthorId,
            ReplyTo = draft.ReplyTo,
            Attachments = draft.Attachments ?? [],
            Edited = draft.Edited,
        };
    }

    /// <summary>The moment of a time on a clock whose zone the export does not tell. To be asked in a conversation's order.</summary>
    public SentTime Local(ConversationRef? conversation, DateTime local)
    {
        // Without a zone no clock differs from another.
        var key = _pass.TimeZone is null ? -1 : conversation?.Ordinal ?? -1;
        if (_lastClock.Clock is null || _lastClock.Key != key)
        {
            if (_clocks.Find(key) is not { } clock)
                _clocks.Add(key, clock = new LocalClock(_pass.TimeZone));
            _lastClock = (key, clock);
        }

        return _lastClock.Clock.At(local);
    }

    /// <summary>Notes which entry is being read, for the place of a fault.</summary>
    public void At(string? list, long index = 0)
    {
        if (GoesOn)
            Entry = (list, index);
    }

    /// <summary>Goes into the entry at hand, which has to be an object; one that is null is counted as such.</summary>
    /// <param name="otherwise">What would be right, for an entry that is neither.</param>
    /// <returns>Whether there is anything to read in it.</returns>
    public bool EnterEntry(string otherwise)
    {
        if (Json.Kind == JsonKind.Null)
            Skip("null entry");
        else if (Json.Kind != JsonKind.Object)
            Reject(otherwise, Json.Offset);
        if (Json.Kind != JsonKind.Object || !GoesOn)
            return false;
        Json.Enter();
        return true;
    }

    /// <summary>Counts entries that are no messages.</summary>
    /// <param name="reason">What they are, in a few words of the field, such as "system message". Never of a message's text.</param>
    /// <param name="count">How many.</param>
    public void Skip(string reason, long count = 1)
    {
        if (GoesOn)
            Tally.Skip(reason, count);
    }

    /// <summary>Ends the walk: the value at <paramref name="offset"/> of the file at hand breaks the format's rules.</summary>
    /// <param name="detail">What is wrong and what would be right. Never a message's text.</param>
    /// <param name="offset">The byte where it shows.</param>
    public void Reject(string detail, long offset)
    {
        if (Fault is not null)
            return;
        if (_json is { } json)
            json.Reject(detail, offset);
        else
            _fault = new JsonFault(detail, offset);
    }

    /// <summary>Ends the walk: the file is of another format.</summary>
    public void Disown(string why) => Disowned ??= why;

    /// <summary>Closes the file at hand.</summary>
    public void Dispose() => Close();

    private IByteSource Open()
    {
        if (!Keeps || IsReadAgain)
            return File.Open();
        _forgiving = new ForgivingFile(File);
        return _forgiving.Open();
    }

    /// <summary>The id of a message, and whether it is one by which a conversation without an id is recognised.</summary>
    private string? Identify(ConversationRef conversation, in MessageDraft draft, bool isWanted)
    {
        var isSampled = _pass.IsSampling && conversation.Id is null;
        if (isSampled && _pass.IsFull)
            Tally.Warn("so many conversations without an id that the last of them are not recognised when they are imported again");

        // Ids that are mere numbers begin anew in each export: without a conversation's id, they identify nothing by themselves.
        if (draft.Id is { } given && (conversation.Id is not null || GivenId.IsUnique(given)))
        {
            if (isSampled && draft.Sent is { } at)
                _pass.Offer(conversation.Ordinal, given, at);
            return given;
        }

        if (draft.Sent is not { } sent || IdentityIn(conversation) is not (not MessageIdentity.ExportId and var identity))
            return draft.Id;

        // The survey asks for ids only by which conversations are recognised; whoever reads has to number them all.
        if (_pass.IsSampling && !(isSampled && _pass.MayTake(conversation.Ordinal, DerivedIds.OrderOf(sent))))
            return null;
        var derived = Derive(conversation, draft, sent, identity);
        Before = derived.Before;
        if (!isSampled)
            return isWanted ? derived.ToString() : null;
        _pass.Offer(conversation.Ordinal, derived.ToString(), sent);
        return null;
    }

    private DerivedId Derive(ConversationRef conversation, in MessageDraft draft, in SentTime sent, MessageIdentity identity)
    {
        if (_before is { } before)
            return DerivedIds.Of(draft, sent, Tally.AuthorHash, identity, before);
        return (_derivedIds ??= new DerivedIds()).Next(draft, sent, Tally.AuthorHash, conversation.Ordinal, identity);
    }

    /// <summary>How a conversation's messages are told apart.</summary>
    private MessageIdentity IdentityIn(ConversationRef conversation) =>
        _otherIdentities.Count > 0 && _otherIdentities.TryGetValue(conversation.Ordinal, out var other)
            ? other
            : _identity ?? MessageIdentity.ExportId;

    private void Close()
    {
        _fault ??= _json?.Fault;
        _json?.Dispose();
        _bytes?.Dispose();
        _json = null;
        _bytes = null;
        _forgiving = null;
    }
}
