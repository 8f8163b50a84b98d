using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Archives;

/// <summary>Holds one upload to what may be unpacked of it, by what really comes out. Asked by several threads at once.</summary>
/// <param name="parsing">The limits.</param>
internal sealed class UnpackingLimits(ParsingOptions parsing)
{
    /// <summary>What may be unpacked of an entry before its ratio counts.</summary>
    public const long RatioFrom = 16L << 20;

    private FileError? _refusal;
    private long _unpacked;
    private int _entries;

    /// <summary>Why the upload is refused, whatever else is right with it; null while it is within its limits.</summary>
    public FileError? Refusal => Volatile.Read(ref _refusal);

    /// <summary>Ends the upload; the first reason counts.</summary>
    public void Refuse(string path, string detail) => Interlocked.CompareExchange(
        ref _refusal, new FileError(FileErrorKind.Damaged, detail, path.Length == 0 ? null : path), null);

    /// <summary>Takes an entry into account, of whatever sort.</summary>
    /// <returns>False where there are too many.</returns>
    public bool AddEntry(string archive)
    {
        if (Refusal is not null)
            return false;
        if (++_entries <= parsing.MaxArchiveEntries)
            return true;
        Refuse(archive, $"more than {parsing.MaxArchiveEntries} entries, which is what the setting Parsing:MaxArchiveEntries allows");
        return false;
    }

    /// <summary>Whether an archive may be opened that lies so deep: 1 is the uploaded file itself.</summary>
    public bool AllowDepth(string archive, int depth)
    {
        if (depth <= parsing.MaxArchiveDepth)
            return true;
        Refuse(
            archive,
            $"an archive within archives, deeper than the {parsing.MaxArchiveDepth} that the setting Parsing:MaxArchiveDepth allows: "
            + "unpack the outer ones");
        return false;
    }

    /// <summary>Takes bytes into account that were unpacked for the first time.</summary>
    /// <param name="path">The entry.</param>
    /// <param name="fresh">How many there are.</param>
    /// <param name="unpacked">How many the entry has given by now.</param>
    /// <param name="packed">The entry's bytes in the archive.</param>
    /// <exception cref="InvalidDataException">There are too many.</exception>
    public void AddBytes(string path, long fresh, long unpacked, long packed)
    {
        if (unpacked > RatioFrom && unpacked / parsing.MaxCompressionRatio > packed)
        {
            Refuse(
                path,
                $"it unpacks to more than {parsing.MaxCompressionRatio} times its size, which is what the setting "
                + "Parsing:MaxCompressionRatio allows");
        }

        if (Interlocked.Add(ref _unpacked, fresh) > parsing.MaxUnpackedBytes)
        {
            Refuse(
                path,
                $"the upload unpacks to more than {parsing.MaxUnpackedBytes} bytes, which is what the setting "
                + "Parsing:MaxUnpackedBytes allows");
        }

        if (Refusal is { } refusal)
            throw new InvalidDataException(refusal.Detail);
    }
}
