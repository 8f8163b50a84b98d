using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>One kind of chat export. A new kind is a file beside the others and a line in <see cref="ChatFormats"/>.</summary>
internal interface IChatFormat
{
    /// <summary>Its lower-case id.</summary>
    string Id { get; }

    /// <summary>How a file of it looks, for the person whose file was refused.</summary>
    string Shape { get; }

    /// <summary>Whether a file may be of this format, by what its beginning holds; names do not count.</summary>
    bool Recognises(FileSketch sketch);

    /// <summary>Reads the messages in the file's order. Lazily: the file is read as the messages are asked for.</summary>
    /// <remarks>
    /// It runs twice: first to check and count, with texts replaced by stand-ins that are empty where the text is, then to read.
    /// Both runs must find the same messages. Faults are told through <see cref="ChatReading.Reject"/> or
    /// <see cref="ChatReading.Disown"/>, after which it ends; what it yielded in that run is then of no use.
    /// </remarks>
    IEnumerable<ParsedMessage> Read(ChatReading reading);
}
