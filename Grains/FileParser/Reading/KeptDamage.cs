using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>What is damaged in a part of which the rest is read.</summary>
/// <param name="Error">What is wrong, and where.</param>
/// <param name="Loss">What was not read for it, in words.</param>
internal sealed record KeptDamage(FileError Error, string Loss)
{
    /// <summary>For the person who sent it.</summary>
    public string Sentence => $"{Error.Place}: {Error.Detail}; {Loss}";
}
