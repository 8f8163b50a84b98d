using ChatAnalysis.Cluster;
using ChatAnalysis.Cluster.InProcess;
using ChatAnalysis.Grains.Interfaces;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatAnalysis.Tests.Cluster;

public sealed class FileParsersTests
{
    private readonly InProcessFileJobQueue _queue = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task As_many_files_are_read_at_once_as_set_and_no_more()
    {
        var parser = new ScriptedParser();
        using var parsers = await StartAsync(parser, new FileParsersOptions { Count = 2 });
        for (var id = 1; id <= 3; id++)
            await _queue.EnqueueAsync(new FileJob(id), CancellationToken.None);

        var first = await parser.NextAsync();
        var second = await parser.NextAsync();
        Assert.Equal([1, 2], new[] { first.Job.FileId, second.Job.FileId }.Order());
        first.End.SetResult(FileJobOutcome.Completed);
        var third = await parser.NextAsync();

        Assert.Equal(3, third.Job.FileId);
        Assert.Equal(2, parser.MostAtOnce);
        await parsers.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_job_whose_parser_fails_comes_back_after_a_delay_that_doubles_and_says_that_its_holder_is_gone()
    {
        var parser = new ScriptedParser();
        using var parsers = await StartAsync(parser, new FileParsersOptions
        {
            Count = 1,
            RetryDelay = TimeSpan.FromSeconds(2),
            MaxRetryDelay = TimeSpan.FromSeconds(5),
        });
        await _queue.EnqueueAsync(new FileJob(1), CancellationToken.None);

        foreach (var seconds in (int[])[2, 4, 5, 5])
        {
            (await parser.NextAsync()).End.SetException(new IOException("The disk is gone"));
            var delay = await _time.NextTimerAsync();
            Assert.Equal(TimeSpan.FromSeconds(seconds), delay.DueTime);
            delay.Fire();
        }

        var last = await parser.NextAsync();
        Assert.Equal(new FileJob(1, HolderGone: true), last.Job);
        await parsers.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_failing_file_does_not_hold_up_its_neighbours()
    {
        var parser = new ScriptedParser();
        using var parsers = await StartAsync(parser, new FileParsersOptions { Count = 1 });
        await _queue.EnqueueAsync(new FileJob(1), CancellationToken.None);
        await _queue.EnqueueAsync(new FileJob(2), CancellationToken.None);

        (await parser.NextAsync()).End.SetException(new IOException("The disk is gone"));

        Assert.Equal(2, (await parser.NextAsync()).Job.FileId);
        await parsers.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Stopping_ends_the_parsers_that_are_at_work_and_waits_for_them()
    {
        var parser = new ScriptedParser();
        using var parsers = await StartAsync(parser, new FileParsersOptions { Count = 2 });
        await _queue.EnqueueAsync(new FileJob(1), CancellationToken.None);
        var work = await parser.NextAsync();

        await parsers.StopAsync(CancellationToken.None);

        Assert.True(work.Ended);
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_a_job_that_waits_for_another_try()
    {
        var parser = new ScriptedParser();
        using var parsers = await StartAsync(parser, new FileParsersOptions { Count = 1 });
        await _queue.EnqueueAsync(new FileJob(1), CancellationToken.None);
        (await parser.NextAsync()).End.SetException(new IOException("The disk is gone"));
        await _time.NextTimerAsync();

        await parsers.StopAsync(CancellationToken.None);
    }

    [Fact]
    public void No_parser_of_this_process_outlives_the_owner() => Assert.False(_queue.ParsersOutliveOwner);

    private async Task<FileParsers> StartAsync(IFileParserGrain parser, FileParsersOptions options)
    {
        var parsers = new FileParsers(_queue, parser, options, _time, NullLogger<FileParsers>.Instance);
        await parsers.StartAsync(CancellationToken.None);
        return parsers;
    }
}
