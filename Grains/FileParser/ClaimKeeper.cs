using ChatAnalysis.Grains.Interfaces;
using Microsoft.Extensions.Logging;

namespace ChatAnalysis.Grains.FileParser;

/// <summary>Renews a claim as long as it lives, and cancels the work on the file once the claim is lost.</summary>
internal sealed partial class ClaimKeeper : IAsyncDisposable
{
    private const int RenewalsALease = 3;

    private readonly IVectorIndexGrain _index;
    private readonly FileClaimKey _claim;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _work;
    private readonly PeriodicTimer _timer;
    private readonly Task _renewing;
    private long _expected = -1;

    /// <summary>Begins to renew.</summary>
    /// <param name="index">The owner.</param>
    /// <param name="claim">The claim, granted.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told of renewals that fail.</param>
    /// <param name="cancellationToken">Cancels the work as well.</param>
    public ClaimKeeper(IVectorIndexGrain index, FileClaim claim, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        _index = index;
        _logger = logger;
        _claim = claim.Key!;
        _work = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _timer = new PeriodicTimer(claim.Lease / RenewalsALease, time);
        _renewing = RenewAsync();
    }

    /// <summary>To be shown to everything that is done for the file: cancelled by the caller, or when the claim is lost.</summary>
    public CancellationToken Work => _work.Token;

    /// <summary>Whether the owner said that the claim is no longer the file's.</summary>
    public bool Lost { get; private set; }

    /// <summary>Tells the owner how many messages the file holds.</summary>
    /// <returns>False where the claim is lost.</returns>
    public async Task<bool> ExpectAsync(long messages)
    {
        Volatile.Write(ref _expected, messages);
        return await _index.RenewClaimAsync(_claim, messages, Work);
    }

    /// <summary>Ceases to renew.</summary>
    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        await _work.CancelAsync();
        await _renewing;
        _work.Dispose();
    }

    private async Task RenewAsync()
    {
        try
        {
            while (await _timer.WaitForNextTickAsync(Work))
                if (!await IsStillOursAsync())
                {
                    Lost = true;
                    await _work.CancelAsync();
                }
        }
        catch (OperationCanceledException) when (Work.IsCancellationRequested)
        {
            // The work has ended.
        }
    }

    private async Task<bool> IsStillOursAsync()
    {
        try
        {
            var known = Volatile.Read(ref _expected);
            return await _index.RenewClaimAsync(_claim, known < 0 ? null : known, Work);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !Work.IsCancellationRequested)
        {
            // An owner that is gone for good fails the work's own calls; one that comes back is asked again.
            LogRenewalFailed(failure, _claim.FileId);
            return true;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The claim of file {FileId} could not be renewed; it is tried again")]
    private partial void LogRenewalFailed(Exception failure, long fileId);
}
