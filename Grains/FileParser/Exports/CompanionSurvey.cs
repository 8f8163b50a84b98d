using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Exports;

/// <summary>What the files beside a part tell, or why they could not be read.</summary>
/// <param name="Companion">What the format made of them.</param>
/// <param name="Damage">What is wrong with one of them; null where nothing is.</param>
/// <param name="Warnings">What is odd in them.</param>
internal sealed record CompanionSurvey(object? Companion, FileError? Damage, IReadOnlyList<string> Warnings)
{
    /// <summary>Reads them.</summary>
    /// <param name="part">The part.</param>
    /// <param name="files">Those to read, of the files that tell about the part.</param>
    /// <param name="above">What was made of the others, in the folders above.</param>
    /// <param name="pass">The walk.</param>
    public static CompanionSurvey Of(ExportPart part, IReadOnlyList<ExportFile> files, CompanionSurvey? above, ReadingPass pass)
    {
        using var reading = new ChatReading(files, part.Format.Id, pass, above?.Companion);
        try
        {
            var companion = part.Format.ReadCompanions(reading);
            return reading.Fault is { } fault
                ? new CompanionSurvey(null, PartReader.Damage(reading, fault, pass.BufferBytes), [])
                : new CompanionSurvey(companion, null, [.. above?.Warnings ?? [], .. reading.Tally.Warnings]);
        }
        catch (InvalidDataException broken)
        {
            return new CompanionSurvey(null, PartReader.Damage(reading.File, broken.Message), []);
        }
    }
}
