namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>What a text holds.</summary>
internal enum HeldWords
{
    /// <summary>Nothing, or spaces only.</summary>
    None,

    /// <summary>Only what is taken out of some messages, such as marks.</summary>
    MarksOnly,

    /// <summary>Words.</summary>
    Words,
}
