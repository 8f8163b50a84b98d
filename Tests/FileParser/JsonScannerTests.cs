using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Tests.FileParser;

public sealed class JsonScannerTests
{
    private const int Seed = 42;

    [Fact]
    public void What_is_read_is_what_System_Text_Json_reads()
    {
        var random = new RandomJson(Seed);
        for (var i = 0; i < 2000; i++)
        {
            var text = random.Next();
            using var document = JsonDocument.Parse(text);
            var expected = new StringBuilder();
            Write(document.RootElement, expected);

            var read = new StringBuilder();
            using var json = Scanner(Encoding.UTF8.GetBytes(text), atMost: 1 + (i % 80));
            Assert.True(json.NextDocument());
            Write(json, read);
            Assert.False(json.NextDocument());
            Assert.Null(json.Fault);
            Assert.Equal(expected.ToString(), read.ToString());
        }
    }

    [Fact]
    public void What_is_no_JSON_to_System_Text_Json_is_none_here_read_or_skipped()
    {
        var random = new RandomJson(Seed + 1);
        var valid = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = random.NextBroken();
            var expected = Utf8.IsValid(bytes) && IsJson(bytes);
            valid += expected ? 1 : 0;
            Assert.True(expected == Walks(bytes, json => json.Skip()), Encoding.Latin1.GetString(bytes));
            Assert.True(expected == Walks(bytes, json => Write(json, new StringBuilder())), Encoding.Latin1.GetString(bytes));
        }

