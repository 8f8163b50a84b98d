namespace ChatAnalysis.Grains.Embedding.Queue;

/// <summary>What a queue has done so far.</summary>
/// <param name="Batches">Runs of the model.</param>
/// <param name="Texts">Distinct texts that were run.</param>
/// <param name="Tokens">Their tokens.</param>
/// <param name="Padding">Tokens that only filled batches up.</param>
/// <param name="Kept">Texts that are known now: waiting, running, or kept with their vectors.</param>
internal sealed record QueueCounters(long Batches, long Texts, long Tokens, long Padding, int Kept);
