using System.Net;
using System.Text.Json;

namespace ChatAnalysis.Tests.Gateway;

public sealed class UploadStatusTests
{
    [Fact]
    public async Task A_client_that_prefers_not_to_wait_gets_202_and_a_place_to_ask()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        gateway.Index.Work = new TaskCompletionSource().Task;
        gateway.Client.DefaultRequestHeaders.Add("Prefer", "handling=lenient, respond-async");

        using var response = await gateway.UploadAsync("/upload", ("a.json", "{}"));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("respond-async", response.Headers.GetValues("Preference-Applied").Single());
        Assert.Equal($"/v1/uploads/{gateway.Index.Opened.Single().UploadId}", response.Headers.Location?.ToString());
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Equal("processing", (await TestGateway.JsonAsync(response)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task The_query_can_ask_not_to_wait_too_and_no_preference_is_said_to_be_applied()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        gateway.Index.Work = new TaskCompletionSource().Task;

        using var response = await gateway.UploadAsync("/upload?wait=false", ("a.json", "{}"));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.False(response.Headers.Contains("Preference-Applied"));
    }

    [Fact]
    public async Task While_it_is_read_an_upload_shows_its_times_and_the_progress_of_each_file()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        gateway.Index.Work = new TaskCompletionSource().Task;
        using var accepted = await gateway.UploadAsync("/upload?wait=false", ("a.json", "{}"));

        using var response = await gateway.GetAsync(accepted.Headers.Location!.ToString());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        var expected = """
            {"upload":"UPLOAD","status":"processing","created_at":"2025-03-04T05:06:07+00:00",
            "started_at":"2025-03-04T05:06:08+00:00","ended_at":null,
            "files":[{"name":"a.json","format":null,"variant":null,"conversations":0,"participants":0,"messages":0,
            "new":0,"updated":0,"unchanged":0,"first_sent_at":null,"last_sent_at":null,
            "skipped":{},"assumptions":[],"warnings":[],"files_read":0,"files_ignored":{},"error":null,"duplicate_of":null,
            "status":"processing","size":2,"messages_done":3,"messages_expected":10}]}
            """.ReplaceLineEndings("").Replace("UPLOAD", gateway.Index.Opened.Single().UploadId, StringComparison.Ordinal);
        Assert.Equal(expected, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task At_its_end_an_upload_shows_the_labels_stats_and_patterns_of_the_answer()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        using var accepted = await gateway.UploadAsync("/upload?wait=false", ("a.json", "{}"), ("b.json", "{}"));

        using var response = await gateway.GetAsync(accepted.Headers.Location!.ToString());

        Assert.Null(response.Headers.RetryAfter);
        var status = await TestGateway.JsonAsync(response);
        Assert.Equal("succeeded", status.GetProperty("status").GetString());
        Assert.Equal("[0,1]", status.GetProperty("clusters").GetRawText());
        Assert.Equal(2, status.GetProperty("stats").GetProperty("messages").GetInt32());
        Assert.Equal(JsonValueKind.Array, status.GetProperty("patterns").ValueKind);
    }

    [Fact]
    public async Task A_failed_upload_is_shown_with_200_and_its_errors()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        gateway.Index.End = FakeVectorIndexGrain.Fail;
        using var accepted = await gateway.UploadAsync("/upload?wait=false", ("a.json", "{"));

        using var response = await gateway.GetAsync(accepted.Headers.Location!.ToString());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var status = await TestGateway.JsonAsync(response);
        Assert.Equal("failed", status.GetProperty("status").GetString());
        Assert.Equal("damaged", status.GetProperty("files")[0].GetProperty("error").GetProperty("kind").GetString());
        Assert.False(status.TryGetProperty("clusters", out _));
    }

    [Fact]
    public async Task A_client_that_goes_away_while_it_waits_does_not_end_the_upload()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        var work = new TaskCompletionSource();
        gateway.Index.Work = work.Task;
        using var impatient = new CancellationTokenSource();
        using var body = new MultipartFormDataContent { { new StringContent("{}"), "files", "a.json" } };
        var waiting = gateway.Client.PostAsync(new Uri("/upload", UriKind.Relative), body, impatient.Token);
        var upload = await gateway.Index.FirstOpened.Task;

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        work.SetResult();

        using var response = await gateway.GetAsync($"/v1/uploads/{upload.UploadId}");
        Assert.Equal("succeeded", (await TestGateway.JsonAsync(response)).GetProperty("status").GetString());
        Assert.True(File.Exists(Path.Combine(gateway.UploadDirectory, upload.Files[0].StoredAs)));
    }

    [Fact]
    public async Task Uploads_are_listed_newest_first_and_no_more_than_asked_for()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        for (var i = 0; i < 3; i++)
            using (await gateway.UploadAsync("/upload", ("a.json", "{}"))) { }

        using var response = await gateway.GetAsync("/v1/uploads?limit=2");

        var uploads = (await TestGateway.JsonAsync(response)).GetProperty("uploads").EnumerateArray().ToArray();
        Assert.Equal(
            gateway.Index.Opened.Select(u => u.UploadId).OrderDescending(StringComparer.Ordinal).Take(2),
            uploads.Select(u => u.GetProperty("upload").GetString()));
        Assert.Equal("succeeded", uploads[0].GetProperty("status").GetString());
        Assert.Equal("2025-03-04T05:06:07+00:00", uploads[0].GetProperty("created_at").GetString());
        Assert.Equal((2, 5), (uploads[0].GetProperty("files").GetInt32(), uploads[0].GetProperty("messages").GetInt32()));
    }

    [Fact]
    public async Task The_list_goes_on_before_the_upload_that_is_named()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        for (var i = 0; i < 3; i++)
            using (await gateway.UploadAsync("/upload", ("a.json", "{}"))) { }

        string[] newestFirst = [.. gateway.Index.Opened.Select(u => u.UploadId).OrderDescending(StringComparer.Ordinal)];
        using var response = await gateway.GetAsync($"/v1/uploads?before={newestFirst[0]}");

        var uploads = (await TestGateway.JsonAsync(response)).GetProperty("uploads").EnumerateArray();
        Assert.Equal(newestFirst[1..], uploads.Select(u => u.GetProperty("upload").GetString()));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1001")]
    [InlineData("x")]
    public async Task A_list_of_no_sensible_length_is_400(string limit)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        using var response = await gateway.GetAsync($"/v1/uploads?limit={limit}");

        await TestGateway.ProblemAsync(response, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_deleted_upload_is_gone_and_deleting_it_again_is_404()
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        using var posted = await gateway.UploadAsync("/upload", ("a.json", "{}"));
        var path = new Uri($"/v1/uploads/{gateway.Index.Opened.Single().UploadId}", UriKind.Relative);

        using var deleted = await gateway.Client.DeleteAsync(path);
        using var again = await gateway.Client.DeleteAsync(path);
        using var asked = await gateway.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await TestGateway.ProblemAsync(again, HttpStatusCode.NotFound);
        await TestGateway.ProblemAsync(asked, HttpStatusCode.NotFound);
    }
}
