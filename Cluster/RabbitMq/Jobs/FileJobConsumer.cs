using System.Text.Json;
using ChatAnalysis.Cluster.RabbitMq.Broker;
using ChatAnalysis.Cluster.RabbitMq.Calls;
using ChatAnalysis.Grains.Interfaces;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace ChatAnalysis.Cluster.RabbitMq.Jobs;

/// <summary>Takes jobs from the broker and has a bounded number of files parsed at once.</summary>
/// <remarks>
/// A job is acknowledged at its end, so that the files of a process that dies move on at once. What a parser's outcome means to
/// the broker is decided here alone.
/// </remarks>
internal sealed partial class FileJobConsumer : IAsyncDisposable
{
    private const string Tag = "parser";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly IFileParserGrain _parser;
    private readonly FileParsersOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly InFlight _inFlight = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ChannelLoop _loop;
    private volatile IChannel? _channel;
    private bool _broken;

    /// <summary>Begins to take jobs as soon as there is a connection.</summary>
    public FileJobConsumer(
        BrokerConnection broker, IFileParserGrain parser, FileParsersOptions options, TimeProvider time, ILogger<FileJobConsumer> logger)
    {
        _parser = parser;
        _options = options;
        _time = time;
        _logger = logger;
        _loop = new ChannelLoop(broker, BeginAsync, time, logger, confirmed: true);
    }

    /// <summary>Takes no more jobs; the files that are being read are handed back.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_channel is { } channel)
            await channel.CancelConsumerAsync(Tag);
        await _stopping.CancelAsync();
        await _inFlight.WhenNoneAsync().WaitAsync(Patience, _time).ContinueWith(
            _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await _loop.DisposeAsync();
    }

    private async Task BeginAsync(IChannel channel, CancellationToken open)
    {
        // A quorum queue whose broker lost its power within a second of the queue's birth lets itself be declared, and then
        // never answers again (RabbitMQ 3.10). Its jobs are in the owner's rows: it can go.
        if (_broken)
            await channel.QueueDeleteAsync(FileJobQueues.Files, ifUnused: false, ifEmpty: false, cancellationToken: open);
        _broken = false;
        await FileJobQueues.DeclareAsync(channel, open);
        await channel.BasicQosAsync(0, (ushort)_options.Count, global: false, open);
        try
        {
            await channel.ConsumeAsync(FileJobQueues.Files, Tag, autoAck: false, (delivery, _) => Take(channel, delivery, open), open)
                .WaitAsync(FileJobQueues.Patience, _time, open);
        }
        catch (TimeoutException e)
        {
            _broken = true;
            throw new TimeoutException($"the queue {FileJobQueues.Files} does not answer, and is made anew", e);
        }

        _channel = channel;
    }

    private Task Take(IChannel channel, BasicDeliverEventArgs delivery, CancellationToken open)
    {
        JobMessage message;
        try
        {
            message = JobMessage.Read(delivery.BasicProperties, delivery.Body.Span);
        }
        catch (JsonException e)
        {
            // Of another version, or no job at all. What it may have named is in the owner's rows.
            LogUnreadable(e);
            return channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, open).AsTask();
        }

        if (delivery.Redelivered)
            message = message with { Job = message.Job with { HolderGone = true } };
        _inFlight.Begin();
        _ = Task.Run(() => WorkAsync(channel, delivery.DeliveryTag, message, open), CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task WorkAsync(IChannel channel, ulong tag, JobMessage message, CancellationToken open)
    {
        // Once the channel is gone the broker gives the job to another: what goes on here would only be in its way.
        using var work = CancellationTokenSource.CreateLinkedTokenSource(open, _stopping.Token);
        try
        {
            await ParseAsync(channel, message, work.Token);
            await channel.BasicAckAsync(tag, multiple: false, open);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested && !open.IsCancellationRequested)
        {
            await GiveBackAsync(channel, tag, open);
        }
        catch (Exception e) when (e.IsBrokerFaultOrEnd())
        {
            // The channel is gone, and with it the job; or the broker did not take the job for later, and has to keep it.
            if (channel.IsOpen)
                await GiveBackAsync(channel, tag, open);
        }
        finally
        {
            _inFlight.End();
        }
    }

    /// <summary>Reads the file; where the parser breaks, the job comes back after a delay.</summary>
    private async Task ParseAsync(IChannel channel, JobMessage message, CancellationToken work)
    {
        try
        {
            var outcome = await _parser.ParseAsync(message.Job, work);
            LogDone(message.Job.FileId, outcome);
        }
        catch (OperationCanceledException) when (work.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever went wrong with one file must not end the work on its neighbours.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var delay = _options.DelayAfter(message.Failures);
            LogFailed(message.Job.FileId, delay, exception);
            // The parser that held the file is the one that just ended, so nobody need wait for its lease.
            var again = new JobMessage(message.Job with { HolderGone = true }, message.Failures + 1);
            await again.PublishAsync(channel, FileJobQueues.Delayed, delay, work);
        }
    }

    private static async Task GiveBackAsync(IChannel channel, ulong tag, CancellationToken open)
    {
        try
        {
            await channel.BasicNackAsync(tag, multiple: false, requeue: true, open);
        }
        catch (Exception e) when (e.IsBrokerFaultOrEnd())
        {
            // The channel is gone, and with it the job.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A message that is no job was dropped")]
    private partial void LogUnreadable(Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "File {FileId}: {Outcome}")]
    private partial void LogDone(long fileId, FileJobOutcome outcome);

    [LoggerMessage(Level = LogLevel.Error, Message = "The parser of file {FileId} failed; it is tried again in {Delay}")]
    private partial void LogFailed(long fileId, TimeSpan delay, Exception exception);
}
