using System.Net;
using System.Text.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.Gateway;

public sealed class UploadAnswerTests
{
    [Theory]
    [InlineData("/upload")]
    [InlineData("/v1/uploads")]
    public async Task The_answer_is_the_prototypes_with_upload_files_and_patterns_after_it(string path)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        var report = new FileReport("openai", 2, 3, new Dictionary<string, long> { ["Empty_text"] = 4 })
        {
            Variant = "lines",
            Participants = 2,
            New = 1,
            Updated = 2,
            FirstSentAt = FakeVectorIndexGrain.Created,
            LastSentAt = FakeVectorIndexGrain.Created,
            Assumptions = ["Times are UTC"],
            Warnings = ["A time is no time"],
            FilesRead = 2,
            FilesIgnored = new Dictionary<string, long> { ["picture"] = 5 },
        };
        gateway.Index.End = upload => FakeVectorIndexGrain.Succeed(upload) with
        {
            Files =
            [
                new FileStatus("a.json", 2, UploadState.Succeeded, 3, 3, report, null, null),
                FakeVectorIndexGrain.Failed(upload.Files[1]) with { DuplicateOf = "earlier" },
            ],
            Labels = new[] { 1, 0, 1 },
            Patterns = [new Pattern(0, 1, [new PatternExample(9, "Grüße \"an\" <alle>", "Ann", 0.5f)]), new Pattern(1, 2, [])],
        };

        using var response = await gateway.UploadAsync(path, ("a.json", "{}"), ("b.json", "[]"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var expected = """
            {"clusters":[1,0,1],"stats":{"messages":3,"index_size":7},"upload":"UPLOAD","files":[
            {"name":"a.json","format":"openai","variant":"lines","conversations":2,"participants":2,"messages":3,
            "new":1,"updated":2,"unchanged":0,"first_sent_at":"2025-03-04T05:06:07+00:00","last_sent_at":"2025-03-04T05:06:07+00:00",
            "skipped":{"Empty_text":4},"assumptions":["Times are UTC"],"warnings":["A time is no time"],
            "files_read":2,"files_ignored":{"picture":5},"error":null,"duplicate_of":null},
            {"name":"b.json","format":null,"variant":null,"conversations":0,"participants":0,"messages":0,
            "new":0,"updated":0,"unchanged":0,"first_sent_at":null,"last_sent_at":null,
            "skipped":{},"assumptions":[],"warnings":[],"files_read":0,"files_ignored":{},
            "error":{"kind":"damaged","detail":"Not JSON","place":"byte 12"},"duplicate_of":"earlier"}],
            "patterns":[{"label":0,"size":1,"examples":[{"text":"Grüße \"an\" <alle>","author":"Ann","similarity":0.5}]},
            {"label":1,"size":2,"examples":[]}]}
            """.ReplaceLineEndings("").Replace("UPLOAD", gateway.Index.Opened.Single().UploadId, StringComparison.Ordinal);
        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task What_was_read_of_each_format_is_shown_where_there_are_several(int formats)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        var part = FakeVectorIndexGrain.OneMessage;
        var report = part with { Format = FileReport.Mixed, Exports = [.. Enumerable.Repeat(part, formats)] };
        gateway.Index.End = upload => FakeVectorIndexGrain.Succeed(upload) with
        {
            Files = [new FileStatus("a.zip", 2, UploadState.Succeeded, 1, 1, report, null, null)],
        };

        using var response = await gateway.UploadAsync("/upload", ("a.zip", "PK"));

        var file = (await TestGateway.JsonAsync(response)).GetProperty("files")[0];
        Assert.Equal(formats > 0, file.TryGetProperty("exports", out var exports));
        if (formats > 0)
            Assert.Equal(["prototype", "prototype"], exports.EnumerateArray().Select(export => export.GetProperty("format").GetString()));
    }

    [Fact]
    public async Task Messages_are_counted_even_where_no_patterns_could_be_found()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        gateway.Index.End = upload => FakeVectorIndexGrain.Succeed(upload) with { Labels = default };

        using var response = await gateway.UploadAsync("/upload", ("a.json", "{}"), ("b.json", "[]"));

        var answer = await TestGateway.JsonAsync(response);
        Assert.Equal(0, answer.GetProperty("clusters").GetArrayLength());
        Assert.Equal(2, answer.GetProperty("stats").GetProperty("messages").GetInt64());
    }

    [Fact]
    public async Task Labels_too_many_for_one_buffer_arrive_whole_and_in_order()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        var labels = Enumerable.Range(0, 100_003).Select(i => i % 7).ToArray();
        gateway.Index.End = upload => FakeVectorIndexGrain.Succeed(upload) with
        {
            Labels = labels,
            Files = [new FileStatus("a.json", 2, UploadState.Succeeded, labels.Length, labels.Length, null, null, null)],
        };

        using var response = await gateway.UploadAsync("/upload", ("a.json", "{}"));

        var answer = await TestGateway.JsonAsync(response);
        Assert.Equal(labels, answer.GetProperty("clusters").Deserialize<int[]>());
        Assert.Equal(labels.Length, answer.GetProperty("stats").GetProperty("messages").GetInt32());
    }

    [Fact]
    public async Task An_upload_whose_files_are_all_bad_is_422_with_the_error_of_each()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        gateway.Index.End = FakeVectorIndexGrain.Fail;

        using var response = await gateway.UploadAsync("/upload", ("a.json", "{"), ("b.json", "["));

        var problem = await TestGateway.ProblemAsync(response, HttpStatusCode.UnprocessableEntity);
        var files = problem.GetProperty("files").EnumerateArray().ToArray();
        Assert.Equal(["a.json", "b.json"], files.Select(f => f.GetProperty("name").GetString()));
        Assert.All(files, file => Assert.Equal("damaged", file.GetProperty("error").GetProperty("kind").GetString()));
        Assert.Equal(gateway.Index.Opened.Single().UploadId, problem.GetProperty("upload").GetString());
    }

    [Fact]
    public async Task One_bad_file_alone_is_named_with_its_fault_in_the_detail()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        gateway.Index.End = FakeVectorIndexGrain.Fail;

        using var response = await gateway.UploadAsync("/upload", ("a.json", "{"));

        var problem = await TestGateway.ProblemAsync(response, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("a.json could not be read: Not JSON", problem.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("/upload", 5, false)]
    [InlineData("/upload?clusters=1000&duplicates=allow", 1000, true)]
    public async Task The_query_says_how_many_patterns_and_whether_duplicates_are_added(string path, int clusters, bool duplicates)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await gateway.UploadAsync(path, ("a.json", "{}"));

        Assert.Equal((clusters, duplicates), (gateway.Index.Opened.Single().Clusters, gateway.Index.Opened.Single().AllowDuplicates));
    }

    [Theory]
    [InlineData("clusters=0")]
    [InlineData("clusters=1001")]
    [InlineData("clusters=many")]
    [InlineData("clusters=")]
    [InlineData("duplicates=maybe")]
    [InlineData("wait=no")]
    public async Task A_query_out_of_range_is_400_and_names_the_setting(string query)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await gateway.UploadAsync($"/upload?{query}", ("a.json", "{}"));

        var problem = await TestGateway.ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.StartsWith(query.Split('=')[0], problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Empty(gateway.Index.Opened);
    }
}
