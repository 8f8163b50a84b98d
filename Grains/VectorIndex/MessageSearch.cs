using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex.Storage;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Searches by meaning: the vectors in memory, then the rows of what was found.</summary>
internal sealed class MessageSearch(LiveIndex live, WriteQueue writes, ReadConnections reads)
{
    private static readonly MessageFilter NoFilter = new();

    /// <summary>The messages nearest to a query, of those that fit its filter.</summary>
    public async Task<SearchResult> SearchAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        if (writes.State.Model is not { } model)
            return new SearchResult(true, []);
        if (model.Id != query.Model)
            return new SearchResult(false, []);

        var allowed = query.Filter == NoFilter
            ? null
            : await reads.ReadAsync(database => FilterRows.Find(database, query.Filter), cancellationToken);

        // Messages without a text, and those deleted meanwhile, are no hits: then more neighbours are asked for.
        for (var wanted = (long)query.Limit; ; wanted *= 4)
        {
            var neighbours = live.Search(query.Vector.Span, (int)Math.Min(wanted, int.MaxValue), allowed);
            var hits = await reads.ReadAsync(database => HitRows.Read(database, neighbours), cancellationToken);
            if (hits.Count >= query.Limit || neighbours.Count < wanted)
                return new SearchResult(true, hits.Count > query.Limit ? hits.GetRange(0, query.Limit) : hits);
        }
    }
}
