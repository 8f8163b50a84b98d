using System.Text.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>The table of files.</summary>
internal static class FileRows
{
    private const string Select = """
        SELECT f.id, f.upload, u.upload_id, u.allow_duplicates, f.name, f.stored_as, f.size, f.sha256, f.state,
               f.claim, f.claimant, f.tries, f.ordinal_at_claim, f.lease_until, f.next_ordinal, f.waits_for, u.trace_parent,
               u.time_zone, u.day_first, u.format
        FROM files f JOIN uploads u ON u.id = f.upload

        """;

    public static long Insert(DatabaseConnection database, long upload, int position, UploadedFile file) => database.Integer(
        """
        INSERT INTO files (upload, position, name, stored_as, size, sha256, state)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'enqueued') RETURNING id
        """,
        upload, position, file.Name, file.StoredAs, file.Size, file.Sha256)!.Value;

    public static FileRow? Find(DatabaseConnection database, long file) => ReadOne(database.Query(Select + "WHERE f.id = ?1", file));

    // The columns are those of a file's upload u; the values come third to fifth.
    private const string SameReading = "u.time_zone IS ?3 AND u.day_first IS ?4 AND u.format IS ?5";

    /// <summary>Another file with the same content, to be read alike: imported, or else being imported since before this one.</summary>
    public static FileRow? FindSameContent(DatabaseConnection database, FileRow file) =>
        ReadOne(database.Query(
            Select + $"""
            WHERE f.sha256 = ?1 AND f.size = ?2 AND {SameReading} AND f.state = 'succeeded' AND f.id <> ?6
                  AND u.allow_duplicates = 0
            ORDER BY f.id LIMIT 1
            """,
            file.File.Sha256, file.File.Size, file.Reading.TimeZone, file.Reading.DayFirst, file.Reading.Format, file.Id))
        ?? ReadOne(database.Query(
            Select + $"""
            WHERE f.sha256 = ?1 AND f.size = ?2 AND {SameReading} AND f.state IN ('enqueued', 'processing') AND f.waits_for IS NULL
                  AND f.id < ?6 AND u.allow_duplicates = 0
            ORDER BY f.id LIMIT 1
            """,
            file.File.Sha256, file.File.Size, file.Reading.TimeZone, file.Reading.DayFirst, file.Reading.Format, file.Id));

    public static List<FileRow> OfUpload(DatabaseConnection database, long upload) =>
        ReadAll(database.Query(Select + "WHERE f.upload = ?1 ORDER BY f.position", upload));

    public static List<FileRow> WaitingFor(DatabaseConnection database, long file) =>
        ReadAll(database.Query(Select + "WHERE f.waits_for = ?1 ORDER BY f.id", file));

    /// <summary>Files that can be claimed and are not held. Those are suspect that were held and got no further.</summary>
    public static List<FileJob> Claimable(DatabaseConnection database)
    {
        using var rows = database.Query(
            """
            SELECT f.id, f.tries > 0 AND f.next_ordinal = f.ordinal_at_claim, u.trace_parent
            FROM files f JOIN uploads u ON u.id = f.upload
            WHERE f.state IN ('enqueued', 'processing') AND f.state = 'enqueued' AND f.waits_for IS NULL ORDER BY f.id
            """);
        var files = new List<FileJob>();
        while (rows.Read())
            files.Add(new FileJob(rows.Integer(0), Suspect: rows.Integer(1) != 0, TraceParent: rows.TextOrNull(2)));
        return files;
    }

    public static int CountUnended(DatabaseConnection database) =>
        (int)database.Integer("SELECT count(*) FROM files WHERE state IN ('enqueued', 'processing')")!.Value;

    /// <summary>Whether an upload has files that have not ended. Files end in about the order of their ids, so the first often tells.</summary>
    public static bool HasUnended(DatabaseConnection database, long upload) => database.Integer(
        "SELECT 1 FROM files INDEXED BY files_unended WHERE state IN ('enqueued', 'processing') AND upload = ?1 LIMIT 1",
        upload) is not null;

    public static bool HasSucceeded(DatabaseConnection database, long upload) =>
        database.Integer("SELECT 1 FROM files WHERE upload = ?1 AND state = 'succeeded' LIMIT 1", upload) is not null;

    /// <summary>The leases that end by a time.</summary>
    public static long CountLeases(DatabaseConnection database, DateTimeOffset endingBy) => database.Integer(
        "SELECT count(*) FROM files WHERE state IN ('enqueued', 'processing') AND state = 'processing' AND lease_until <= ?1",
        endingBy)!.Value;

