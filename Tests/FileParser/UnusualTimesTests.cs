namespace ChatAnalysis.Tests.FileParser;

/// <summary>Times that are written in an unusual way are read all the same, and the report tells of those that cannot be.</summary>
public sealed class UnusualTimesTests
{
    private static readonly DateTimeOffset Expected = new(2024, 1, 2, 3, 4, 5, TimeSpan.Zero);

    // Escapes as .NET and PHP write them, and one that nobody has to write.
    public static TheoryData<string> Escaped =>
    [
        """{"messages":[{"text":"a","timestamp":"2024\/01\/02 03:04:05"}]}""",
        """{"messages":[{"text":"a","timestamp":"2024-01-02T04:04:05\u002B01:00"}]}""",
        """{"guild":{"id":"1","name":"G"},"channel":{"id":"2","name":"c"},"messages":[{"id":"3","type":"Default","timestamp":"2024-01-02T03:04:05\u002B00:00","content":"a","author":{"id":"4","name":"n"}}]}""",
        """[{"uuid":"u","name":"n","chat_messages":[{"uuid":"m","sender":"human","text":"a","created_at":"2024-01-02T03:04:05\u002B00:00"}]}]""",
        """{"name":"c","type":"public_channel","id":1,"messages":[{"id":1,"type":"message","from_id":"user1","text":"a","date":"2024\u002d01\u002d02T03:04:05"}]}""",
        """{"name":"c","type":"public_channel","id":1,"messages":[{"id":1,"type":"message","from_id":"user1","text":"a","date_unixtime":"\u0031704164645"}]}""",
        """[{"type":"message","user":"U1","text":"a","ts":"1704164645\u002e000000"}]""",
        """{"participants":[{"name":"A"}],"thread_path":"inbox/a","title":"A","messages":[{"sender_name":"A","timestamp_ms":"\u0031704164645000","content":"a"}]}""",
    ];

    // A word where a time should be.
    public static TheoryData<string> Unreadable =>
    [
        """{"messages":[{"text":"a","timestamp":"2023-04-09 at noon"}]}""",
        """{"messages":[{"text":"a","timestamp":{"seconds":1}}]}""",
        """{"guild":{"id":"1","name":"G"},"channel":{"id":"2","name":"c"},"messages":[{"id":"3","type":"Default","timestamp":"noon","content":"a","author":{"id":"4","name":"n"}}]}""",
        """[{"uuid":"u","name":"n","chat_messages":[{"uuid":"m","sender":"human","text":"a","created_at":"noon"}]}]""",
        """{"name":"c","type":"public_channel","id":1,"messages":[{"id":1,"type":"message","from_id":"user1","text":"a","date":"noon"}]}""",
        """{"name":"c","type":"public_channel","id":1,"messages":[{"id":1,"type":"message","from_id":"user1","text":"a","date":"a time longer than any that there is"}]}""",
        """[{"ID":3,"Timestamp":"noon","Contents":"a","Attachments":""}]""",
    ];

    [Theory]
    [MemberData(nameof(Escaped))]
    public void A_time_may_be_written_with_escapes(string export) =>
        Assert.Equal(Expected, Assert.Single(TestExport.Of(export).Messages()).SentAt);

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void A_time_that_cannot_be_read_is_told(string export)
    {
        Assert.Null(Assert.Single(TestExport.Of(export).Messages()).SentAt);
        Assert.Contains("time", Assert.Single(TestExport.Of(export).Report().Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public void Where_there_is_no_time_there_is_nothing_to_tell(string time) =>
        Assert.Empty(TestExport.Of($$"""{"messages":[{"text":"a","timestamp":{{time}} }]}""").Report().Warnings);
}
