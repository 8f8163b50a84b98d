using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Uploads;

/// <summary>What became of an upload's body: its files, or why it was not taken.</summary>
/// <param name="Files">The files, on disk, in the order they were sent; empty where it was refused.</param>
/// <param name="Refusal">Why it was refused; null where it was not.</param>
internal sealed record ReceivedUpload(IReadOnlyList<UploadedFile> Files, UploadRefusal? Refusal = null)
{
    /// <summary>The upload was refused.</summary>
    public static ReceivedUpload Refused(UploadRefusalKind kind, string detail, string? file = null) =>
        new([], new UploadRefusal(kind, detail, file));
}
