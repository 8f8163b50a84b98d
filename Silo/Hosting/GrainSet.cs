namespace ChatAnalysis.Silo.Hosting;

/// <summary>The parts of this process in the order of their dependence.</summary>
/// <param name="Loaded">Started side by side; stopped last, in reverse.</param>
/// <param name="Check">Run once these are loaded: whether they agree. A <see cref="StartFailedException"/> ends the program.</param>
/// <param name="Workers">Started once all is loaded and agrees; stopped first, so that nothing works on what is going away.</param>
internal sealed record GrainSet(
    IReadOnlyList<GrainPart> Loaded, Func<CancellationToken, Task> Check, IReadOnlyList<GrainPart> Workers);
