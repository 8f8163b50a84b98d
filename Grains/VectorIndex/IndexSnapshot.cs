using System.IO.Hashing;
using ChatAnalysis.Faiss;
using Microsoft.Win32.SafeHandles;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>The index as a file: FAISS's own format, readable by any FAISS, and a footer that tells whether to believe it.</summary>
internal static class IndexSnapshot
{
    private const int BufferSize = 1 << 20;

    /// <summary>Where a data directory's snapshot lies.</summary>
    public static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, "faiss_index.index");

    /// <summary>Writes a snapshot in place of the one before, which stays whole until the new one is on the disk.</summary>
    /// <param name="path">The snapshot's file; beside it a temporary file is used, named as it and <c>.new</c>.</param>
    /// <param name="index">Searches go on meanwhile, changes wait while FAISS writes.</param>
    /// <param name="stamp">What is to be said about it. The caller sees to it that no change comes between stamp and call.</param>
    /// <exception cref="IOException">It cannot be written, say because the disk is full. The old one is untouched.</exception>
    /// <exception cref="InvalidOperationException">The index holds another number of vectors than the stamp says.</exception>
    public static void Write(string path, SearchIndex index, IndexSnapshotStamp stamp)
    {
        path = Path.GetFullPath(path);
        var temporary = TemporaryPath(path);
        try
        {
            PrivateFile.Create(temporary);
            index.WriteTo(temporary, stamp.Count);
            using (var file = File.OpenHandle(temporary, FileMode.Open, FileAccess.ReadWrite))
            {
                var end = RandomAccess.GetLength(file);
                var content = Hash(file, end);
                RandomAccess.Write(file, IndexSnapshotFooter.Create(stamp, content), end);
                RandomAccess.FlushToDisk(file);
            }

            File.Move(temporary, path, overwrite: true);
            DirectoryFlush.Flush(Path.GetDirectoryName(path)!);
        }
        catch (Exception failure) when (failure is FaissException or IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The index's snapshot {path} could not be written: {failure.Message}", failure);
        }
        finally
        {
            // Gone already where all went well.
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    /// <summary>Reads a snapshot. Nothing in the file is believed before its checksum is found to be right.</summary>
    /// <param name="path">The snapshot's file.</param>
    /// <param name="dimension">Components that its vectors must have; null where any number will do.</param>
    public static IndexSnapshotReading Read(string path, int? dimension)
    {
        try
        {
            using var file = OpenToRead(path);
            return Read(path, file, dimension);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return IndexSnapshotReading.Unusable(IndexSnapshotFault.Missing, "there is none");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return IndexSnapshotReading.Unusable(IndexSnapshotFault.Unreadable, failure.Message);
        }
    }

    /// <summary>What a snapshot says about itself, whether or not it is to be believed; null where there is none.</summary>
    public static IndexSnapshotStamp? ReadStamp(string path)
    {
        try
        {
            using var file = OpenToRead(path);
            return ReadFooter(file) is { } footer && IndexSnapshotFooter.IsKnownFormat(footer) ? IndexSnapshotFooter.ReadStamp(footer) : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Removes the temporary file that a crash left beside a snapshot. Where it cannot, the next snapshot will say so.</summary>
    public static void RemoveUnfinished(string path)
    {
        try
        {
            File.Delete(TemporaryPath(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It takes space, and harms nobody.
        }
    }

    private static string TemporaryPath(string path) => Path.GetFullPath(path) + ".new";

    // The owner may put another in its place at any time.
    private static SafeFileHandle OpenToRead(string path) => File.OpenHandle(
        path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.SequentialScan);

    /// <summary>The last bytes of a snapshot; null where the file does not end as one does.</summary>
    private static byte[]? ReadFooter(SafeFileHandle file)
    {
        var start = RandomAccess.GetLength(file) - IndexSnapshotFooter.Length;
        var footer = new byte[IndexSnapshotFooter.Length];
        return start >= 0 && RandomAccess.Read(file, footer, start) == footer.Length && IndexSnapshotFooter.IsFooter(footer)
            ? footer
            : null;
    }

    private static IndexSnapshotReading Read(string path, SafeFileHandle file, int? dimension)
    {
        if (ReadFooter(file) is not { } footer)
            return IndexSnapshotReading.Unusable(IndexSnapshotFault.NotASnapshot, "it does not end as a snapshot does");
        if (!IndexSnapshotFooter.IsKnownFormat(footer))
            return IndexSnapshotReading.Unusable(IndexSnapshotFault.OtherFormat, "another version of the program wrote it");

        var hash = Hash(file, RandomAccess.GetLength(file) - footer.Length);
        hash.Append(footer.AsSpan(..^IndexSnapshotFooter.ChecksumLength));
        if (!hash.GetCurrentHash().AsSpan().SequenceEqual(footer.AsSpan(^IndexSnapshotFooter.ChecksumLength..)))
            return IndexSnapshotReading.Unusable(IndexSnapshotFault.Damaged, "its checksum is wrong");

        return Load(path, IndexSnapshotFooter.ReadStamp(footer), dimension);
    }

    private static IndexSnapshotReading Load(string path, IndexSnapshotStamp stamp, int? dimension)
    {
        FaissIndex? faiss = null;
        try
        {
            faiss = FaissIndex.Read(path);
            if (faiss.Dimension == (dimension ?? faiss.Dimension) && faiss.Count == stamp.Count)
            {
                var index = new SearchIndex(faiss);
                faiss = null;
                return new IndexSnapshotReading(index, stamp);
            }

            return IndexSnapshotReading.Unusable(
                IndexSnapshotFault.OtherIndex,
                $"it holds {faiss.Count} vectors of {faiss.Dimension} components, not {stamp.Count} of {dimension}");
        }
        catch (FaissException refusal)
        {
            return IndexSnapshotReading.Unusable(IndexSnapshotFault.OtherIndex, refusal.Message);
        }
        finally
        {
            faiss?.Dispose();
        }
    }

    private static XxHash128 Hash(SafeFileHandle file, long length)
    {
        var hash = new XxHash128();
        var buffer = new byte[BufferSize];
        for (long done = 0; done < length;)
        {
            var read = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - done)), done);
            if (read == 0)
                throw new EndOfStreamException("The file became shorter while it was read");
            hash.Append(buffer.AsSpan(0, read));
            done += read;
        }

        return hash;
    }
}
