using ChatAnalysis.Cluster.RabbitMq.FileParser;
using ChatAnalysis.Cluster.RabbitMq.Presence;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Tests.Gateway;

namespace ChatAnalysis.Tests.Cluster.RabbitMq;

[Collection(nameof(BrokerCollection))]
public sealed class InspectionCallTests(SharedBroker shared)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private static readonly FileInspectionRequest Request = new(
        new UploadedFile("a ☃.json", "folder/0", 12, new string('b', 64)), new ReadingOptions("Europe/Berlin", true, "openai"), 7);

    [Fact]
    public async Task What_is_asked_and_found_crosses_the_broker_whole()
    {
        var conversation = new ConversationRef(3, "slack", "C1", "general") { Participants = ["Ann"] };
        var message = new ParsedMessage(4, conversation, "m", "Ann", "user", DateTimeOffset.UnixEpoch, "Grüße")
        {
            Zone = SentZone.Assumed,
            AuthorId = "U1",
            ReplyTo = "l",
            Attachments = ["a.pdf"],
            Edited = true,
        };
        var part = FakeVectorIndexGrain.OneMessage;
        var report = part with { Variant = "lines", Participants = 2, FirstSentAt = DateTimeOffset.UnixEpoch, Warnings = ["odd"], Exports = [part, part] };
        await using var cluster = await StartAsync();
        var parser = Serve(cluster, (_, _) => Task.FromResult(new FileInspection(report, null, [message])));

        var found = await Proxy(cluster).InspectAsync(Request, CancellationToken.None).WaitAsync(Timeout);

        Assert.Equal(Request, Assert.Single(parser.Requests));
        var arrived = Assert.Single(found.Messages);
        Assert.Equal(["a.pdf"], arrived.Attachments);
        Assert.Equal(["Ann"], arrived.Conversation.Participants);
        Assert.Equal(
            message with { Attachments = [], Conversation = conversation with { Participants = [], Sample = [] } },
            arrived with { Attachments = [], Conversation = arrived.Conversation with { Participants = [], Sample = [] } });
        Assert.Equal(("lines", 2, DateTimeOffset.UnixEpoch), (found.Report!.Variant, found.Report.Participants, found.Report.FirstSentAt));
        Assert.Equal(["odd"], found.Report.Warnings);
        Assert.Equal(2, found.Report.Exports.Count);
    }

    [Fact]
    public async Task A_file_whose_parser_dies_is_begun_three_times_and_ends_no_fourth()
    {
        var host = await shared.Broker.AddVirtualHostAsync();
        await using var gateway = await ClusterParts.ConnectAsync(host);
        var begun = System.Threading.Channels.Channel.CreateUnbounded<ClusterParts>();
        var parsers = new List<ClusterParts>();
        for (var i = 0; i < 4; i++)
        {
            var parser = await ClusterParts.ConnectAsync(host);
            parsers.Add(parser);
            Serve(parser, async (_, cancellationToken) =>
            {
                begun.Writer.TryWrite(parser);
                await Task.Delay(System.Threading.Timeout.Infinite, cancellationToken);
                throw new InvalidOperationException();
            });
        }

        var inspecting = Proxy(gateway).InspectAsync(Request, CancellationToken.None);
        for (var i = 0; i < 3; i++)
            await (await begun.Reader.ReadAsync().AsTask().WaitAsync(Timeout)).DieAsync();
        var found = await inspecting.WaitAsync(Timeout);

        Assert.Equal((FileErrorKind.Abandoned, null), (found.Error!.Kind, found.Report));
        Assert.False(begun.Reader.TryRead(out _));
        foreach (var parser in parsers)
            await parser.DisposeAsync();
    }

    [Fact]
    public async Task The_inspection_of_a_parser_that_dies_once_is_done_by_another()
    {
        var host = await shared.Broker.AddVirtualHostAsync();
        await using var gateway = await ClusterParts.ConnectAsync(host);
        await using var first = await ClusterParts.ConnectAsync(host);
        var begun = new TaskCompletionSource();
        Serve(first, async (_, cancellationToken) =>
        {
            begun.TrySetResult();
            await Task.Delay(System.Threading.Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException();
        });
        var inspecting = Proxy(gateway).InspectAsync(Request, CancellationToken.None);
        await begun.Task.WaitAsync(Timeout);
        await using var second = await ClusterParts.ConnectAsync(host);
        Serve(second, (_, _) => Task.FromResult(new FileInspection(FakeVectorIndexGrain.OneMessage, null, [])));

        await first.DieAsync();

        Assert.Equal("prototype", (await inspecting.WaitAsync(Timeout)).Report!.Format);
    }

    [Fact]
    public async Task Where_no_parser_is_there_the_wait_is_short()
    {
        await using var cluster = await StartAsync();
        var nobody = new FileParserProxy(
            cluster.Client(), new SiloDirectory(TimeProvider.System), TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(1), TimeProvider.System);

        var fault = await Assert.ThrowsAsync<UnavailableException>(
            () => nobody.InspectAsync(Request, CancellationToken.None).WaitAsync(Timeout));

        Assert.Contains("no silo that reads files", fault.Message, StringComparison.Ordinal);
    }

    private static FakeFileParserGrain Serve(
        ClusterParts cluster, Func<FileInspectionRequest, CancellationToken, Task<FileInspection>> inspect)
    {
        var parser = new FakeFileParserGrain { Inspect = inspect };
        cluster.Server(FileParserMethods.MethodsOf(parser), FileParserMethods.Inspections);
        return parser;
    }

    private static FileParserProxy Proxy(ClusterParts cluster) => new(
        cluster.Client(), new SiloDirectory(TimeProvider.System), Timeout, patience: Timeout, TimeProvider.System);

    private async Task<ClusterParts> StartAsync() => await ClusterParts.ConnectAsync(await shared.Broker.AddVirtualHostAsync());
}
