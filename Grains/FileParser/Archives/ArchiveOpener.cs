using System.Formats.Tar;
using ChatAnalysis.Grains.FileParser.Exports;

namespace ChatAnalysis.Grains.FileParser.Archives;

/// <summary>Lists the files that an upload holds where it is an archive, and opens archives within it.</summary>
/// <param name="limits">What may be unpacked.</param>
/// <param name="spool">Where to, if need be.</param>
internal sealed class ArchiveOpener(UnpackingLimits limits, Spool spool)
{
    // A document of an office program is a zip archive too: within archives the name has to say that it is one.
    private static readonly string[] Names = [".zip", ".gz", ".tgz", ".tar"];

    private readonly ArchiveContents _contents = new();

    /// <summary>The files of an upload.</summary>
    public ArchiveContents Open(ExportFile upload)
    {
        _contents.WasArchive = KindOf(upload) is FileKind.Zip or FileKind.Tar or FileKind.Gzip;
        Add(upload, 1);
        return _contents;
    }

    private static FileKind KindOf(ExportFile file)
    {
        using var source = file.Open();
        return FileBeginning.Look(source).Kind;
    }

    private void Add(ExportFile file, int depth, bool wasPacked = false)
    {
        if (limits.Refusal is not null)
            return;
        try
        {
            var mayBeArchive = depth == 1 || wasPacked || Names.Any(name => file.Path.EndsWith(name, StringComparison.OrdinalIgnoreCase));
            var kind = mayBeArchive ? KindOf(file) : FileKind.Binary;
            if (kind is not (FileKind.Zip or FileKind.Tar or FileKind.Gzip))
                _contents.Files.Add(file);
            else if (limits.AllowDepth(file.Path, depth))
                AddArchive(file, kind, depth);
        }
        catch (InvalidDataException broken)
        {
            _contents.Damage(file.Path, broken.Message);
        }
    }

    private void AddArchive(ExportFile file, FileKind kind, int depth)
    {
        switch (kind)
        {
            case FileKind.Zip:
                AddZip(file, depth);
                break;
            case FileKind.Tar:
                AddTar(file, depth);
                break;
            default:
                var unpacked = Gunzipped(file);
                if (KindOf(unpacked) is FileKind.Tar)
                    AddTar(unpacked, depth);
                else
                    Add(unpacked, depth + 1, wasPacked: true);
                break;
        }
    }

    private PackedFile Gunzipped(ExportFile file)
    {
        var path = file.Path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file.Path[..^3] : file.Path;
        var packed = file.OpenAnywhere();
        var gzip = new GzipBytes(packed, file.Size);
        return new PackedFile(path, new PackedEntry(gzip.Unpack, file.Size, file.Size, SizeIsSure: false, Crc: null), limits, spool);
    }

    private void AddZip(ExportFile file, int depth)
    {
        var source = file.OpenAnywhere();
        var reader = new ZipReader(source, limits, spool);
        var seen = new Dictionary<string, (long Size, uint Crc)>();
        foreach (var entry in ZipDirectory.Read(source, file.Size, () => limits.AddEntry(file.Path)))
        {
            if (PathOf(file, entry.Name, entry.Special) is not { } path)
                continue;
            if (!seen.TryAdd(path, (entry.Size, entry.Crc)))
            {
                if (seen[path] == (entry.Size, entry.Crc))
                    _contents.Ignore("the same file again");
                else
                    _contents.Damage(path, "the archive holds two files of this name: pack it again, from a folder");
                continue;
            }

            try
            {
                Add(reader.Open(path, entry), depth + 1);
            }
            catch (InvalidDataException broken)
            {
                _contents.Damage(path, broken.Message);
            }
        }
    }

    private void AddTar(ExportFile file, int depth)
    {
        var source = file.OpenAnywhere();
        TarHeaders.Check(source);
        using var reader = new TarReader(new SourceStream(source, file.Size));
        var seen = new HashSet<string>();
        while (limits.Refusal is null && Next(reader, file) is { } entry)
        {
            var special = entry.EntryType switch
            {
                TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile or TarEntryType.Directory => null,
                TarEntryType.SymbolicLink or TarEntryType.HardLink => "symbolic link",
                _ => "special file",
            };
            if (!limits.AddEntry(file.Path))
                return;
            if (entry.EntryType == TarEntryType.Directory || PathOf(file, entry.Name, special) is not { } path)
                continue;
            if (seen.Add(path))
                Add(new RangeFile(path, source, entry.DataOffset, entry.Length), depth + 1);
            else
                _contents.Damage(path, "the archive holds two files of this name: pack it again, from a folder");
        }
    }

    private static TarEntry? Next(TarReader reader, ExportFile file)
    {
        try
        {
            return reader.GetNextEntry();
        }
        catch (Exception broken) when (broken is FormatException or EndOfStreamException or ArgumentException or OverflowException
            or InvalidOperationException)
        {
            throw new InvalidDataException("the tar archive is damaged: export or copy it again", broken);
        }
    }

    /// <summary>The path that an entry gets; null where there is nothing to be read.</summary>
    private string? PathOf(ExportFile archive, string name, string? special)
    {
        var judged = EntryName.Of(name);
        if (judged.Problem is { } problem)
            limits.Refuse(Within(archive, judged.Path), $"the archive holds {problem}: pack it again, from a folder");
        else if (special is not null)
            _contents.Ignore(special);
        if (judged.Problem is not null || special is not null || judged.IsFolder || judged.Path.Length == 0 || judged.IsSystems)
            return null;
        return Within(archive, judged.Path);
    }

    private static string Within(ExportFile archive, string path) => archive.Path.Length == 0 ? path : $"{archive.Path}/{path}";
}
