using System.Globalization;

namespace ChatAnalysis.Tests.FileParser;

public sealed class MessageTimeTests
{
    [Theory]
    [InlineData("2024-02-29T23:59:59")]
    [InlineData("2024-02-29 23:59:59")]
    [InlineData("2024-02-29T23:59:59.1")]
    [InlineData("2024-02-29T23:59:59.1234567")]
    [InlineData("2024-02-29T23:59:59.12345678")]
    [InlineData("2024-02-29T23:59:59Z")]
    [InlineData("2024-02-29T23:59:59.123Z")]
    [InlineData("2024-02-29T23:59:59+05:30")]
    [InlineData("2024-02-29T23:59:59.25-11:00")]
    [InlineData("2024-02-29T23:59:59+14:00")]
    [InlineData("0001-01-01T00:00:00")]
    [InlineData("9999-12-31T23:59:59.9999999")]
    public void A_time_is_what_the_platforms_own_reader_says(string text) =>
        Assert.Equal(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), Read(text));

    [Theory]
    [InlineData("2023-02-29T23:59:59")]
    [InlineData("2024-13-01T00:00:00")]
    [InlineData("2024-00-01T00:00:00")]
    [InlineData("2024-01-32T00:00:00Z")]
    [InlineData("2024-01-01T24:00:01")]
    [InlineData("2024-01-01T00:60:00")]
    [InlineData("0000-01-01T00:00:00")]
    [InlineData("2024-01-01T00:00:00+99:00")]
    [InlineData("2024-01-01T00:00:00.")]
    [InlineData("2024-01-01T0a:00:00")]
    [InlineData("2024-01-01T00:00:00 sharp")]
    public void What_is_no_time_is_left_out(string text) => Assert.Null(Read(text));

    private static DateTimeOffset? Read(string text) =>
        Assert.Single(Exports.Read($$"""{"messages":[{"text":"a","timestamp":"{{text}}"}]}""")).SentAt;
}
