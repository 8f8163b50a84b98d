using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Tests.FileParser.Fuzzing;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>What nobody exports, but somebody may send.</summary>
public class HostileInputTests
{
    private const long Megabyte = 1 << 20;

    private static readonly JsonNode?[] WrongValues =
    [
        null, JsonValue.Create(true), JsonValue.Create(0), JsonValue.Create(-1e300), JsonValue.Create(""), JsonValue.Create("x"), new JsonArray(),
        new JsonObject(), new JsonArray(new JsonArray(), null), new JsonObject { ["id"] = 1, ["text"] = new JsonObject(), ["name"] = null },
    ];

    public static TheoryData<string> Formats => [.. FuzzSeeds.All.Select(seed => seed.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_value_of_a_wrong_type_in_any_field_is_refused_or_passed_over(string name)
    {
        var seed = FuzzSeeds.All.First(seed => seed.Name == name).Export;
        foreach (var (path, content) in seed.Files)
            foreach (var line in Documents(content))
                for (var value = 0; value < CountOf(line.Document); value++)
                    foreach (var wrong in WrongValues)
                    {
                        var changed = line.With(Replaced(line.Document, value, wrong));
                        ReadOrRefuse(seed, path, Encoding.UTF8.GetBytes(changed), $"value {value} of {path} is {wrong?.ToJsonString() ?? "null"}");
                    }
    }

    [Fact]
    public void A_long_key_is_not_repeated_for_all_that_is_below_it()
    {
        var below = string.Join(',', Enumerable.Range(0, 30).Select(i =>
            $"\"a{i}\":{{{string.Join(',', Enumerable.Range(0, 40).Select(j => $"\"b{j}\":1"))}}}"));
        var file = new MemoryFile("", Encoding.UTF8.GetBytes($"{{\"{new string('k', 300_000)}\":{{{below}}}}}"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var sketch = FileSketcher.Sketch(file, [], bufferBytes: 64 * 1024);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * Megabyte);
        Assert.Equal($"a JSON object with the keys {new string('k', 40)}…", sketch.Describe());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void An_export_cut_at_any_byte_is_refused_or_read_as_far_as_it_is_whole(string name)
    {
        var seed = FuzzSeeds.All.First(seed => seed.Name == name).Export;
        var report = seed.Report();
        var entries = report.Messages + report.Skipped.Values.Sum();
        foreach (var (path, content) in seed.Files)
            for (var length = 0; length < content.Length; length++)
                Assert.InRange(ReadOrRefuse(seed, path, content[..length], $"{path} cut at {length}"), 0, entries);
    }

    [Theory]
    [InlineData("{\"messages\":[{\"text\":\"hello\",\"extra\":", "}]}")]
    [InlineData("[{\"conversation_id\":\"a\",\"utterances\":[{\"text\":\"hello\"}],\"extra\":", "}]")]
    public void JSON_nested_a_hundred_thousand_deep_is_refused_with_its_place(string before, string after)
    {
        var error = TestExport.Of($"{before}{new string('[', 100_000)}{new string(']', 100_000)}{after}").Refusal();
        Assert.Equal(FileErrorKind.Damaged, error.Kind);
        Assert.Contains("nested more than", error.Detail, StringComparison.Ordinal);
        Assert.NotNull(error.Place);
    }

    [Fact]
    public void A_text_of_500_MB_is_refused_and_takes_no_memory()
    {
        var before = GC.GetTotalAllocatedBytes();
        var survey = Open("{\"messages\":[\"hello\",\"", 500 * Megabyte, "\"]}").Survey();
        Assert.Contains("MaxMessageBytes", survey.Error!.Detail, StringComparison.Ordinal);
        Assert.StartsWith("messages[1], line 1", survey.Error.Place, StringComparison.Ordinal);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 200 * Megabyte);
    }

