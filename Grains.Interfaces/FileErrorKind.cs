namespace ChatAnalysis.Grains.Interfaces;

/// <summary>The sorts of fault that end the reading of a file.</summary>
public enum FileErrorKind
{
    /// <summary>No format known here has this shape.</summary>
    Unrecognised,

    /// <summary>The format is known, but the content breaks its rules: not JSON, not UTF-8, an entry of another type.</summary>
    Damaged,

    /// <summary>The stored file could not be read back.</summary>
    Unreadable,

    /// <summary>Its parser died three times without getting further.</summary>
    Abandoned,
}
