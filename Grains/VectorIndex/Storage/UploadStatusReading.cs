using System.Text.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>Puts together how an upload stands.</summary>
internal static class UploadStatusReading
{
    public static UploadStatus? Read(DatabaseConnection database, string uploadId, long indexSize)
    {
        if (UploadRows.Find(database, uploadId) is not { } upload)
            return null;
        return new UploadStatus(
            upload.UploadId,
            upload.State,
            upload.CreatedAt,
            upload.StartedAt,
            upload.EndedAt,
            ReadFiles(database, upload.Id),
            ReadLabels(database, upload.Id),
            PatternRows.Read(database, upload.Id),
            indexSize);
    }

    private static List<FileStatus> ReadFiles(DatabaseConnection database, long upload)
    {
        using var rows = database.Query(
            """
            SELECT name, size, state, next_ordinal, expected, report, error, duplicate_of, added, updated, unchanged
            FROM files WHERE upload = ?1 ORDER BY position
            """,
            upload);
        var files = new List<FileStatus>();
        while (rows.Read())
        {
            files.Add(new(
                rows.Text(0),
                rows.Integer(1),
                StateName.Parse(rows.Text(2)),
                rows.Integer(3),
                rows.IntegerOrNull(4),
                rows.TextOrNull(5) is { } report ? ReadReport(report, rows) : null,
                rows.TextOrNull(6) is { } error ? JsonSerializer.Deserialize(error, ReportJson.Default.FileError) : null,
                rows.TextOrNull(7)));
        }

        return files;
    }

    /// <summary>What the parser reported, with what the owner counted.</summary>
    private static FileReport ReadReport(string json, Rows rows)
    {
        var report = JsonSerializer.Deserialize(json, ReportJson.Default.FileReport)!;
        return report with
        {
            New = rows.Integer(8),
            Updated = rows.Integer(9),
            Unchanged = rows.Integer(10),

            // Before archives were read, reports did not say it.
            FilesRead = Math.Max(report.FilesRead, 1),
        };
    }

    private static int[] ReadLabels(DatabaseConnection database, long upload)
    {
        using var rows = database.Query("SELECT labels FROM uploads WHERE id = ?1", upload);
        rows.Read();
        return LabelBlob.Decode(rows.Bytes(0));
    }
}