        Assert.InRange(valid, 1000, 19_000);
    }

    [Fact]
    public void A_container_that_is_written_like_another_is_passed_to_its_end()
    {
        var random = new RandomJson(Seed + 3);
        var found = 0;
        for (var i = 0; i < 2000; i++)
        {
            var value = random.Next();
            var text = Encoding.UTF8.GetBytes($"[{{\"a\":{value}}},{{\"a\":{value}}},[7]]");
            using var json = new JsonScanner(new ChoppedBytes(text, 1 + (i % 80)), 1 << 20, bufferBytes: 64);
            json.NextDocument();
            json.Enter();
            json.NextElement();
            var start = json.Offset;
            json.Enter();
            while (json.NextProperty())
                json.Skip();
            var raw = json.RawFrom(start).ToArray();
            json.NextElement();
            Assert.False(json.TakeIfWritten("{\"b\":"u8));
            found += raw.Length > 0 && json.TakeIfWritten(raw) ? 1 : 0;
            Assert.True(json.NextElement());
            json.Enter();
            Assert.True(json.NextElement());
            Assert.Equal("7", json.ReadScalarLabel());
            Assert.False(json.NextElement() || json.NextElement() || json.NextDocument());
            Assert.Null(json.Fault);
        }

        Assert.InRange(found, 100, 2000);
    }

    [Fact]
    public void A_checked_file_is_skipped_to_the_same_place_by_counting_brackets()
    {
        var random = new RandomJson(Seed + 2);
        for (var i = 0; i < 2000; i++)
        {
            var text = $"[{random.Next()},{random.Next()},7]";
            using var json = new JsonScanner(new ChoppedBytes(Encoding.UTF8.GetBytes(text), 1 + (i % 80)), 1 << 20, trusted: true, 64);
            json.NextDocument();
            json.Enter();
            for (var element = 0; element < 3; element++)
                Assert.True(json.NextElement());
            Assert.Equal("7", json.ReadScalarLabel());
            Assert.False(json.NextElement());
            Assert.Null(json.Fault);
        }
    }

    [Fact]
    public void One_can_go_back_to_a_value_that_has_left_the_window()
    {
        var text = $$"""{"a":{"b":[1,2],"c":"{{new string('x', 10_000)}}"},"d":4}""";
        using var json = Scanner(Encoding.UTF8.GetBytes(text), 100);
        json.NextDocument();
        json.Enter();
        Assert.True(json.NextProperty());
        var mark = json.Mark();
        Assert.True(json.NextProperty());
        Assert.Equal("4", json.ReadScalarLabel());

        json.GoBack(mark);
        json.Enter();
        Assert.True(json.NextProperty());
        Assert.Equal("b", json.ReadKey());
        Assert.True(json.NextProperty());
        Assert.Equal(10_000, json.ReadText().Length);
        Assert.False(json.NextProperty());
        Assert.True(json.NextProperty());
        Assert.Equal("d", json.ReadKey());
        Assert.False(json.NextProperty());
        Assert.Null(json.Fault);
    }

    [Theory]
    [InlineData("""["\ud800"]""", "\uFFFD")]
    [InlineData("""["\udc00\ud800"]""", "\uFFFD\uFFFD")]
    [InlineData("""["a\ud83dé\ude00"]""", "a\uFFFDé\uFFFD")]
    [InlineData("""["\ud83d\ud83d\ude00"]""", "\uFFFD😀")]
    [InlineData("""["\u0000\uFFFF"]""", "\0\uFFFF")]
    public void Half_a_surrogate_pair_becomes_the_replacement_character(string text, string expected)
    {
        using var json = Scanner(Encoding.UTF8.GetBytes(text), 64);
        json.NextDocument();
        json.Enter();
        json.NextElement();
        Assert.Equal(expected, json.ReadText());
    }

    [Theory]
    [InlineData(JsonScanner.MaxDepth, true)]
    [InlineData(JsonScanner.MaxDepth + 1, false)]
    [InlineData(3_000_000, false)]
    public void Nesting_has_a_limit_and_never_overflows_the_stack(int depth, bool valid)
    {
        var bytes = Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));
        Assert.Equal(valid, Walks(bytes, json => json.Skip()));
    }

    [Fact]
    public void A_skipped_text_of_any_length_needs_no_more_window()
    {
        var bytes = Encoding.UTF8.GetBytes($"""["{new string('é', 500_000)}",1]""");
        using var json = new JsonScanner(new ChoppedBytes(bytes), maxTokenBytes: 1024, bufferBytes: 64);
        json.NextDocument();
        json.Skip();
        Assert.False(json.NextDocument());
        Assert.Null(json.Fault);
    }

    private static JsonScanner Scanner(byte[] bytes, int atMost) => new(new ChoppedBytes(bytes, atMost), 1 << 20, bufferBytes: 64);

    private static bool IsJson(byte[] bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Walks(byte[] bytes, Action<JsonScanner> take)
    {
        using var json = Scanner(bytes, int.MaxValue);
        if (!json.NextDocument())
            return false;
        take(json);
        return !json.NextDocument() && json.Fault is null;
    }

    private static void Write(JsonScanner json, StringBuilder to)
    {
        switch (json.Kind)
        {
            case JsonKind.Object:
                to.Append('{');
                json.Enter();
                while (json.NextProperty())
                {
                    to.Append(json.ReadKey()).Append('=');
                    Write(json, to);
                }

                to.Append('}');
                break;
            case JsonKind.Array:
                to.Append('[');
                json.Enter();
                while (json.NextElement())
                    Write(json, to);
                to.Append(']');
                break;
            case JsonKind.Text:
                to.Append(json.ReadText()).Append(';');
                break;
            default:
                to.Append(json.ReadScalarLabel()).Append(';');
                break;
        }
    }

    private static void Write(JsonElement element, StringBuilder to)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                to.Append('{');
                foreach (var property in element.EnumerateObject())
                {
                    to.Append(property.Name).Append('=');
                    Write(property.Value, to);
                }

                to.Append('}');
                break;
            case JsonValueKind.Array:
                to.Append('[');
                foreach (var item in element.EnumerateArray())
                    Write(item, to);
                to.Append(']');
                break;
            case JsonValueKind.String:
                to.Append(element.GetString()).Append(';');
                break;
            default:
                to.Append(element.GetRawText()).Append(';');
                break;
        }
    }
}
