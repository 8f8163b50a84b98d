namespace ChatAnalysis.Tests.Gateway;

public sealed class LogTests
{
    [Fact]
    public async Task At_the_most_talkative_level_neither_a_query_nor_a_message_is_logged()
    {
        using var logs = new CapturedLogs();
        await using (var gateway = await new TestGateway
        {
            Logs = logs,
            Settings = ["Logging:LogLevel:Default=Trace", "Logging:LogLevel:Microsoft.AspNetCore=Trace"],
        }.StartReadyAsync())
        {
            using var found = await gateway.GetAsync("/v1/search?q=whispered-secret&limit=3");
            using var refused = await gateway.GetAsync("/v1/search?q=whispered-secret&limit=whispered-secret");
            using var uploaded = await gateway.UploadAsync("/upload", ("a.json", """{"messages":["whispered-secret"]}"""));
            gateway.Index.Fault = new InvalidOperationException("fault");
            using var failed = await gateway.GetAsync("/v1/search?q=whispered-secret");
        }

        Assert.NotEmpty(logs.Lines);
        Assert.DoesNotContain(logs.Lines, line => line.Contains("whispered-secret", StringComparison.Ordinal));
    }
}
