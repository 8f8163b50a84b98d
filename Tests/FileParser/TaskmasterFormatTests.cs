using ChatAnalysis.Grains.Interfaces;
using static ChatAnalysis.Tests.FileParser.Exports;

namespace ChatAnalysis.Tests.FileParser;

public sealed class TaskmasterFormatTests
{
    [Fact]
    public void An_utterance_has_its_conversations_id_and_its_index() =>
        Assert.Equal(
            [("d1", "0", "USER", "user", "a"), ("d1", "5", "ASSISTANT", "assistant", "b"), ("d2", "0", "USER", "user", "c")],
            Read("""
                [{"conversation_id":"d1","utterances":[
                    {"index":0,"speaker":"USER","text":"a"},{"text":"b","speaker":"ASSISTANT","index":5}]},
                 {"utterances":[{"index":0,"speaker":"USER","text":"c","segments":[{"text":"no"}]}],"conversationId":"d2"}]
                """).Select(m => (m.Conversation.Id!, m.Id!, m.Author!, m.Role!, m.Text)));

    [Fact]
    public void An_empty_id_is_none() =>
        Assert.Null(Assert.Single(Read("""[{"conversation_id":"","utterances":[{"index":0,"text":"a"}]}]""")).Conversation.Id);

    [Fact]
    public void Empty_texts_are_skipped_and_conversations_without_messages_not_counted()
    {
        var report = Survey("""
            [{"conversation_id":"d1","utterances":[{"index":0,"text":""},{"index":1,"text":null}]},
             {"conversation_id":"d2","utterances":[]},
             {"conversation_id":"d3","utterances":[{"index":0,"text":"a"}]}]
            """).Report!;
        Assert.Equal((1L, 1, 2L), (report.Messages, report.Conversations, report.Skipped["empty text"]));
    }

    [Theory]
    [InlineData("""[{"conversation_id":"d1","utterances":[{"index":0}]}]""", "[0].utterances[0], line 1, byte 39")]
    [InlineData("""[{"conversation_id":"d1","utterances":[{"index":0,"text":"a"},"b"]}]""", "[0].utterances[1], line 1, byte 62")]
    [InlineData("""[{"conversation_id":"d1","utterances":[]},7]""", "[1], line 1, byte 42")]
    [InlineData("""[{"conversation_id":"d1","utterances":[]},{"conversation_id":"d2"}]""", "[1], line 1, byte 42")]
    [InlineData("""[{"conversation_id":"d1","utterances":[],"utterances":[]}]""", "[0], line 1, byte 54")]
    [InlineData("""[{"utterances":[{"text":"a"}],"conversation_id":"d1","utterances":[]}]""", "[0], line 1, byte 66")]
    public void What_breaks_the_rules_is_refused_with_its_place(string export, string place)
    {
        var error = Refusal(export);
        Assert.Equal((FileErrorKind.Damaged, place), (error.Kind, error.Place));
    }
}
