namespace ChatAnalysis.Cluster.RabbitMq.Calls;

/// <summary>A queue of calls that a process serves.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Prefetch">Calls that are taken at once; 0 for any number.</param>
/// <param name="ExpiresUnused">Whether the broker may drop it an hour after the last consumer has gone.</param>
/// <param name="BegunOnce">
/// Whether a call whose server died is given back to its caller, and not to the next server, which it might end too.
/// </param>
internal sealed record ServedQueue(string Name, ushort Prefetch, bool ExpiresUnused = false, bool BegunOnce = false)
{
    /// <summary>The queue's arguments, which must be the same whoever declares it.</summary>
    public Dictionary<string, object?> Arguments => ExpiresUnused ? new() { ["x-expires"] = 3_600_000 } : [];
}
