namespace ChatAnalysis.Grains.Interfaces;

/// <summary>How an upload stands.</summary>
/// <param name="UploadId">Its id.</param>
/// <param name="State">Where it is.</param>
/// <param name="CreatedAt">When it was recorded.</param>
/// <param name="StartedAt">When a parser first took one of its files.</param>
/// <param name="EndedAt">When its last file had ended and its patterns were found.</param>
/// <param name="Files">Its files, in the order they were sent.</param>
/// <param name="Labels">Once succeeded: the pattern of each message, in the order of files and then messages.</param>
/// <param name="Patterns">Once succeeded: the patterns, by label.</param>
/// <param name="IndexSize">Messages in the index now.</param>
public sealed record UploadStatus(
    string UploadId,
    UploadState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    IReadOnlyList<FileStatus> Files,
    ReadOnlyMemory<int> Labels,
    IReadOnlyList<Pattern> Patterns,
    long IndexSize);
