namespace ChatAnalysis.Silo.Hosting;

/// <summary>The parts of this process in the order of their dependence.</summary>
/// <param name="Loaded">Started side by side, then checked against each other; stopped last, in reverse.</param>
/// <param name="Workers">Started once all is loaded and agrees; stopped first, so that nothing works on what is going away.</param>
internal sealed record GrainSet(IReadOnlyList<GrainPart> Loaded, IReadOnlyList<GrainPart> Workers);
