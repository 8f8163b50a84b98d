using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Exports;

/// <summary>What the files beside a part tell, or why they could not be read.</summary>
/// <param name="Companion">What the format made of them.</param>
/// <param name="Damage">What is wrong with one of them; null where nothing is.</param>
internal sealed record CompanionSurvey(object? Companion, FileError? Damage)
{
    /// <summary>Reads them.</summary>
    public static CompanionSurvey Of(ExportPart part, ReadingPass pass)
    {
        using var reading = new ChatReading(part.Companions, part.Format.Id, pass);
        try
        {
            var companion = part.Format.ReadCompanions(reading);
            return reading.Fault is { } fault
                ? new CompanionSurvey(null, PartReader.Damage(reading, fault, pass.BufferBytes))
                : new CompanionSurvey(companion, null);
        }
        catch (InvalidDataException broken)
        {
            return new CompanionSurvey(null, PartReader.Damage(reading.File, broken.Message));
        }
    }
}
