using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>What a walk through a part is for: to check and count it, or to read its messages.</summary>
internal sealed class ReadingPass
{
    // All samples together are to stay in memory, whatever the number of conversations.
    private const int MostMarks = 500_000;

    private readonly Dictionary<int, ConversationSample> _samples = [];
    private readonly IReadOnlyDictionary<int, IReadOnlyList<MessageMark>>? _known;

    private (int Conversation, ConversationSample? Sample) _last = (-1, null);
    private int _marks;

    private ReadingPass(ParsingOptions parsing, ReadingOptions options, TimeZoneInfo? timeZone, int bufferBytes)
    {
        Parsing = parsing;
        Options = options;
        TimeZone = timeZone;
        BufferBytes = bufferBytes;
    }

    private ReadingPass(ReadingPass survey, bool trusted, long firstOrdinal, int firstConversation, long from)
        : this(survey.Parsing, survey.Options, survey.TimeZone, survey.BufferBytes)
    {
        _known = survey.Chosen;
        IsToBeSorted = survey.IsToBeSorted;
        Trusted = trusted;
        FirstOrdinal = firstOrdinal;
        FirstConversation = firstConversation;
        From = from;
    }

    /// <summary>What is set for all files.</summary>
    public ParsingOptions Parsing { get; }

    /// <summary>What the client said.</summary>
    public ReadingOptions Options { get; }

    /// <summary>The zone that the client named.</summary>
    public TimeZoneInfo? TimeZone { get; }

    /// <summary>The window of a file that is kept in memory.</summary>
    public int BufferBytes { get; }

    /// <summary>The name that the client gave the upload; null where it has none of its own.</summary>
    public string? UploadName { get; init; }

    /// <summary>The names of the upload's files.</summary>
    public Lazy<IReadOnlySet<string>>? FileNames { get; init; }

    /// <summary>Whether an earlier walk has checked the files.</summary>
    public bool Trusted { get; }

    /// <summary>Whether the survey found messages that do not stand in the order of time, and that can be put into it.</summary>
    public bool IsToBeSorted { get; set; }

    /// <summary>The ordinal of the part's first message.</summary>
    public long FirstOrdinal { get; }

    /// <summary>The ordinal of the part's first conversation.</summary>
    public int FirstConversation { get; }

    /// <summary>The first ordinal whose message is wanted; those before are counted only.</summary>
    public long From { get; } = long.MaxValue;

    /// <summary>What was sampled of conversations that a later export may continue, by their ordinals within the part.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<MessageMark>> Chosen =>
        _known ?? _samples.ToDictionary(sample => sample.Key, sample => sample.Value.ToList());

    /// <summary>A walk that checks and counts.</summary>
    public static ReadingPass ToSurvey(
        ParsingOptions parsing, ReadingOptions options, TimeZoneInfo? timeZone, int bufferBytes, string? uploadName = null,
        Lazy<IReadOnlySet<string>>? fileNames = null) =>
        new(parsing, options, timeZone, bufferBytes) { UploadName = uploadName, FileNames = fileNames };

    /// <summary>The walk that reads, after this one which has surveyed the part.</summary>
    /// <param name="trusted">Whether the part was found to be whole.</param>
    /// <param name="firstOrdinal">The ordinal of the part's first message.</param>
    /// <param name="firstConversation">The ordinal of its first conversation.</param>
    /// <param name="from">The first ordinal that is wanted.</param>
    public ReadingPass ToRead(bool trusted, long firstOrdinal, int firstConversation, long from) =>
        new(this, trusted, firstOrdinal, firstConversation, from) { UploadName = UploadName, FileNames = FileNames };

    /// <summary>A scanner over a file of the part.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="wantsTexts">Whether texts are wanted there.</param>
    public JsonScanner Scan(IByteSource bytes, bool wantsTexts) =>
        new(bytes, Parsing.MaxMessageBytes, Trusted, BufferBytes) { WantsTexts = wantsTexts };

    /// <summary>Whether messages are still chosen by which conversations without an id are recognised.</summary>
    public bool IsSampling => _known is null;

    /// <summary>Whether there are so many that conversations which begin now are not recognised.</summary>
    public bool IsFull => _marks >= MostMarks;

    /// <summary>Whether a derived id of an order may be among those by which its conversation is recognised.</summary>
    public bool MayTake(int conversation, uint order) =>
        SampleFor(conversation) is { } sample && DerivedId.PrefixOf(order) <= sample.LargestPrefix;

    /// <summary>Takes a message into account by which its conversation may be recognised.</summary>
    public void Offer(int conversation, string id, SentTime sent)
    {
        if (SampleFor(conversation) is not { } sample)
            return;
        var before = sample.Count;
        sample.Offer(id, sent.At);
        _marks += sample.Count - before;
    }

    /// <summary>What the survey sampled of a conversation; nothing during the survey itself.</summary>
    public IReadOnlyList<MessageMark> SampleOf(int conversation) =>
        _known?.GetValueOrDefault(conversation - FirstConversation) ?? [];

    private ConversationSample? SampleFor(int conversation)
    {
        if (_last.Conversation == conversation)
            return _last.Sample;
        if (_known is not null)
            return null;
        if (!_samples.TryGetValue(conversation, out var sample) && _marks < MostMarks)
            _samples[conversation] = sample = new ConversationSample();
        _last = (conversation, sample);
        return sample;
    }
}
