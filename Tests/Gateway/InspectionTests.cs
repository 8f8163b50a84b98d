using System.Net;
using System.Net.Sockets;
using System.Text;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.Gateway;

public sealed class InspectionTests
{
    private static readonly DateTimeOffset Sent = new(2025, 1, 2, 3, 4, 5, TimeSpan.FromHours(1));

    [Fact]
    public async Task The_answer_has_for_each_file_the_report_and_the_first_messages_or_the_error()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        var report = new FileReport("slack", 1, 7, new Dictionary<string, long> { ["system message"] = 2 })
        {
            Participants = 2,
            FirstSentAt = Sent,
            LastSentAt = Sent.AddDays(1),
            New = 3,
        };
        var conversation = new ConversationRef(0, "slack", "C1", "general") { Participants = ["Ann", "Bob"], Sample = [new MessageMark("m", Sent)] };
        var message = new ParsedMessage(0, conversation, "m1", "Ann", "user", Sent, "Grüße")
        {
            Zone = SentZone.Given,
            AuthorId = "U1",
            ReplyTo = "m0",
            Attachments = ["plan.pdf"],
            Edited = true,
        };
        var plain = new ParsedMessage(1, new ConversationRef(1, "slack", null, null), null, null, null, null, "Yes");
        gateway.Parser.Inspect = (request, _) => Task.FromResult(request.File.Name == "a.json"
            ? new FileInspection(report, null, [message, plain])
            : new FileInspection(null, new FileError(FileErrorKind.Damaged, "Not JSON", "byte 12"), []));

        using var response = await gateway.UploadAsync("/v1/inspect", ("a.json", "{}"), ("b.json", "["));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(
            """
            {"files":[{"name":"a.json","format":"slack","variant":null,"conversations":1,"participants":2,"messages":7,
            "first_sent_at":"2025-01-02T03:04:05+01:00","last_sent_at":"2025-01-03T03:04:05+01:00","skipped":{"system message":2},
            "assumptions":[],"warnings":[],"files_read":1,"files_ignored":{},"error":null,"first_messages":[
            {"ordinal":0,"conversation":{"ordinal":0,"platform":"slack","id":"C1","title":"general","participants":["Ann","Bob"]},
            "id":"m1","author":"Ann","author_id":"U1","role":"user","time":"2025-01-02T03:04:05+01:00","zone":"given","text":"Grüße",
            "reply_to":"m0","attachments":["plan.pdf"],"edited":true},
            {"ordinal":1,"conversation":{"ordinal":1,"platform":"slack","id":null,"title":null,"participants":[]},
            "id":null,"author":null,"author_id":null,"role":null,"time":null,"zone":null,"text":"Yes",
            "reply_to":null,"attachments":[],"edited":false}]},
            {"name":"b.json","format":null,"variant":null,"conversations":0,"participants":0,"messages":0,
            "first_sent_at":null,"last_sent_at":null,"skipped":{},"assumptions":[],"warnings":[],"files_read":0,"files_ignored":{},
            "error":{"kind":"damaged","detail":"Not JSON","place":"byte 12"},"first_messages":[]}]}
            """.ReplaceLineEndings(""), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Files_and_folders_are_stored_while_they_are_inspected_and_nothing_is_left_or_imported()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        var stored = new List<bool>();
        gateway.Parser.Inspect = (request, _) =>
        {
            stored.Add(new FileInfo(Path.Combine(gateway.UploadDirectory, request.File.StoredAs)).Length == request.File.Size);
            return Task.FromResult(new FileInspection(FakeVectorIndexGrain.OneMessage, null, []));
        };

        using var response = await gateway.UploadAsync("/v1/inspect", ("a.json", "{}"), ("f/b.json", "{}"), ("f/c.json", "{}"));

        var files = (await TestGateway.JsonAsync(response)).GetProperty("files").EnumerateArray();
        Assert.Equal(["a.json", "f"], files.Select(file => file.GetProperty("name").GetString()));
        Assert.Equal([true, true], stored);
        Assert.Empty(Directory.GetDirectories(gateway.UploadDirectory));
        Assert.Empty(gateway.Index.Opened);
    }

    [Theory]
    [InlineData("", 20)]
    [InlineData("?messages=0", 0)]
    [InlineData("?messages=100", 100)]
    public async Task The_query_says_how_many_messages(string query, int messages)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await gateway.UploadAsync($"/v1/inspect{query}", ("a.json", "{}"));

