using ChatAnalysis.Grains.FileParser;
using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.FileParser.Formats;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Tests.FileParser.Archives;

/// <summary>A format with all that an archive's format can have: a folder a room, <c>{"lines": […]}</c> a file, and names beside.</summary>
internal sealed class RoomFormat : IChatFormat
{
    private static readonly JsonKeys Lines = new("lines");
    private static readonly JsonKeys Prefix = new("prefix");
    private int _companionsRead;

    public string Id => "room";

    public string Shape => """{"lines": […]}""";

    public bool ReadsFolders => true;

    public int CompanionsRead => _companionsRead;

    public bool Recognises(FileSketch sketch) => sketch.Has("lines");

    public bool Accompanies(SketchedFile file) => file.File.Name == "names.json";

    public object? ReadCompanions(ChatReading reading)
    {
        Interlocked.Increment(ref _companionsRead);
        string? prefix = null;
        do
        {
            reading.Json.NextDocument();
            reading.Json.Enter();
            while (reading.GoesOn && reading.Json.NextProperty())
                if (reading.Json.FindKey(Prefix) == 0)
                    prefix = reading.Json.ReadLabel();
        }
        while (reading.NextFile());
        return prefix;
    }

    public IEnumerable<ParsedMessage> Read(ChatReading reading)
    {
        var conversation = reading.Conversation(reading.File.Folder);
        do
        {
            reading.Json.NextDocument();
            reading.Json.Enter();
            while (reading.GoesOn && reading.Json.NextProperty())
            {
                if (reading.Json.FindKey(Lines) != 0)
                    continue;
                reading.Json.Enter();
                while (reading.GoesOn && reading.Json.NextElement())
                    yield return reading.Message(
                        conversation, new() { Text = reading.Json.ReadText() ?? "", Author = (string?)reading.Companion ?? "nobody" });
            }
        }
        while (reading.NextFile());
    }
}
