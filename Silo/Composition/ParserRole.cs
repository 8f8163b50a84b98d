using ChatAnalysis.Cluster;
using ChatAnalysis.Cluster.RabbitMq.Broker;
using ChatAnalysis.Cluster.RabbitMq.Jobs;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Silo.Hosting;

namespace ChatAnalysis.Silo.Composition;

/// <summary>A silo that reads files, as soon as it is known to see the files that gateways store.</summary>
internal sealed class ParserRole(
    SharedUploads uploads,
    IFileParserGrain parser,
    FileParsersOptions options,
    BrokerConnection broker,
    TimeProvider time,
    ILoggerFactory loggers) : IAsyncDisposable
{
    private FileJobConsumer? _consumer;

    /// <summary>How it starts and stops.</summary>
    public GrainPart Part => new("parser", StartAsync, async _ => await DisposeAsync());

    /// <summary>Stops.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _consumer, null) is { } running)
            await running.DisposeAsync();
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await uploads.RequireAsync(cancellationToken);
        _consumer = new FileJobConsumer(broker, parser, options, time, loggers.CreateLogger<FileJobConsumer>());
    }
}
