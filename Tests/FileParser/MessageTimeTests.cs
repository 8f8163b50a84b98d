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

    [Theory]
    [InlineData("20230409", "2023-04-09T00:00:00")]
    [InlineData("20240229235958", "2024-02-29T23:59:58")]
    [InlineData("19900101", "1990-01-01T00:00:00")]
    [InlineData("21001231000000", "2100-12-31T00:00:00")]
    public void Eight_or_fourteen_digits_that_are_a_date_are_one(string text, string time) =>
        Assert.Equal(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), Read(text));

    [Theory]
    [InlineData("20230229", 20_230_229L)]
    [InlineData("19891231", 19_891_231L)]
    [InlineData("21010101", 21_010_101L)]
    [InlineData("1700000000", 1_700_000_000L)]
    [InlineData("1700000000000", 1_700_000_000L)]
    [InlineData("20240101250000", 20_240_101_250L)]
    public void Other_digits_are_a_number_of_seconds_or_finer_units(string text, long seconds) =>
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(seconds), Read(text));

    [Fact]
    public void A_number_is_a_number_though_its_digits_are_a_date() =>
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(20_230_409), ReadValue("20230409"));

    private static DateTimeOffset? Read(string text) => ReadValue($"\"{text}\"");

    private static DateTimeOffset? ReadValue(string value) =>
        Assert.Single(Exports.Read($$"""{"messages":[{"text":"a","timestamp":{{value}}}]}""")).SentAt;
}
