using ChatAnalysis.Cluster;
using ChatAnalysis.Cluster.RabbitMq.Broker;
using ChatAnalysis.Cluster.RabbitMq.Calls;
using ChatAnalysis.Cluster.RabbitMq.FileParser;
using ChatAnalysis.Cluster.RabbitMq.Jobs;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Silo.Hosting;

namespace ChatAnalysis.Silo.Composition;

/// <summary>A silo that reads files, as soon as it is known to see the files that gateways store.</summary>
internal sealed class ParserRole(
    SharedUploads uploads,
    [FromKeyedServices(LocalGrain.Measured)] IFileParserGrain parser,
    FileParsersOptions options,
    BrokerConnection broker,
    TimeProvider time,
    ILoggerFactory loggers) : IAsyncDisposable
{
    private FileJobConsumer? _consumer;
    private CallServer? _server;

    /// <summary>How it starts and stops.</summary>
    public GrainPart Part => new("parser", StartAsync, async _ => await DisposeAsync());

    /// <summary>Stops.</summary>
    public async ValueTask DisposeAsync()
    {
        IAsyncDisposable?[] running = [Interlocked.Exchange(ref _consumer, null), Interlocked.Exchange(ref _server, null)];
        await Task.WhenAll(running.OfType<IAsyncDisposable>().Select(part => part.DisposeAsync().AsTask()));
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await uploads.RequireAsync(cancellationToken);
        _consumer = new FileJobConsumer(broker, parser, options, time, loggers.CreateLogger<FileJobConsumer>());
        _server = new CallServer(
            broker, FileParserMethods.MethodsOf(parser), [FileParserMethods.Inspections], time, loggers.CreateLogger<CallServer>());
    }
}
