using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex.Storage;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Recognises a conversation that has no id by the messages that an earlier import brought.</summary>
/// <remarks>
/// The messages both hold must be most of what both should hold: of those in the time that both cover, at least half, seen from
/// either side. So a text that was sent to fifty chats does not make them one.
/// </remarks>
internal static class ConversationRecognition
{
    private const int EnoughHits = 3;

    /// <summary>
    /// The known conversations that are the same one, best first: several where earlier exports held parts with a gap between them.
    /// </summary>
    public static List<long> Find(DatabaseConnection database, ConversationRef conversation)
    {
        var candidates = FindCandidates(database, conversation);
        if (candidates.Count == 0)
            return [];
        var sample = SampledSpan.Of(conversation.Sample);
        return
        [
            .. candidates
                .Where(candidate => IsSame(database, conversation, sample, candidate))
                .OrderByDescending(candidate => candidate.Hits.Count)
                .ThenBy(candidate => candidate.Conversation)
                .Select(candidate => candidate.Conversation),
        ];
    }

    private static List<Candidate> FindCandidates(DatabaseConnection database, ConversationRef conversation)
    {
        var candidates = new Dictionary<long, Candidate>();
        foreach (var mark in conversation.Sample)
        {
            foreach (var (holder, author) in MarkRows.FindHolders(database, conversation.Platform, mark.Id))
            {
                if (!candidates.TryGetValue(holder, out var candidate))
                    candidates.Add(holder, candidate = new Candidate(holder, [], []));
                candidate.Hits.Add(mark.Id);
                if (author is not null)
                    candidate.Authors.Add(author);
            }
        }

        return [.. candidates.Values];
    }

    private static bool IsSame(DatabaseConnection database, ConversationRef conversation, SampledSpan sample, Candidate candidate)
    {
        var title = ConversationRows.Title(database, candidate.Conversation);
        var sameTitle = title is not null && title == conversation.Title;
        var otherTitle = title is not null && conversation.Title is not null && !sameTitle;

        // What one person sent to many, each of whom answered nothing that is in both.
        if (otherTitle && candidate.Authors.Count < 2)
            return false;
        if (candidate.Hits.Count < EnoughHits && !(sameTitle && IsWholeOfSmaller(database, conversation, candidate)))
            return false;
        return 2 * candidate.Hits.Count >= CountExpected(database, conversation, candidate)
            && 2 * candidate.Hits.Count >= ConversationRows.CountCovered(database, candidate.Conversation, sample);
    }

    private static bool IsWholeOfSmaller(DatabaseConnection database, ConversationRef conversation, Candidate candidate) =>
        candidate.Hits.Count == conversation.Sample.Count
        || candidate.Hits.Count == ConversationRows.Count(database, candidate.Conversation);

    /// <summary>How many of the sampled messages the known conversation should hold if it is the same.</summary>
    private static int CountExpected(DatabaseConnection database, ConversationRef conversation, Candidate candidate)
    {
        // While a file of it is being read, not all of its messages are there yet; but what was sampled of them is.
        var spans = MarkRows.SpansOf(database, candidate.Conversation);
        var stored = spans.Count == 0 ? ConversationRows.Span(database, candidate.Conversation) : null;
        return conversation.Sample.Count(mark =>
            candidate.Hits.Contains(mark.Id)
            || spans.Any(span => span.Covers(mark))
            || (stored is { } known && mark.SentAt >= known.First && mark.SentAt <= known.Last));
    }

    /// <summary>A conversation that holds some of the sampled messages.</summary>
    /// <param name="Conversation">Its row.</param>
    /// <param name="Hits">Which of them.</param>
    /// <param name="Authors">Who wrote those that are stored.</param>
    private sealed record Candidate(long Conversation, HashSet<string> Hits, HashSet<string> Authors);
}