    /// <summary>Takes files back from those who hold them, where the lease ends by a time.</summary>
    public static void VoidLeases(DatabaseConnection database, DateTimeOffset endingBy) => database.Execute(
        """
        UPDATE files SET state = 'enqueued', lease_until = NULL
        WHERE state IN ('enqueued', 'processing') AND state = 'processing' AND lease_until <= ?1
        """,
        endingBy);

    /// <summary>Takes a file back from its holder, whose try is not counted and whose claim is outnumbered.</summary>
    public static void SetHandedBack(DatabaseConnection database, long file) => database.Execute(
        """
        UPDATE files SET state = 'enqueued', lease_until = NULL, tries = max(tries - 1, 0), claim = claim + 1, claimant = NULL
        WHERE id = ?1
        """,
        file);

    public static void SetClaim(
        DatabaseConnection database, long file, int claim, string claimant, int tries, long nextOrdinal, DateTimeOffset leaseUntil) =>
        database.Execute(
            """
            UPDATE files SET state = 'processing', claim = ?2, claimant = ?3, tries = ?4, ordinal_at_claim = ?5, lease_until = ?6
            WHERE id = ?1
            """,
            file, claim, claimant, tries, nextOrdinal, leaseUntil);

    public static void SetProgress(DatabaseConnection database, long file, long nextOrdinal, long? expected, DateTimeOffset leaseUntil) =>
        database.Execute(
            """
            UPDATE files SET state = 'processing', next_ordinal = ?2, expected = coalesce(?3, expected), lease_until = ?4 WHERE id = ?1
            """,
            file, nextOrdinal, expected, leaseUntil);

    /// <summary>Counts messages that were added.</summary>
    public static void Count(DatabaseConnection database, long file, MessageCounts counts) => database.Execute(
        "UPDATE files SET added = added + ?2, updated = updated + ?3, unchanged = unchanged + ?4 WHERE id = ?1",
        file, counts.New, counts.Updated, counts.Unchanged);

    public static void SetWaitsFor(DatabaseConnection database, long file, long? waitsFor) =>
        database.Execute("UPDATE files SET waits_for = ?2 WHERE id = ?1", file, waitsFor);

    public static void Succeed(DatabaseConnection database, long file, FileReport report) => database.Execute(
        "UPDATE files SET state = 'succeeded', lease_until = NULL, expected = next_ordinal, report = ?2 WHERE id = ?1",
        file, JsonSerializer.Serialize(report, ReportJson.Default.FileReport));

    public static void SucceedAsDuplicate(DatabaseConnection database, long file, FileRow first) => database.Execute(
        """
        UPDATE files SET state = 'succeeded', waits_for = NULL, duplicate_of = ?3, next_ordinal = f.next_ordinal,
                         expected = f.next_ordinal, unchanged = f.next_ordinal, report = f.report
        FROM (SELECT next_ordinal, report FROM files WHERE id = ?2) f WHERE id = ?1
        """,
        file, first.Id, first.UploadId);

    public static void Fail(DatabaseConnection database, long file, FileError error) => database.Execute(
        """
        UPDATE files SET state = 'failed', lease_until = NULL, waits_for = NULL, next_ordinal = 0,
                         added = 0, updated = 0, unchanged = 0, error = ?2
        WHERE id = ?1
        """,
        file, JsonSerializer.Serialize(error, ReportJson.Default.FileError));

    private static FileRow? ReadOne(Rows rows)
    {
        using (rows)
            return rows.Read() ? ReadRow(rows) : null;
    }

    private static List<FileRow> ReadAll(Rows rows)
    {
        using (rows)
        {
            var files = new List<FileRow>();
            while (rows.Read())
                files.Add(ReadRow(rows));
            return files;
        }
    }

    private static FileRow ReadRow(Rows row) => new(
        row.Integer(0),
        row.Integer(1),
        row.Text(2),
        row.Integer(3) != 0,
        new UploadedFile(row.Text(4), row.Text(5), row.Integer(6), row.Text(7)),
        StateName.Parse(row.Text(8)),
        (int)row.Integer(9),
        row.TextOrNull(10),
        (int)row.Integer(11),
        row.Integer(12),
        row.TimeOrNull(13),
        row.Integer(14),
        row.IntegerOrNull(15),
        row.TextOrNull(16),
        new ReadingOptions(row.TextOrNull(17), row.BooleanOrNull(18), row.TextOrNull(19)));
}
