using ChatAnalysis.Grains.FileParser.Formats;

namespace ChatAnalysis.Tests.Documentation;

/// <summary>Holds docs/formats.md to the formats there are.</summary>
public class FormatsTests
{
    [Fact]
    public void Each_format_has_a_section_and_each_section_is_a_format()
    {
        var sections = File.ReadLines(Repository.PathOf("docs", "formats.md"))
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => line[3..])
            .Where(heading => heading != "What a report says");
        Assert.Equal(ChatFormats.All.Select(format => format.Id).Distinct().Order(StringComparer.Ordinal), sections.Order(StringComparer.Ordinal));
    }
}
