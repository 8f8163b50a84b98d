using System.IO.Hashing;
using System.Runtime.InteropServices;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>What a walk through a part counted and noticed.</summary>
/// <param name="format">The format's id.</param>
internal sealed class ReadingTally(string format)
{
    private const int MostNotes = 20;

    // Hashes, so that memory holds no names: of participants, and of conversations with a message.
    private readonly HashSet<ulong> _participants = [];
    private readonly HashSet<ulong> _conversations = [];

    // Conversations that have no id are told apart by their ordinals, which begin anew with each part.
    private readonly HashSet<int> _conversationsWithoutId = [];
    private int _withoutIdInOtherParts;
    private readonly Dictionary<string, long> _skipped = [];
    private readonly List<string> _assumptions = [];
    private readonly List<string> _warnings = [];
    private readonly AuthorHashes _authors = new();
    private ConversationRef? _last;
    private SentTime? _firstSent;
    private SentTime? _lastSent;
    private bool _assumedZone;
    private long _skippedEntries;

    /// <summary>The format's id.</summary>
    public string Format { get; } = format;

    /// <summary>Which of the format's shapes it is, in a few words.</summary>
    public string? Variant { get; set; }

    /// <summary>Whether nothing tells the format from another that the part may be of as well.</summary>
    public bool IsGuess { get; set; }

    /// <summary>Messages so far.</summary>
    public long Messages { get; private set; }

    /// <summary>Entries so far, messages and others.</summary>
    public long Entries => Messages + _skippedEntries;

    /// <summary>Conversations with a message so far.</summary>
    public int Conversations => _conversations.Count + _conversationsWithoutId.Count + _withoutIdInOtherParts;

    /// <summary>What was odd so far.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>When the first message in time was sent.</summary>
    public DateTimeOffset? FirstSentAt => _firstSent?.At;

    /// <summary>When the last message in time was sent.</summary>
    public DateTimeOffset? LastSentAt => _lastSent?.At;

    /// <summary>A hash of the author of the message that was counted last; 0 where it has none.</summary>
    public ulong AuthorHash { get; private set; }

    /// <summary>Counts a message.</summary>
    public void Count(ConversationRef conversation, in MessageDraft draft)
    {
        Messages++;
        if (!ReferenceEquals(conversation, _last))
        {
            _last = conversation;
            if (conversation.Id is { } id)
                _conversations.Add(Hash(id, (long)Hash(conversation.Platform, 1)));
            else
                _conversationsWithoutId.Add(conversation.Ordinal);
        }

        AuthorHash = 0;
        if ((draft.AuthorId ?? draft.Author) is { } author)
        {
            AuthorHash = _authors.Of(author, out var counted);
            if (!counted)
                _participants.Add(AuthorHash);
        }

        if (draft.Sent is not { } sent)
            return;
        if (_firstSent is not { } first || sent.UtcTicks < first.UtcTicks)
            _firstSent = sent;
        if (_lastSent is not { } last || sent.UtcTicks > last.UtcTicks)
            _lastSent = sent;
        if (sent.Zone == SentZone.Assumed && !_assumedZone)
        {
            _assumedZone = true;
            Assume("times without a time zone are taken as UTC; ?timezone= says where they are from");
        }
    }

    /// <summary>Takes messages back that a damage kept from being read.</summary>
    /// <param name="messages">How many are left.</param>
    public void KeepOnly(long messages) => Messages = Math.Min(Messages, messages);

    /// <summary>Counts entries that are no messages.</summary>
    public void Skip(string reason, long count)
    {
        _skippedEntries += count;
        _skipped[reason] = _skipped.GetValueOrDefault(reason) + count;
    }

    /// <summary>Notes what was taken for granted, in a sentence; once however often it is said.</summary>
    public void Assume(string what) => Note(_assumptions, what);

    /// <summary>Notes what is odd, in a sentence; once however often it is said.</summary>
    public void Warn(string what) => Note(_warnings, what);

    /// <summary>Adds what another part of the same format counted.</summary>
    public void Add(ReadingTally other)
    {
        Messages += other.Messages;
        Variant ??= other.Variant;
        _participants.UnionWith(other._participants);
        _conversations.UnionWith(other._conversations);
        _withoutIdInOtherParts += other.Conversations - other._conversations.Count;
        foreach (var (reason, count) in other._skipped)
            Skip(reason, count);
        other._assumptions.ForEach(Assume);
        other._warnings.ForEach(Warn);
        if (other._firstSent is { } first && !(_firstSent?.UtcTicks <= first.UtcTicks))
            _firstSent = first;
        if (other._lastSent is { } last && !(_lastSent?.UtcTicks >= last.UtcTicks))
            _lastSent = last;
    }

    /// <summary>The report of what was counted.</summary>
    public FileReport ToReport() => new(Format, Conversations, Messages, new Dictionary<string, long>(_skipped))
    {
        Variant = Variant,
        Participants = _participants.Count,
        FirstSentAt = FirstSentAt,
        LastSentAt = LastSentAt,
        Assumptions = [.. _assumptions],
        Warnings = [.. _warnings],
    };

    private static void Note(List<string> notes, string what)
    {
        if (notes.Count < MostNotes && !notes.Contains(what))
            notes.Add(what);
    }

    private static ulong Hash(string text, long seed) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()), seed);
}
