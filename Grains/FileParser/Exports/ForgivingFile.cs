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

    private ForgivingBytes Open(Func<IByteSource> open)
    {
        try
        {
            return new ForgivingBytes(this, open());
        }
        catch (InvalidDataException broken)
        {
            Damage ??= broken.Message;
            return new ForgivingBytes(this, null);
        }
    }

    private sealed class ForgivingBytes(ForgivingFile file, IByteSource? source) : IByteSource
    {
        public int Read(Span<byte> destination, long offset)
        {
            try
            {
                return source?.Read(destination, offset) ?? 0;
            }
            catch (InvalidDataException broken)
            {
                file.Damage ??= broken.Message;
                return 0;
            }
        }

        public void Dispose() => source?.Dispose();
    }
}
