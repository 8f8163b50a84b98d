using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>One kind of chat export. A new kind is a file beside the others and a line in <see cref="ChatFormats"/>.</summary>
internal interface IChatFormat
{
    /// <summary>Its lower-case id, which is also its conversations' platform.</summary>
    string Id { get; }

    /// <summary>How a file of it looks, for the person whose file was refused.</summary>
    string Shape { get; }

    /// <summary>Whether the chat files of one folder are read together, as one conversation in several files is.</summary>
    bool ReadsFolders => false;

    /// <summary>Whether all chat files of an upload are read together, as where several people's exports hold the same messages.</summary>
    bool ReadsUploads => false;

    /// <summary>Whether a file may be of this format, by what its beginning holds; names do not count.</summary>
    bool Recognises(FileSketch sketch);

    /// <summary>
    /// Whether a file that is no chat tells something about those of this format in its folder and below it, such as the names of
    /// users. Here names may count.
    /// </summary>
    bool Accompanies(SketchedFile file) => false;

    /// <summary>The folder that a file which accompanies chats stands for: its own, unless the format knows better.</summary>
    string FolderOf(ExportFile companion) => companion.Folder;

    /// <summary>
    /// Whether the files that accompany a part are read a folder at a time, the uppermost first, and what was read of the folders
    /// above is the walk's own <see cref="ChatReading.Companion"/>: where many parts share a large file there.
    /// </summary>
    bool ReadsCompanionsByFolder => false;

    /// <summary>Reads what the files that accompany a part tell; <see cref="ChatReading.Companion"/> gives it to <see cref="Read"/>.</summary>
    /// <param name="reading">A walk through those files, the first of them at hand. It yields no messages.</param>
    object? ReadCompanions(ChatReading reading) => null;

    /// <summary>Reads the messages in the conversation's order. Lazily: the files are read as the messages are asked for.</summary>
    /// <remarks>
    /// It runs twice: first to check and count, with texts replaced by stand-ins that are empty where the text is, then to read.
    /// Both runs must find the same messages and conversations in the same order. Faults are told through
    /// <see cref="ChatReading.Reject"/> or <see cref="ChatReading.Disown"/>, after which it ends; what it yielded in that run is then
    /// of no use.
    /// </remarks>
    IEnumerable<ParsedMessage> Read(ChatReading reading);
}
