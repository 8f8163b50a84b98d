namespace ChatAnalysis.Grains.Interfaces;

/// <summary>A message of a conversation that is to be recognised.</summary>
/// <param name="Id">The id that was derived from what it says, when, and by whom.</param>
/// <param name="SentAt">When it was sent.</param>
public sealed record MessageMark(string Id, DateTimeOffset SentAt);
