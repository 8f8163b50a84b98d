namespace ChatAnalysis.Grains.Interfaces;

/// <summary>How the index stands.</summary>
/// <param name="Size">Messages stored, one vector each.</param>
/// <param name="Model">The model of its vectors; null while it is empty.</param>
/// <param name="PendingFiles">Files that have not ended.</param>
/// <param name="Owner">Who holds it: host, process id.</param>
/// <param name="UploadsMarker">What the owner wrote into its UPLOAD_DIR: who reads the same there has the same folder.</param>
public sealed record IndexStatus(long Size, ModelId? Model, int PendingFiles, string Owner, string UploadsMarker);
