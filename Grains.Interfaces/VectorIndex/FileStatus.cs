namespace ChatAnalysis.Grains.Interfaces;

/// <summary>How a file of an upload stands.</summary>
/// <param name="Name">The name that the client gave it.</param>
/// <param name="Size">In bytes.</param>
/// <param name="State">Where it is.</param>
/// <param name="MessagesDone">Messages stored so far.</param>
/// <param name="MessagesExpected">Messages it holds, once that is known.</param>
/// <param name="Report">What was read, once it has succeeded.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="DuplicateOf">The upload that had brought the same content before.</param>
public sealed record FileStatus(
    string Name,
    long Size,
    UploadState State,
    long MessagesDone,
    long? MessagesExpected,
    FileReport? Report,
    FileError? Error,
    string? DuplicateOf);
