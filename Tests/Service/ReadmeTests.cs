using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatAnalysis.Tests.Service;

/// <summary>Does what the README tells a new user to do.</summary>
public sealed partial class ReadmeTests
{
    private readonly string _readme = File.ReadAllText(Repository.PathOf("README.md"));

    [Fact]
    public async Task The_commands_of_the_README_work_and_its_answer_is_the_services()
    {
        using var folder = new TemporaryFolder();
        var blocks = Fence().Matches(_readme).Select(m => (Language: m.Groups[1].Value, Text: m.Groups[2].Value)).ToArray();
        Assert.Equal(("sh", "make run\n"), blocks[0]);
        var documented = JsonElement.Parse(blocks.Single(b => b.Language == "json").Text);

        await using var service = ServiceProcess.Launch(["make", "--no-print-directory", "run"], folder.PathOf("data"));
        await service.WaitUntilReadyAsync();
        var uploaded = JsonElement.Parse(await DocumentedCommands.RunAsync(service, folder, blocks[1].Text));
        Assert.Equal(Shape(documented), Shape(uploaded));
        foreach (var property in new[] { "clusters", "stats", "files" })
            Assert.True(JsonElement.DeepEquals(documented.GetProperty(property), uploaded.GetProperty(property)), $"{uploaded}");
        Assert.Equal(Patterns(documented), Patterns(uploaded));

        var asked = await DocumentedCommands.RunAsync(service, folder, blocks[3].Text);
        Assert.Contains("\"hits\"", asked, StringComparison.Ordinal);
        Assert.Contains("""{"status":"ok"}""", asked, StringComparison.Ordinal);
        Assert.Contains("\"silos\"", asked, StringComparison.Ordinal);
    }

    /// <summary>The texts of each pattern. Two of one pattern are as near to its centre as rounding has it: their order is not held.</summary>
    private static IEnumerable<string> Patterns(JsonElement answer) => answer.GetProperty("patterns").EnumerateArray().Select(p =>
        string.Join(" | ", p.GetProperty("examples").EnumerateArray().Select(e => e.GetProperty("text").GetString()).Order()));

    /// <summary>The names and kinds of a document, without its values.</summary>
    private static string Shape(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject().Select(p => $"{p.Name}:{Shape(p.Value)}").Order())}}}",
        JsonValueKind.Array => $"[{string.Join('|', element.EnumerateArray().Select(Shape).Distinct().Order())}]",
        var kind => kind.ToString(),
    };

    [GeneratedRegex("^```([a-z]*)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
