namespace ChatAnalysis.Grains.Interfaces;

/// <summary>Carries jobs from the owner to the parsers. An engine provides it.</summary>
public interface IFileJobQueue
{
    /// <summary>Whether a parser can outlive the owner. Where it cannot, a starting owner knows all leases to be void.</summary>
    bool ParsersOutliveOwner { get; }

    /// <summary>Hands a job out. Losing one is harmless: the owner's rows bring it back.</summary>
    ValueTask EnqueueAsync(FileJob job, CancellationToken cancellationToken);

    /// <summary>How many jobs wait for a parser. Fewer than there are files to be read: some were lost.</summary>
    ValueTask<long> CountWaitingAsync(CancellationToken cancellationToken);
}
