using ChatAnalysis.Cluster.RabbitMq.Calls;
using ChatAnalysis.Cluster.RabbitMq.Embedding;
using ChatAnalysis.Cluster.RabbitMq.VectorIndex;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.Cluster.RabbitMq;

/// <summary>What is sent is what arrives.</summary>
public sealed class WireTests
{
    private static readonly ModelId Model = new("a-model", new string('a', 64));
    private static readonly float[] Exact = [0.1f, -0f, float.MinValue, float.Epsilon, 1f / 3, MathF.PI];

    [Fact]
    public void Vectors_arrive_bit_by_bit()
    {
        var result = Answer(EmbeddingMethods.Embed, new EmbeddingResult(Model, new VectorBlock(3, Exact), 42));
        var query = Call(VectorIndexMethods.Search, new SearchQuery(Model, Exact, 7));

        Assert.Equal(Exact.Select(BitConverter.SingleToInt32Bits), result.Vectors.Values.ToArray().Select(BitConverter.SingleToInt32Bits));
        Assert.Equal((2, 3, Model, 42L), (result.Vectors.Count, result.Vectors.Dimension, result.Model, result.Tokens));
        Assert.Equal(Exact, query.Vector.ToArray());
        Assert.Equal((Model, 7), (query.Model, query.Limit));
    }

    [Theory]
    [InlineData("")]
    [InlineData("häß ☃ 😀 \0 \u0001 \" \\ </script> \u2028 \uFFFF")]
    public void Texts_arrive_letter_by_letter(string text)
    {
        var message = new ParsedMessage(
            12, new ConversationRef(3, "platform", "id", text), text, text, "user", new DateTimeOffset(2024, 2, 29, 1, 2, 3, 456, TimeSpan.FromHours(-3.5)), text);
        var batch = new MessageBatch(new FileClaimKey(5, 6), [message], Model, new VectorBlock(2, new float[] { 1, 2 }));

        var arrived = Call(VectorIndexMethods.AddMessages, BatchCall.Of(batch)).ToBatch();

        Assert.Equivalent(message, Assert.Single(arrived.Messages), strict: true);
        Assert.Equal(message.SentAt!.Value.Offset, arrived.Messages[0].SentAt!.Value.Offset);
        Assert.Equal((batch.Claim, batch.Model), (arrived.Claim, arrived.Model));
    }

    [Fact]
    public void A_batch_arrives_with_each_conversation_once()
    {
        var sample = Enumerable.Range(0, 512).Select(i => new MessageMark($"mark {i}", DateTimeOffset.UnixEpoch.AddDays(i))).ToList();
        var (one, other) = (
            new ConversationRef(0, "whatsapp", null, "Ann") { Participants = ["ann", "me"], Sample = sample },
            new ConversationRef(1, "whatsapp", "id", null));
        var messages = Enumerable.Range(0, 100).Select(i => new ParsedMessage(
            i, i % 3 == 0 ? other : one, $"id {i}", "ann", null, DateTimeOffset.UnixEpoch, "text")).ToArray();
        messages[7] = messages[7] with
        {
            Zone = SentZone.Assumed, AuthorId = "u1", ReplyTo = "id 3", Attachments = ["a.jpg", "b ☃"], Edited = true,
            Author = null, Id = null,
        };
        var batch = new MessageBatch(new FileClaimKey(5, 6), messages, Model, new VectorBlock(2, new float[] { 1, 2, 3, 4 }))
        {
            Embedded = [3, 7],
        };
        var unembedded = batch with { Model = null, Vectors = new VectorBlock(1, default), Embedded = [] };

        var bytes = VectorIndexMethods.AddMessages.WriteCall(BatchCall.Of(batch));
        var arrived = VectorIndexMethods.AddMessages.ReadCall(bytes).ToBatch();

        Assert.Equivalent(messages, arrived.Messages, strict: true);
        Assert.Equal([3, 7], arrived.Embedded);
        Assert.Equal(2, arrived.Messages.Select(message => message.Conversation).Distinct(ReferenceEqualityComparer.Instance).Count());
        Assert.InRange(bytes.Length, 0, 60_000);
        var bare = Call(VectorIndexMethods.FindUnembedded, BatchCall.Of(unembedded)).ToBatch();
        Assert.Equal((null, 0, 0), (bare.Model, bare.Vectors.Count, bare.Embedded!.Count));
        Assert.Null(Call(VectorIndexMethods.AddMessages, BatchCall.Of(batch with { Embedded = null })).Embedded);
        Assert.Equal([0, 5], Answer(VectorIndexMethods.FindUnembedded, [0, 5]));
    }

    [Fact]
    public void A_narrowed_search_and_its_hits_arrive_whole()
    {
        var filter = new MessageFilter("slack", "c", "p", "a", "user", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));
        var hit = new SearchHit(1, "t", 0.5f, "ann", "user", DateTimeOffset.UnixEpoch, "slack", "general", "u", "f")
        {
            AuthorId = "u1", Zone = SentZone.Given, ReplyTo = "r", Attachments = ["a.jpg"], Edited = true,
            ConversationId = "C1", ConversationTitle = "general",
        };

