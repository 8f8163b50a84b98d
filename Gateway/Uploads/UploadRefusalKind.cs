namespace ChatAnalysis.Gateway.Uploads;

/// <summary>Why the body of an upload was not taken.</summary>
internal enum UploadRefusalKind
{
    /// <summary>The body is not multipart/form-data.</summary>
    NotMultipart,

    /// <summary>The body breaks multipart's rules or ends early.</summary>
    Malformed,

    /// <summary>There is no part with a file in the field.</summary>
    NoFile,

    /// <summary>A limit of <see cref="UploadOptions"/> was passed.</summary>
    TooLarge,

    /// <summary>As many files wait as may.</summary>
    Backlog,

    /// <summary>The disk takes no more.</summary>
    DiskFull,

    /// <summary>The program is stopping.</summary>
    Stopping,

    /// <summary>The client went away before it had sent everything.</summary>
    ClientGone,
}
