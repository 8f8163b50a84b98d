using ChatAnalysis.Grains.FileParser.Formats.Meta;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>
/// Instagram: threads as Messenger's are. It comes behind <see cref="MessengerFormat"/>, which gives up what is Instagram's.
/// </summary>
internal sealed class InstagramFormat : IChatFormat
{
    /// <inheritdoc/>
    public string Id => "instagram";

    /// <inheritdoc/>
    public string Shape => MetaThreads.Shape;

    /// <inheritdoc/>
    public bool ReadsFolders => true;

    /// <inheritdoc/>
    public bool Recognises(FileSketch sketch) => MetaThreads.Recognises(sketch);

    /// <inheritdoc/>
    public IEnumerable<ParsedMessage> Read(ChatReading reading) => MetaThreads.Read(reading, disownsInstagrams: false);
}