    [Fact]
    public void A_text_of_500_MB_that_nobody_reads_is_passed_over()
    {
        var before = GC.GetTotalAllocatedBytes();
        var survey = Open("{\"messages\":[{\"text\":\"hello\",\"picture\":\"", 500 * Megabyte, "\"}]}").Survey();
        Assert.Equal(1, survey.Report?.Messages);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 200 * Megabyte);
    }

    [Fact]
    public void A_number_of_a_million_digits_is_no_time()
    {
        var message = Assert.Single(TestExport.Of($$"""{"messages":[{"text":"hello","timestamp":{{new string('7', 1_000_000)}}}]}""").Messages());
        Assert.Equal(("hello", null), (message.Text, message.SentAt));
    }

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character() =>
        Assert.Equal(["a\uFFFDb", "\uFFFD\uFFFD"], TestExport.Of("""{"messages":["a\ud800b","\udc00\ud800"]}""").Texts());

    [Fact]
    public void A_NUL_within_JSON_is_damage_and_as_an_escape_is_text()
    {
        Assert.Equal(FileErrorKind.Damaged, TestExport.Of("{\"messages\":[\"a\0b\"]}").Refusal().Kind);
        Assert.Equal(["a\0b"], TestExport.Of("""{"messages":["a\u0000b"]}""").Texts());
    }

    /// <summary>Reads an export with one of its files replaced; it is read to the end, or refused with a reason.</summary>
    /// <returns>Messages read.</returns>
    private static long ReadOrRefuse(TestExport seed, string path, byte[] content, string what)
    {
        var export = new TestExport { Options = seed.Options };
        foreach (var file in seed.Files)
            export.With(file.Path, file.Path == path ? content : file.Content);
        try
        {
            var survey = export.Open().Survey();
            if (survey.Error is { } error)
            {
                Assert.NotEmpty(error.Detail);
                return 0;
            }

            Assert.Equal(survey.Report!.Messages, ChatFile.Read(survey, 0).LongCount());
            return survey.Report.Messages;
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException(what, exception);
        }
    }

    private static ChatFile Open(string before, long bytes, string after) => new(
        [new UploadFile(new LongText(before, bytes, after), before.Length + bytes + after.Length, "chat.json")], new ParsingOptions(), ReadingOptions.Default);

    /// <summary>The JSON values of a file: one, or one a line; none where it is no JSON.</summary>
    private static IEnumerable<(string Document, Func<string, string> With)> Documents(byte[] content)
    {
        var text = Encoding.UTF8.GetString(content);
        if (IsJson(text))
            return [(text, changed => changed)];
        var lines = text.Split('\n');
        return lines.Index().Where(line => IsJson(line.Item)).Select(line => (
            line.Item,
            (Func<string, string>)(changed => string.Join('\n', lines.Select((other, i) => i == line.Index ? changed : other)))));
    }

    private static bool IsJson(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject or JsonArray;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static int CountOf(string document) => Values(JsonNode.Parse(document)!).Count();

    private static string Replaced(string document, int value, JsonNode? wrong)
    {
        var root = JsonNode.Parse(document)!;
        var (parent, key, index) = Values(root).ElementAt(value);
        if (parent is JsonObject owner)
            owner[key!] = wrong?.DeepClone();
        else
            parent.AsArray()[index] = wrong?.DeepClone();
        return root.ToJsonString();
    }

    /// <summary>Every value below the root, by its container.</summary>
    private static IEnumerable<(JsonNode Parent, string? Key, int Index)> Values(JsonNode node)
    {
        IEnumerable<(JsonNode? Child, string? Key, int Index)> children = node switch
        {
            JsonObject owner => owner.Select(member => (member.Value, (string?)member.Key, 0)),
            JsonArray list => list.Select((item, i) => (item, (string?)null, i)),
            _ => [],
        };
        foreach (var (child, key, index) in children)
        {
            yield return (node, key, index);
            if (child is null)
                continue;
            foreach (var below in Values(child))
                yield return below;
        }
    }
}
