using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>A text stands in a Telegram export twice: by itself, and as its entities.</summary>
public sealed class TelegramTextTests
{
    [Theory]
    [InlineData("\"plain\"", "plain")]
    [InlineData("""["a ",{"type":"bold","text":"b"},{"type":"text_link","text":" c","href":"http://d.example"},""]""", "a b c")]
    [InlineData("""[{"type":"mention_name","text":"Bob","user_id":3},{"type":"pre","text":"x\ny","language":""}]""", "Bobx\ny")]
    public void A_text_is_a_string_or_an_array_of_strings_and_objects(string text, string expected) =>
        Assert.Equal(expected, One($$"""{"id":1,"type":"message","text":{{text}}}""").Text);

    [Theory]
    [InlineData("""["all ","of it"]""", """[{"type":"plain","text":"all "}]""", "all of it")]
    [InlineData("\"some\"", """[{"type":"plain","text":"some"},{"type":"plain","text":" more"}]""", "some more")]
    [InlineData("\"\"", """[{"type":"plain","text":"only here"}]""", "only here")]
    [InlineData("\"same\"", """[{"type":"plain","text":"emas"}]""", "same")]
    public void Of_the_text_and_its_entities_the_longer_one_counts(string text, string entities, string expected)
    {
        Assert.Equal(expected, One($$"""{"id":1,"type":"message","text":{{text}},"text_entities":{{entities}}}""").Text);
        Assert.Equal(expected, One($$"""{"id":1,"type":"message","text_entities":{{entities}},"text":{{text}}}""").Text);
    }

    [Theory]
    [InlineData(""" "one" """, """[{"type":"plain","text":"two and more"}]""", "two and more")]
    [InlineData(""" "a" """, """[{"type":"plain","text":"a"},{"type":"bold","text":"b"}]""", "ab")]
    [InlineData(""" "plain" """, """[{"type":"plain","text":"plain","text":" twice"}]""", "plain twice")]
    [InlineData(""" "text" """, """[{"text":"text","type":"text"}]""", "text")]
    [InlineData(""" "say \"}],\\" """, """[{"type":"plain","text":"say \"}],\\"}]""", "say \"}],\\")]
    [InlineData(""" ["o","ne"] """, """[{"type":"plain","text":"one"}," two"]""", "one two")]
    [InlineData(""" "" """, """[{"type":"plain","text":""},"late"]""", "late")]
    public void Entities_are_told_from_those_that_repeat_the_text_as_the_messages_before_do(string text, string entities, string expected)
    {
        var messages = BehindRepeated(text, entities);
        Assert.Equal(["first", expected, "last"], messages.Select(m => m.Text));
    }

    [Theory]
    [InlineData("""{"question":"Tea?","answers":[{"text":"yes"},{"text":"no","voters":1}]}""", "Tea?\nyes\nno")]
    [InlineData("""{"answers":[{"text":"yes"},{"text":""},{"text":"no"}],"closed":false,"question":"Tea?"}""", "Tea?\nyes\nno")]
    [InlineData("""{"answers":[{"text":"yes"},{"text":"no"}]}""", "yes\nno")]
    [InlineData("""{"question":"Tea?"}""", "Tea?")]
    public void A_poll_is_its_question_and_then_its_answers_a_line_each(string poll, string expected) =>
        Assert.Equal(expected, One($$"""{"id":1,"type":"message","text":"","poll":{{poll}}}""").Text);

    [Fact]
    public void Entities_that_end_where_those_of_the_message_before_go_on_with_a_text_end_there()
    {
        const string More = "x\"}],\"edited\":\"1\",\"y\":[{\"z\":\"";
        var messages = BehindRepeated($"\"{new string('-', More.Length)}\"", $$"""[{"type":"plain","text":"{{More}}"}]""");
        Assert.Equal([false, true, false], messages.Select(m => m.Edited));
    }

    private static List<ParsedMessage> BehindRepeated(string text, string entities) =>
        new TelegramExport()
            .Message(1, "user1", "A", "\"first\"", """[{"type":"plain","text":"first"}]""")
            .Message(2, "user1", "A", text, entities)
            .Message(3, "user1", "A", "\"last\"", """[{"type":"plain","text":"last"}]""")
            .ToExport().Messages();

    private static ParsedMessage One(string entry) => Assert.Single(new TelegramExport().Entry(entry).ToExport().Messages());
}
