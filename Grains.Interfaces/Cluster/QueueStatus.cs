namespace ChatAnalysis.Grains.Interfaces;

/// <summary>A queue.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Depth">What waits in it; what is being worked on does not count.</param>
public sealed record QueueStatus(string Name, long Depth);
