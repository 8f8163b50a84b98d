using System.Net;
using ChatAnalysis.Grains.FileParser.Formats;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.Gateway;

public sealed class ReadingQueryTests
{
    [Theory]
    [InlineData("", null, null, null)]
    [InlineData("?timezone=Europe/Berlin&dayfirst=true&format=openai", "Europe/Berlin", true, "openai")]
    [InlineData("?timezone=UTC&dayfirst=false", "UTC", false, null)]
    [InlineData("?timezone=America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires", null, null)]
    public async Task An_upload_and_an_inspection_are_read_as_the_query_says(string query, string? zone, bool? dayFirst, string? format)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();
        var expected = new ReadingOptions(zone, dayFirst, format);

        using var uploaded = await gateway.UploadAsync($"/upload{query}", ("a.json", "{}"));
        using var inspected = await gateway.UploadAsync($"/v1/inspect{query}", ("a.json", "{}"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (uploaded.StatusCode, inspected.StatusCode));
        Assert.Equal(expected, gateway.Index.Opened.Single().Reading);
        Assert.Equal(expected, gateway.Parser.Requests.Single().Reading);
    }

    [Theory]
    [InlineData("timezone=Mars/Olympus", "Europe/Berlin")]
    [InlineData("timezone=", "Europe/Berlin")]
    [InlineData("timezone=Europe", "Europe/Berlin")]
    [InlineData("timezone=tzdata.zi", "Europe/Berlin")]
    [InlineData("timezone=/dev/zero", "Europe/Berlin")]
    [InlineData("timezone=../../../dev/zero", "Europe/Berlin")]
    [InlineData("timezone=Europe/../../../../dev/zero", "Europe/Berlin")]
    [InlineData("timezone=UTC%00", "Europe/Berlin")]
    [InlineData("dayfirst=yes", "true or false")]
    [InlineData("dayfirst=", "true or false")]
    [InlineData("format=fax", "openai, prototype")]
    [InlineData("format=OpenAI", "openai, prototype")]
    public async Task An_option_that_is_none_is_400_and_says_what_would_be_right(string query, string right)
    {
        await using var gateway = await new TestGateway().StartReadyAsync();

        foreach (var path in new[] { "/upload", "/v1/inspect" })
        {
            using var response = await gateway.UploadAsync($"{path}?{query}", ("a.json", "{}"));

            var detail = (await TestGateway.ProblemAsync(response, HttpStatusCode.BadRequest)).GetProperty("detail").GetString();
            Assert.StartsWith(query.Split('=')[0], detail, StringComparison.Ordinal);
            Assert.Contains(right, detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_formats_that_can_be_asked_for_are_those_that_can_be_read() =>
        Assert.Equal(ChatFormats.All.Select(format => format.Id).Distinct().Order(StringComparer.Ordinal), FormatIds.All);
}