        Assert.Equal(filter, Call(VectorIndexMethods.Search, new SearchQuery(Model, Exact, 7) { Filter = filter }).Filter);
        Assert.Equal(new MessageFilter(), Call(VectorIndexMethods.Search, new SearchQuery(Model, Exact, 7)).Filter);
        Assert.Equivalent(hit, Assert.Single(Answer(VectorIndexMethods.Search, new SearchResult(true, [hit])).Hits), strict: true);
        Assert.Empty(Answer(VectorIndexMethods.Search, new SearchResult(true, [hit with { Attachments = [] }])).Hits[0].Attachments);
    }

    [Fact]
    public void A_report_arrives_whole()
    {
        var part = new FileReport("slack", 1, 2, new Dictionary<string, long> { ["system message"] = 3 })
        {
            Variant = "one", Participants = 4, FirstSentAt = DateTimeOffset.UnixEpoch, LastSentAt = DateTimeOffset.UnixEpoch.AddDays(1),
            Assumptions = ["a"], Warnings = ["w"], FilesRead = 5, FilesIgnored = new Dictionary<string, long> { ["image"] = 6 },
            New = 7, Updated = 8, Unchanged = 9,
        };
        var report = part with { Format = FileReport.Mixed, Exports = [part] };

        Assert.Equivalent(report, Call(VectorIndexMethods.FinishFile, new FinishCall(new(1, 2), report)).Report, strict: true);
        var bare = new FileReport("slack", 1, 2, new Dictionary<string, long>());
        Assert.Equivalent(bare, Call(VectorIndexMethods.FinishFile, new FinishCall(new(1, 2), bare)).Report, strict: true);
    }

    [Fact]
    public void Half_of_a_surrogate_pair_arrives_as_the_sign_for_what_cannot_be_read()
    {
        var arrived = Call(EmbeddingMethods.Embed, new EmbeddingRequest(["a\uD800b"], Interactive: true));

        Assert.Equal(["a\uFFFDb"], arrived.Texts);
        Assert.True(arrived.Interactive);
    }

    [Fact]
    public void An_uploads_status_arrives_whole()
    {
        var report = new FileReport("prototype", 1, 2, new Dictionary<string, long> { ["empty"] = 3 });
        var file = new FileStatus("a.json", 10, UploadState.Succeeded, 2, 2, report, null, "other");
        var failed = file with { Report = null, Error = new FileError(FileErrorKind.Damaged, "Not JSON", "byte 12"), State = UploadState.Failed };
        var pattern = new Pattern(0, 2, [new PatternExample(7, "text", null, 0.5f)]);
        var status = new UploadStatus(
            new string('0', 32), UploadState.Succeeded, DateTimeOffset.UnixEpoch, null, DateTimeOffset.UnixEpoch.AddTicks(1), [file, failed],
            new[] { 3, -1, int.MaxValue }, [pattern], 9);

        var arrived = Answer(VectorIndexMethods.WaitForUpload, status)!;

        Assert.Equal(status.Labels.ToArray(), arrived.Labels.ToArray());
        Assert.Equal(report.Skipped, arrived.Files[0].Report!.Skipped);
        Assert.Equal(file with { Report = null }, arrived.Files[0] with { Report = null });
        Assert.Equal(failed, arrived.Files[1]);
        Assert.Equal(pattern.Examples, Assert.Single(arrived.Patterns).Examples);
        Assert.Equal(
            (status.UploadId, status.State, status.CreatedAt, status.StartedAt, status.EndedAt, status.IndexSize),
            (arrived.UploadId, arrived.State, arrived.CreatedAt, arrived.StartedAt, arrived.EndedAt, arrived.IndexSize));
        Assert.Null(Answer(VectorIndexMethods.WaitForUpload, null));
    }

    [Fact]
    public void What_parsers_and_gateways_ask_arrives()
    {
        var job = new FileJob(9, HolderGone: true, Suspect: true, TraceParent: "00-trace");
        var file = new UploadedFile("a ☃.json", "folder/0", 12, new string('b', 64));
        var opening = new UploadOpening("id", [file], 5, AllowDuplicates: true, TraceParent: "00-trace")
        {
            Reading = new("Europe/Berlin", true, "whatsapp"),
        };
        var claim = new FileClaim(FileClaimOutcome.Granted, new FileClaimKey(9, 2), file, 77, TimeSpan.FromSeconds(60))
        {
            Reading = new(DayFirst: false),
        };
        var status = new IndexStatus(5, Model, 6, "host, process 7", "marker");

        Assert.Equal(new ClaimCall(job, "claimant"), Call(VectorIndexMethods.ClaimFile, new ClaimCall(job, "claimant")));
        Assert.Equal(claim, Answer(VectorIndexMethods.ClaimFile, claim));
        Assert.Equal(new FileClaim(FileClaimOutcome.Held), Answer(VectorIndexMethods.ClaimFile, new FileClaim(FileClaimOutcome.Held)));
        Assert.Equal(opening.Files, Call(VectorIndexMethods.OpenUpload, opening).Files);
        Assert.Equal(opening with { Files = [] }, Call(VectorIndexMethods.OpenUpload, opening) with { Files = [] });
        Assert.Equal(new WaitCall("id", TimeSpan.FromSeconds(5)), Call(VectorIndexMethods.WaitForUpload, new WaitCall("id", TimeSpan.FromSeconds(5))));
        Assert.Equal(status, Answer(VectorIndexMethods.GetStatus, status));
        Assert.Equal(AddOutcome.WrongModel, Answer(VectorIndexMethods.AddMessages, AddOutcome.WrongModel));
    }

    private static TCall Call<TCall, TAnswer>(GrainMethod<TCall, TAnswer> method, TCall call) => method.ReadCall(method.WriteCall(call));

    private static TAnswer Answer<TCall, TAnswer>(GrainMethod<TCall, TAnswer> method, TAnswer answer) =>
        method.ReadAnswer(method.WriteAnswer(answer));
}