        Assert.Equal(messages, gateway.Parser.Requests.Single().Messages);
    }

    [Theory]
    [InlineData("101")]
    [InlineData("-1")]
    [InlineData("all")]
    [InlineData("")]
    public async Task A_number_of_messages_out_of_range_is_400(string messages)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await gateway.UploadAsync($"/v1/inspect?messages={messages}", ("a.json", "{}"));

        var problem = await TestGateway.ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Contains("from 0 to 100", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(gateway.Parser.Requests);
    }

    [Fact]
    public async Task The_limits_of_uploads_hold()
    {
        await using var gateway = await new TestGateway { Settings = ["Upload:MaxFileBytes=10"] }.StartReadyAsync();

        using var response = await gateway.UploadAsync("/v1/inspect", ("a.json", "[2, 34, 567, 89]"));

        await TestGateway.ProblemAsync(response, HttpStatusCode.RequestEntityTooLarge);
        Assert.Empty(Directory.GetDirectories(gateway.UploadDirectory));
    }

    [Fact]
    public async Task Past_so_many_at_once_an_inspection_is_429_and_uploads_go_on()
    {
        await using var gateway = await new TestGateway { Settings = ["Upload:MaxInspections=1"] }.StartReadyAsync();
        var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource<FileInspection>());
        gateway.Parser.Inspect = (_, _) =>
        {
            begun.TrySetResult();
            return end.Task;
        };
        var first = gateway.UploadAsync("/v1/inspect", ("a.json", "{}"));
        await begun.Task;

        using var second = await gateway.UploadAsync("/v1/inspect", ("a.json", "{}"));
        using var upload = await gateway.UploadAsync("/upload", ("a.json", "{}"));
        end.SetResult(new FileInspection(FakeVectorIndexGrain.OneMessage, null, []));
        using var answer = await first;
        using var third = await gateway.UploadAsync("/v1/inspect", ("a.json", "{}"));

        var problem = await TestGateway.ProblemAsync(second, HttpStatusCode.TooManyRequests);
        Assert.Contains("Upload:MaxInspections", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK), (upload.StatusCode, answer.StatusCode, third.StatusCode));
    }

    [Fact]
    public async Task When_the_client_goes_the_inspection_is_cancelled_its_files_are_deleted_and_its_place_is_free()
    {
        await using var gateway = await new TestGateway { Settings = ["Upload:MaxInspections=1"] }.StartReadyAsync();
        var (begun, cancelled) = (new TaskCompletionSource(), new TaskCompletionSource());
        gateway.Parser.Inspect = async (_, cancellationToken) =>
        {
            begun.TrySetResult();
            using var telling = cancellationToken.Register(cancelled.SetResult);
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException();
        };

        using (var socket = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            const string body = "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.json\"\r\n\r\n{}\r\n--b--\r\n";
            await socket.ConnectAsync(gateway.Address.Host, gateway.Address.Port);
            await socket.SendAsync(Encoding.ASCII.GetBytes(
                "POST /v1/inspect HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                + $"Content-Length: {body.Length}\r\n\r\n{body}"));
            await begun.Task;
        }

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await gateway.UntilUploadFoldersAsync(0);
        gateway.Parser.Inspect = (_, _) => Task.FromResult(new FileInspection(FakeVectorIndexGrain.OneMessage, null, []));
        using var next = await gateway.UploadAsync("/v1/inspect", ("a.json", "{}"));
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Fact]
    public async Task Where_no_parser_is_there_the_answer_is_503_and_nothing_is_left()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        gateway.Parser.Inspect = (_, _) => throw new UnavailableException("no silo that reads files is there");

        using var response = await gateway.UploadAsync("/v1/inspect", ("a.json", "{}"));

        await TestGateway.ProblemAsync(response, HttpStatusCode.ServiceUnavailable);
        Assert.Empty(Directory.GetDirectories(gateway.UploadDirectory));
    }

    [Fact]
    public async Task A_file_that_no_parser_takes_after_the_first_has_that_as_its_error()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        gateway.Parser.Inspect = (request, _) => request.File.Name == "a.json"
            ? Task.FromResult(new FileInspection(FakeVectorIndexGrain.OneMessage, null, []))
            : throw new UnavailableException("no silo that reads files is there");

        using var response = await gateway.UploadAsync("/v1/inspect", ("a.json", "{}"), ("b.json", "{}"));

        var files = (await TestGateway.JsonAsync(response)).GetProperty("files").EnumerateArray().ToArray();
        Assert.Equal("prototype", files[0].GetProperty("format").GetString());
        Assert.Equal("unreadable", files[1].GetProperty("error").GetProperty("kind").GetString());
    }
}
