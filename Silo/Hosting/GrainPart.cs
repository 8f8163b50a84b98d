namespace ChatAnalysis.Silo.Hosting;

/// <summary>A part of the program that has to load before requests are answered.</summary>
/// <param name="Name">Its name in the health answers, such as <c>embedding</c>.</param>
/// <param name="StartAsync">Loads it. A <see cref="StartFailedException"/> ends the program with its line.</param>
/// <param name="StopAsync">Ends it; called only if it was started.</param>
internal sealed record GrainPart(string Name, Func<CancellationToken, Task> StartAsync, Func<CancellationToken, Task> StopAsync);
