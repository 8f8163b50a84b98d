using System.Net;

namespace ChatAnalysis.Tests.Service.Cluster;

/// <summary>Half of a body, after which nothing comes.</summary>
internal sealed class HalfSent : HttpContent
{
    private readonly HttpContent _whole;
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HalfSent(HttpContent whole)
    {
        _whole = whole;
        Headers.ContentType = whole.Headers.ContentType;
    }

    /// <summary>Ends once the half was sent.</summary>
    public Task Begun => _begun.Task;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var bytes = await _whole.ReadAsByteArrayAsync(cancellationToken);
        await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), cancellationToken);
        await stream.FlushAsync(cancellationToken);
        _begun.SetResult();
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
