namespace ChatAnalysis.Gateway.Search;

/// <summary>The answer to a search.</summary>
/// <param name="Hits">Best first.</param>
internal sealed record SearchAnswer(IReadOnlyList<HitAnswer> Hits);
