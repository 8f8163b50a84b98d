using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>The table of uploads.</summary>
internal static class UploadRows
{
    private const string Select = "SELECT id, upload_id, clusters, state, created_at, started_at, ended_at FROM uploads ";

    public static long Insert(DatabaseConnection database, UploadOpening upload, DateTimeOffset now) => database.Integer(
        """
        INSERT INTO uploads (upload_id, clusters, allow_duplicates, trace_parent, time_zone, day_first, format, state, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'enqueued', ?8) RETURNING id
        """,
        upload.UploadId, upload.Clusters, upload.AllowDuplicates, upload.TraceParent,
        upload.Reading.TimeZone, upload.Reading.DayFirst, upload.Reading.Format, now)!.Value;

    public static UploadRow? Find(DatabaseConnection database, string uploadId) =>
        ReadOne(database.Query(Select + "WHERE upload_id = ?1", uploadId));

    public static UploadRow? Find(DatabaseConnection database, long upload) =>
        ReadOne(database.Query(Select + "WHERE id = ?1", upload));

    /// <summary>Uploads that have not ended although all their files have.</summary>
    public static List<long> LeftToEnd(DatabaseConnection database)
    {
        using var rows = database.Query("""
            SELECT id FROM uploads u WHERE ended_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM files f WHERE f.upload = u.id AND f.state IN ('enqueued', 'processing'))
            """);
        var uploads = new List<long>();
        while (rows.Read())
            uploads.Add(rows.Integer(0));
        return uploads;
    }

    public static void Start(DatabaseConnection database, long upload, DateTimeOffset now) => database.Execute(
        "UPDATE uploads SET state = 'processing', started_at = ?2 WHERE id = ?1 AND started_at IS NULL", upload, now);

    public static void End(DatabaseConnection database, long upload, string state, DateTimeOffset now, ReadOnlyMemory<byte> labels) =>
        database.Execute("UPDATE uploads SET state = ?2, ended_at = ?3, labels = ?4 WHERE id = ?1", upload, state, now, labels);

    public static void Delete(DatabaseConnection database, long upload) =>
        database.Execute("DELETE FROM uploads WHERE id = ?1", upload);

    public static List<UploadSummary> List(DatabaseConnection database)
    {
        using var rows = database.Query("""
            SELECT u.upload_id, u.state, u.created_at, count(f.id), total(f.next_ordinal)
            FROM uploads u LEFT JOIN files f ON f.upload = u.id GROUP BY u.id ORDER BY u.id DESC
            """);
        var uploads = new List<UploadSummary>();
        while (rows.Read())
            uploads.Add(new(rows.Text(0), StateName.Parse(rows.Text(1)), rows.TimeOrNull(2)!.Value, (int)rows.Integer(3), rows.Integer(4)));
        return uploads;
    }

    private static UploadRow? ReadOne(Rows rows)
    {
        using (rows)
            return rows.Read()
                ? new(
                    rows.Integer(0),
                    rows.Text(1),
                    (int)rows.Integer(2),
                    StateName.Parse(rows.Text(3)),
                    rows.TimeOrNull(4)!.Value,
                    rows.TimeOrNull(5),
                    rows.TimeOrNull(6))
                : null;
    }
}
