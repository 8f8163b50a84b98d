using ChatAnalysis.Grains.FileParser.Bytes;

namespace ChatAnalysis.Grains.FileParser.Exports;

/// <summary>A file of an export: the uploaded file itself, or one within an archive.</summary>
/// <remarks>It may be opened by several threads at once; what was opened is used by one.</remarks>
internal abstract class ExportFile
{
    /// <summary>Its path within the upload, with slashes; empty for the uploaded file itself. Text to show and to compare, never a path on disk.</summary>
    public abstract string Path { get; }

    /// <summary>Its size in bytes, unpacked; as an archive claims it, before it has been read.</summary>
    public abstract long Size { get; }

    /// <summary>The path's last part; of the uploaded file itself the name that the client gave it.</summary>
    public virtual string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The path without its last part and its slash; empty at the top.</summary>
    public string Folder => Path.LastIndexOf('/') is >= 0 and var slash ? Path[..slash] : "";

    /// <summary>Opens it to be read from front to back; going back is possible, and slow where it has to be unpacked again.</summary>
    public abstract IByteSource Open();

    /// <summary>Opens it to be read in any order, unpacking it first where it must be.</summary>
    public abstract IByteSource OpenAnywhere();

    /// <summary>Reads it to its end to learn whether it is what its archive says.</summary>
    /// <returns>What is wrong with it; null where nothing is, or there is nothing to compare it with.</returns>
    public virtual string? Check() => null;

    /// <summary>Reads a source to its end.</summary>
    /// <returns>What its archive finds wrong with it; null where nothing is.</returns>
    protected static string? Check(Func<IByteSource> open)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            using var source = open();
            for (var at = 0L; source.Read(buffer, at) is > 0 and var read;)
                at += read;
            return null;
        }
        catch (InvalidDataException broken)
        {
            return broken.Message;
        }
    }
}
