using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.FileParser.Formats;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser;

/// <summary>An upload of one file or of a folder of them: a chat export, or several; first surveyed, then read.</summary>
/// <param name="files">Its files: the uploaded file itself, or those of an archive.</param>
/// <param name="parsing">What is set for all files.</param>
/// <param name="options">What the client said of this one.</param>
/// <param name="bufferBytes">The window of a file that is kept in memory.</param>
internal sealed class ChatFile(
    IReadOnlyList<ExportFile> files, ParsingOptions parsing, ReadingOptions options, int bufferBytes = JsonScanner.DefaultBufferBytes)
{
    private readonly TimeZoneInfo? _timeZone = options.TimeZone is { } zone ? TimeZoneInfo.FindSystemTimeZoneById(zone) : null;

    private IReadOnlyList<IChatFormat> Formats { get; } =
        options.Format is { } only ? [.. ChatFormats.All.Where(format => format.Id == only)] : ChatFormats.All;

    /// <summary>Finds what the upload holds and counts it, or says why it is refused.</summary>
    public ChatSurvey Survey()
    {
        var sketched = files.Select(file => new SketchedFile(file, FileSketcher.Sketch(file, Formats, bufferBytes))).ToList();
        if (sketched is [{ Sketch: var only, File.Path: "" }] && FileBeginning.Refusal(only.Kind) is { } refusal)
            return ChatSurvey.Refused(refusal);

        var plan = ExportPlan.Of(sketched, Formats);
        var parts = new List<PartSurvey>();
        string? disowned = null;
        foreach (var part in plan.Parts)
        {
            var survey = Survey(part, sketched.First(file => file.File == part.Files[0]).Sketch);
            disowned ??= survey.Disowned;
            if (survey.Damage is { } damage && parsing.OnDamage == OnDamage.Refuse)
                return ChatSurvey.Refused(damage);
            if (survey.Damage is not null)
                survey.Tally.Warn($"{survey.Damage.Place}: {survey.Damage.Detail}; what follows there was not read");
            if (survey.Disowned is null)
                parts.Add(survey);
        }

        return parts.Count == 0 ? ChatSurvey.Refused(Unrecognised(sketched, disowned)) : new ChatSurvey(parts, Report(parts), null);
    }

    /// <summary>Reads the messages from an ordinal on. The file must have passed the survey since.</summary>
    /// <exception cref="InvalidDataException">The file is no longer what the survey found.</exception>
    public static IEnumerable<ParsedMessage> Read(ChatSurvey survey, long from)
    {
        var (ordinal, conversation) = (0L, 0);
        foreach (var part in survey.Parts)
        {
            if (ordinal + part.Tally.Messages > from)
                foreach (var message in PartReader.Read(part, ordinal, conversation, from))
                    yield return message;
            ordinal += part.Tally.Messages;
            conversation += part.Conversations;
        }
    }

    /// <summary>Surveys a part by its format, or by the next that recognises it where the first finds that it is another's.</summary>
    private PartSurvey Survey(ExportPart part, FileSketch sketch)
    {
        PartSurvey? first = null;
        foreach (var format in Formats.SkipWhile(format => format != part.Format).Where(format => format.Recognises(sketch)))
        {
            var survey = SurveyAs(part with { Format = format });
            if (survey.Disowned is null)
                return survey;
            first ??= survey;
        }

        return first!;
    }

    private PartSurvey SurveyAs(ExportPart part)
    {
        var pass = ReadingPass.ToSurvey(parsing, options, _timeZone, bufferBytes);
        if (part.Companions.Count == 0)
            return PartReader.Survey(part, pass, companion: null);
        using var reading = new ChatReading(part.Companions, part.Format.Id, pass);
        var companion = part.Format.ReadCompanions(reading);
        return reading.Fault is { } fault
            ? new PartSurvey(part, pass, reading.Tally, 0, null, PartReader.Damage(reading, fault, bufferBytes), null)
            : PartReader.Survey(part, pass, companion);
    }

    private static FileReport Report(List<PartSurvey> parts)
    {
        var tallies = parts.GroupBy(part => part.Part.Format.Id).Select(group =>
        {
            var sum = new ReadingTally(group.Key);
            foreach (var part in group)
                sum.Add(part.Tally);
            return sum;
        }).ToList();
        if (tallies.Count == 1)
            return tallies[0].ToReport() with { FilesRead = parts.Sum(part => part.Part.Files.Count) };
        var all = new ReadingTally(FileReport.Mixed);
        tallies.ForEach(all.Add);
        return all.ToReport() with
        {
            FilesRead = parts.Sum(part => part.Part.Files.Count),
            Exports = [.. tallies.Select(tally => tally.ToReport())],
        };
    }

    private FileError Unrecognised(List<SketchedFile> sketched, string? disowned)
    {
        if (sketched is not [{ Sketch: var sketch, File: var file }])
            return FileBeginning.Unrecognised($"an archive of {sketched.Count} files, none of which is a chat export that is known");
        if (sketch.Fault is { } fault && disowned is null)
        {
            return new FileError(
                FileErrorKind.Damaged, fault.Detail, $"line {PartReader.LineOf(file, fault.Offset, bufferBytes)}, byte {fault.Offset}");
        }

        return FileBeginning.Unrecognised(disowned is null ? sketch.Describe() : $"{sketch.Describe()}, but {disowned}");
    }
}
