using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Exports;

/// <summary>What a walk through a part found.</summary>
/// <param name="Part">The part.</param>
/// <param name="Pass">The walk.</param>
/// <param name="Tally">What it counted; up to the damage, where there is any.</param>
/// <param name="Conversations">Conversations begun.</param>
/// <param name="Companion">What the files beside it tell.</param>
/// <param name="Damages">What is wrong with it; nothing where it is whole.</param>
/// <param name="Disowned">Why it is not of its format after all; null where it is.</param>
internal sealed record PartSurvey(
    ExportPart Part,
    ReadingPass Pass,
    ReadingTally Tally,
    int Conversations,
    object? Companion,
    IReadOnlyList<KeptDamage> Damages,
    string? Disowned)
{
    /// <summary>Whether the others of its files can be read only without one that cannot be unpacked.</summary>
    public bool WantsOtherFiles { get; init; }

    /// <summary>The damages as errors.</summary>
    public IEnumerable<FileError> Errors => Damages.Select(damage => damage.Error);
}
