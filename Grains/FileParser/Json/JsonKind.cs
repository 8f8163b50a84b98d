namespace ChatAnalysis.Grains.FileParser.Json;

/// <summary>The kinds of JSON value. Flags, so that a set of kinds can be told.</summary>
[Flags]
internal enum JsonKind
{
    /// <summary>No value.</summary>
    None = 0,

    /// <summary>An object.</summary>
    Object = 1,

    /// <summary>An array.</summary>
    Array = 2,

    /// <summary>A string.</summary>
    Text = 4,

    /// <summary>A number.</summary>
    Number = 8,

    /// <summary>true or false.</summary>
    Boolean = 16,

    /// <summary>null.</summary>
    Null = 32,
}
