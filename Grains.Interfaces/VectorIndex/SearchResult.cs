namespace ChatAnalysis.Grains.Interfaces;

/// <summary>The answer to a search.</summary>
/// <param name="ModelMatches">False where the query's vector is of another model than the index: then nothing was compared.</param>
/// <param name="Hits">Best first; fewer than asked for where the index holds fewer.</param>
public sealed record SearchResult(bool ModelMatches, IReadOnlyList<SearchHit> Hits);
