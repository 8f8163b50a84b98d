namespace ChatAnalysis.Grains.FileParser;

/// <summary>What a file is, by its first bytes.</summary>
internal enum FileKind
{
    /// <summary>Nothing, or spaces only.</summary>
    Empty,

    /// <summary>It begins as JSON does; some lines of text do so too.</summary>
    Json,

    /// <summary>Text in UTF-8.</summary>
    Text,

    /// <summary>UTF-16 or UTF-32, with or without a byte order mark.</summary>
    Utf16,

    /// <summary>A zip archive.</summary>
    Zip,

    /// <summary>Something compressed with gzip.</summary>
    Gzip,

    /// <summary>A tar archive.</summary>
    Tar,

    /// <summary>None of these: a picture, a video, a database.</summary>
    Binary,
}
