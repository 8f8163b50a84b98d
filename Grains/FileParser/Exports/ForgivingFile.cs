using ChatAnalysis.Grains.FileParser.Bytes;

namespace ChatAnalysis.Grains.FileParser.Exports;

/// <summary>A file that seems to end where its archive is damaged, for a look at what is there.</summary>
/// <param name="file">The file.</param>
internal sealed class ForgivingFile(ExportFile file) : ExportFile
{
    /// <summary>What is wrong with it, as far as it was read; null where nothing was.</summary>
    public string? Damage { get; private set; }

    /// <inheritdoc/>
    public override string Path => file.Path;

    /// <inheritdoc/>
    public override long Size => file.Size;

    /// <inheritdoc/>
    public override IByteSource Open() => Open(file.Open);

    /// <inheritdoc/>
    public override IByteSource OpenAnywhere() => Open(file.OpenAnywhere);

    private ForgivenBytes Open(Func<IByteSource> open)
    {
        try
        {
            return new ForgivenBytes(open(), Note);
        }
        catch (InvalidDataException broken)
        {
            Note(broken.Message);
            return new ForgivenBytes(null, Note);
        }
    }

    private void Note(string damage) => Damage ??= damage;
}
