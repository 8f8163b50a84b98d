using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>The names of upload and file states in the database.</summary>
internal static class StateName
{
    public const string Enqueued = "enqueued";
    public const string Processing = "processing";
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";

    public static UploadState Parse(string name) => name switch
    {
        Enqueued => UploadState.Enqueued,
        Processing => UploadState.Processing,
        Succeeded => UploadState.Succeeded,
        Failed => UploadState.Failed,
        _ => throw new InvalidDataException($"The database knows a state '{name}', which does not exist"),
    };
}
