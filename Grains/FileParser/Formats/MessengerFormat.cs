using ChatAnalysis.Grains.FileParser.Formats.Meta;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// Facebook Messenger: a folder a thread, with message_1.json and so on, and the flat files of end-to-end encrypted chats.
/// Instagram's threads look the same: what turns out to be theirs is left to <see cref="InstagramFormat"/>.
/// </summary>
internal sealed class MessengerFormat : IChatFormat
{
    /// <inheritdoc/>
    public string Id => "messenger";

    /// <inheritdoc/>
    public string Shape => MetaThreads.Shape;

    /// <inheritdoc/>
    public bool ReadsFolders => true;

    /// <inheritdoc/>
    public bool Recognises(FileSketch sketch) => MetaThreads.Recognises(sketch);

    /// <inheritdoc/>
    public IEnumerable<ParsedMessage> Read(ChatReading reading) =>
        MetaThreads.Read(reading, disownsInstagrams: reading.Options.Format is null);
}
