namespace ChatAnalysis.Grains.Interfaces;

/// <summary>The states of an upload and of each of its files.</summary>
public enum UploadState
{
    /// <summary>Recorded; nobody works on it yet.</summary>
    Enqueued,

    /// <summary>Being read.</summary>
    Processing,

    /// <summary>Ended well. Of an upload: at least one file did.</summary>
    Succeeded,

    /// <summary>Ended with an error. Of an upload: all its files did.</summary>
    Failed,
}
