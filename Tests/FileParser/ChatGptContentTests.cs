using System.Text.Json.Nodes;
using static ChatAnalysis.Tests.FileParser.ChatGptExport;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>What of a node is a person's or the model's words.</summary>
public sealed class ChatGptContentTests
{
    [Fact]
    public void A_content_type_may_be_missing() =>
        Assert.Equal(["first", "words"], One(new() { ["parts"] = new JsonArray("words") }).Texts());

    [Fact]
    public void Parts_mix_texts_and_objects() =>
        Assert.Equal(
            "one\nspoken\ntwo",
            One(new()
            {
                ["content_type"] = "multimodal_text",
                ["parts"] = new JsonArray("one", new JsonObject { ["content_type"] = "audio_transcription", ["text"] = "spoken" },
                    new JsonObject { ["content_type"] = "image_asset_pointer", ["asset_pointer"] = "file-service://f", ["metadata"] = null },
                    "", "two"),
            }).Texts()[1]);

    [Theory]
    [InlineData("""{"content_type":"code","language":"python","text":"print(1)"}""", "print(1)")]
    [InlineData("""{"content_type":"execution_output","text":"1"}""", "1")]
    [InlineData("""{"content_type":"whatever","parts":[],"result":"found","text":""}""", "found")]
    [InlineData("""{"content_type":"whatever","result":"found","text":"rather this"}""", "rather this")]
    [InlineData("""{"result":"r","text":"t","content_type":"text","parts":["this before all"]}""", "this before all")]
    [InlineData("""{"content_type":"system_error","name":"E","text":"it failed"}""", "it failed")]
    public void Where_there_are_no_parts_the_text_is_the_contents_text_then_its_result(string content, string text) =>
        Assert.Equal(text, One(JsonNode.Parse(content)!.AsObject()).Texts()[1]);

    [Theory]
    [InlineData("""{"content_type":"thoughts","thoughts":[{"summary":"s","content":"c"}],"source_analysis_msg_id":"x"}""", "thought")]
    [InlineData("""{"content_type":"reasoning_recap","content":"Thought for a minute"}""", "thought")]
    [InlineData("""{"content_type":"tether_quote","url":"u","domain":"d","title":"t","text":"page"}""", "scraped page")]
    [InlineData("""{"content_type":"sonic_webpage","url":"u","title":"t","text":"page","snippet":"s"}""", "scraped page")]
    [InlineData("""{"content_type":"tether_browsing_display","result":"page","summary":null}""", "scraped page")]
    [InlineData("""{"content_type":"text","parts":[""]}""", "empty text")]
    [InlineData("""{"content_type":"text","parts":[" \n\u00a0"]}""", "empty text")]
    [InlineData("""{"content_type":"text","parts":["\ue200cite\ue202turn0search0\ue201"]}""", "empty text")]
    [InlineData("""{"content_type":"multimodal_text","parts":[{"content_type":"image_asset_pointer","asset_pointer":"p"}]}""", "media only")]
    public void Thoughts_scraped_pages_and_what_has_no_text_are_skipped(string content, string reason)
    {
        var report = One(JsonNode.Parse(content)!.AsObject(), role: "tool").Report();
        Assert.Equal((1L, 1L), (report.Messages, report.Skipped[reason]));
    }

    [Theory]
    [InlineData("weight", "0", "message of weight 0")]
    [InlineData("weight", "0.0", "message of weight 0")]
    [InlineData("recipient", "\"python\"", "tool call")]
    [InlineData("metadata", """{"is_visually_hidden_from_conversation":true}""", "hidden message")]
    [InlineData("author", """{"role":"system"}""", "system message")]
    public void Weight_0_hidden_ones_system_ones_and_other_recipients_are_skipped(string key, string value, string reason)
    {
        var message = Message("b", "assistant", Text("words"), 2).With(key, JsonNode.Parse(value));
        var report = TestExport.Of(ChatGptExport.Array(
            Conversation("c", "t", "b", Said("a", null, "user", "first", 1, "b"), Of("b", "a", message)))).Report();
        Assert.Equal((1L, 1L), (report.Messages, report.Skipped[reason]));
    }

    [Fact]
    public void Custom_instructions_are_kept()
    {
        Assert.Equal(
            ["first", "I bake\nBe brief"],
            One(Text(""), "system", new()
            {
                ["is_user_system_message"] = true,
                ["user_context_message_data"] = new JsonObject { ["about_user_message"] = "I bake", ["about_model_message"] = "Be brief" },
            }).Texts());
        Assert.Equal(
            ["first", "I bake\nBe brief"],
            One(new() { ["content_type"] = "user_editable_context", ["user_profile"] = "I bake", ["user_instructions"] = "Be brief" },
                "system", new() { ["is_user_system_message"] = true }).Texts());
    }

    [Theory]
    [InlineData("as said【12†L3-L5】.", "as said.")]
    [InlineData("【4:0†source】 begins", " begins")]
    [InlineData("a \uE200cite\uE202turn0search1\uE202turn0news2\uE201b", "a b")]
    [InlineData("\uE203marked words\uE204 \uE202turn0search1 stay", "marked words  stay")]
    [InlineData("【a title】 and 【open", "【a title】 and 【open")]
    [InlineData("open \uE200cite", "open cite")]
    [InlineData("【【1†x】", "【")]
    public void Citation_marks_are_stripped(string text, string stripped) => Assert.Equal(stripped, One(Text(text)).Texts()[1]);
}
