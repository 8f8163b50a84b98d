namespace ChatAnalysis.Grains.FileParser.Formats.Zulip;

/// <summary>Where a message goes to.</summary>
/// <param name="Type">1: a person; 2: a channel; 3: several people.</param>
/// <param name="TypeId">The number of the person, channel or group.</param>
internal readonly record struct ZulipRecipient(int Type, string TypeId)
{
    /// <summary>A person.</summary>
    public const int Person = 1;

    /// <summary>A channel.</summary>
    public const int Channel = 2;

    /// <summary>Several people.</summary>
    public const int Group = 3;
}
