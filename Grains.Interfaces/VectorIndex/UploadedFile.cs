namespace ChatAnalysis.Grains.Interfaces;

/// <summary>A file as it was received.</summary>
/// <param name="Name">The name that the client gave it. Text, never a path here.</param>
/// <param name="StoredAs">Where it lies, relative to UPLOAD_DIR.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Of its content, 64 lower-case hexadecimal digits.</param>
public sealed record UploadedFile(string Name, string StoredAs, long Size, string Sha256);
