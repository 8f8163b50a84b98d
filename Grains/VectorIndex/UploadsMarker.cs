using System.Globalization;
using System.Text;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>The file that marks UPLOAD_DIR: who reads the same random id there has the same folder.</summary>
public static class UploadsMarker
{
    private const string Name = ".chatanalysis";

    /// <summary>Reads the id, making one where there is none.</summary>
    /// <param name="folder">UPLOAD_DIR; it exists.</param>
    public static string ReadOrCreate(string folder)
    {
        if (Read(folder) is { } present)
            return present;
        var id = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        var path = Path.Combine(folder, Name);
        var temporary = $"{path}.new";
        using (var file = PrivateFile.Open(temporary, FileMode.Create))
        {
            file.Write(Encoding.ASCII.GetBytes(id));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        return id;
    }

    /// <summary>Reads the id; null where there is none.</summary>
    /// <param name="folder">UPLOAD_DIR.</param>
    public static string? Read(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, Name)).Trim() is { Length: > 0 } id ? id : null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
