using System.Text;
using ChatAnalysis.Grains.FileParser;

namespace ChatAnalysis.Tests.FileParser;

public sealed class KeptLinesTests
{
    private static readonly ParsingOptions Keep = new() { OnDamage = OnDamage.Keep };

    /// <summary>Three lines with a message each, and what has to stand before them.</summary>
    private static readonly (string Format, string[] Before, string[] Lines)[] Formats =
    [
        ("openai", [], [.. Numbers.Select(text => $$"""{"messages":[{"role":"user","content":"{{text}}","name":"é"}]}""")]),
        ("sharegpt", [], [.. Numbers.Select(text => $$"""{"id":"{{text}}é","conversations":[{"from":"human","value":"{{text}}"}]}""")]),
        ("lmsys", [], [.. Numbers.Select(text =>
            $$"""{"conversation_id":"{{text}}é","conversation":[{"role":"user","content":"{{text}}"}]}""")]),
        ("wildchat", [], [.. Numbers.Select(text =>
            $$"""{"conversation_hash":"{{text}}é","timestamp":null,"conversation":[{"role":"user","content":"{{text}}"}]}""")]),
        ("chatgpt", [], [.. Numbers.Select(text =>
            $$$$"""{"title":"é","mapping":{"n":{"message":{"author":{"role":"user"},"content":{"parts":["{{{{text}}}}"]}},"parent":null}}}""")]),
        ("claude", [], [.. Numbers.Select(text => $$"""{"name":"é","chat_messages":[{"sender":"human","text":"{{text}}"}]}""")]),
        ("signal", [SignalExport.Header, .. SignalExport.People], [.. Numbers.Select((text, i) =>
            SignalExport.Item(10, 2, i, $"\"standardMessage\":{{\"text\":{{\"body\":\"{text}\",\"é\":1}}}}"))]),
        ("mattermost", ["""{"type":"version","version":1}"""], [.. Numbers.Select((text, i) =>
            $$$"""{"type":"post","post":{"team":"é","channel":"c","user":"u","message":"{{{text}}}","create_at":{{{1705311200000 + i}}}}}""")]),
        ("rocketchat", [], [.. Numbers.Select((text, i) =>
            $$$"""{"_id":"{{{text}}}","rid":"é","msg":"{{{text}}}","ts":{"$date":"2024-03-15T15:46:0{{{i}}}.000Z"},"u":{"_id":"a","username":"a"}}""")]),
    ];

    private static string[] Numbers => ["one", "two", "three"];

    public static TheoryData<int, string> Damages
    {
        get
        {
            var all = new TheoryData<int, string>();
            for (var format = 0; format < Formats.Length; format++)
                foreach (var damage in (string[])["cut", "unclosed text", "no JSON", "an array", "no UTF-8", "control", "bracket", "more", "empty"])
                    all.Add(format, damage);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_line_that_is_damaged_is_skipped_and_the_others_are_read(int number, string damage)
    {
        var (format, before, lines) = Formats[number];
        var damaged = Damaged(lines[1], damage);
        var export = Kept([.. before.Concat(lines[..2]).Select(Encoding.UTF8.GetBytes), damaged, damaged, Encoding.UTF8.GetBytes(lines[2])]);
        Assert.Equal(damage == "more" ? ["one", "two", "two", "two", "three"] : ["one", "two", "three"], export.Texts());
        Assert.Equal((format, 2L), (export.Report().Format, export.Report().Skipped["damaged"]));
        Assert.Contains(export.Report().Warnings, warning =>
            warning.Contains($"line {before.Length + 3}", StringComparison.Ordinal)
            && warning.EndsWith("; it was skipped, as was what is damaged in 1 more places", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_last_line_that_is_damaged_is_skipped(int number, string damage)
    {
        var (_, before, lines) = Formats[number];
        var export = Kept([.. before.Concat([lines[0], lines[2]]).Select(Encoding.UTF8.GetBytes), Damaged(lines[1], damage)]);
        Assert.Equal(damage == "more" ? ["one", "three", "two"] : ["one", "three"], export.Texts().Order());
        Assert.Equal(1, export.Report().Skipped["damaged"]);
    }

    [Fact]
    public void A_document_that_is_written_over_several_lines_is_damaged_as_one()
    {
        const string Document = "{\n  \"messages\": [\n    {\"role\": \"user\", \"content\": \"a\"}\n  ]\n}\n";
        var export = new TestExport { Parsing = Keep }.With("", $"{Document}{Document.Replace("]", "", StringComparison.Ordinal)}{Document}");
        Assert.Equal(["a", "a", "a"], export.Texts());
        Assert.Empty(export.Report().Skipped);
        Assert.EndsWith("; it was skipped", Assert.Single(export.Report().Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_on_lines_of_their_own_are_no_lines()
    {
        var one = """{"id":"1","conversations":[{"from":"human","value":"one"}]}""";
        var export = new TestExport { Parsing = Keep }.With("", $"[{one},\n{one},\n{one} {one},\n{one}]");
        Assert.Equal(["one", "one", "one"], export.Texts());
        Assert.EndsWith("; what follows there was not read", Assert.Single(export.Report().Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_never_end_are_not_read_again_and_again()
    {
        var line = """{"messages":[{"role":"user","content":"a"}]}""";
        var export = new TestExport { Parsing = Keep }.With("", $"{line}\n{string.Concat(Enumerable.Repeat("[\n", 200_000))}{line}\n");
        Assert.Equal(1, export.Open().Survey().Report!.Messages);
    }

    private static byte[] Damaged(string line, string damage)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        switch (damage)
        {
            case "cut":
                return bytes[..^3];
            case "unclosed text":
                return Encoding.UTF8.GetBytes(line.Replace("two\"", "two", StringComparison.Ordinal));
            case "no JSON":
                return "<html>"u8.ToArray();
            case "an array":
                return "7"u8.ToArray();
            case "no UTF-8":
                bytes[bytes.AsSpan().IndexOf("é"u8)] = (byte)'x';
                return bytes;
            case "control":
                return Encoding.UTF8.GetBytes(line.Replace('é', '\u0001'));
            case "bracket":
                return Encoding.UTF8.GetBytes(line.Replace("}", "]", StringComparison.Ordinal));
            case "more":
                return Encoding.UTF8.GetBytes($"{line} {{}}");
            default:
                return "{"u8.ToArray();
        }
    }

    private static TestExport Kept(IEnumerable<byte[]> lines) =>
        new TestExport { Parsing = Keep }.With("", [.. lines.SelectMany(line => (byte[])[.. line, (byte)'\n'])]);
}
