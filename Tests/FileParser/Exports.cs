using System.Text;
using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser;

/// <summary>Surveys and reads exports that a test holds in a string.</summary>
internal static class Exports
{
    /// <summary>A small export of each format, with what is awkward in it.</summary>
    public static TheoryData<string> OfEachFormat => new(
        """
        {"messages":["Hello","",null,"caf\u00e9 \ud83d\ude00 \"quoted\" \\ back",  "ünï 😀 日本語", "a\nb"],
         "title" : [1,-2.5e+3,{"deep":[[],{}]}]}
        """,
        """
        {"version":1,"messages":[{"text":"one","author":"Ann","timestamp":1700000000},
         {"date":"2024-05-06T07:08:09Z","message":"two \u00fc","user":"Bob"},"three"]}
        """,
        "{\"messages\":[{\"role\":\"system\",\"content\":\"be kind\"},{\"role\":\"user\",\"content\":\"hi\"}]}\r\n\r\n"
        + """
        {"messages":[{"role":"assistant","content":null,"tool_calls":[{"id":"x"}]},{"content":[{"type":"text","text":"a part"},
        {"type":"image_url","image_url":{"url":"data:"}},{"text":"another","type":"text"}],"role":"user"},{"role":"user","content":""}]}

        """,
        """
        [
            {"conversation_id": "dlg-1", "vertical": "Coffee", "utterances": [
                {"index": 0, "speaker": "USER", "text": "a latte", "annotations": [{"name": "x", "value": "{\"a\":[1]}"}]},
                {"text": "", "index": 1, "speaker": "ASSISTANT"},
                {"index": 2, "speaker": "ASSISTANT", "text": "sure — 好", "segments": []}]},
            {"utterances": [{"index": 0, "text": "late id", "speaker": "USER"}], "conversationId": "dlg-2", "instructions": null}
        ]
        """);

    public static ChatSurvey Survey(string export, ParsingOptions? options = null) => File(export, options).Survey();

    public static List<ParsedMessage> Read(string export, long from = 0) => Read(File(export), from);

    public static List<ParsedMessage> Read(ChatFile file, long from = 0)
    {
        var survey = file.Survey();
        Assert.Null(survey.Error);
        return [.. ChatFile.Read(survey, from)];
    }

    /// <summary>The texts of an export's messages.</summary>
    public static string[] Texts(string export) => [.. Read(export).Select(message => message.Text)];

    /// <summary>The error that an export is refused with.</summary>
    public static FileError Refusal(string export, ParsingOptions? options = null)
    {
        var error = Survey(export, options).Error;
        Assert.NotNull(error);
        return error;
    }

    public static ChatFile File(string export, ParsingOptions? options = null) =>
        Open(new ChoppedBytes(Encoding.UTF8.GetBytes(export)), options);

    /// <summary>A file that comes a few bytes at a time, into a window hardly larger than a block.</summary>
    public static ChatFile Chopped(string export, int atMost) =>
        Open(new ChoppedBytes(Encoding.UTF8.GetBytes(export), atMost), bufferBytes: 64);

    public static ChatFile Open(
        IByteSource bytes, ParsingOptions? options = null, int bufferBytes = JsonScanner.DefaultBufferBytes) =>
        new([new UploadFile(bytes, long.MaxValue, "chat.json")], options ?? new ParsingOptions(), ReadingOptions.Default, bufferBytes);
}
