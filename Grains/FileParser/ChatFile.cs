using System.Collections.Concurrent;
using ChatAnalysis.Grains.FileParser.Archives;
using ChatAnalysis.Grains.FileParser.Exports;
using ChatAnalysis.Grains.FileParser.Formats;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser;

/// <summary>An upload of one file, an archive or a folder: a chat export, or several; first surveyed, then read.</summary>
/// <param name="files">Its files: the uploaded file itself, or those of a folder.</param>
/// <param name="parsing">What is set for all files.</param>
/// <param name="options">What the client said of this one.</param>
/// <param name="bufferBytes">The window of a file that is kept in memory.</param>
internal sealed class ChatFile(
    IReadOnlyList<ExportFile> files, ParsingOptions parsing, ReadingOptions options, int bufferBytes = JsonScanner.DefaultBufferBytes)
{
    private readonly UnpackingLimits _limits = new(parsing);
    private readonly ConcurrentDictionary<(IChatFormat, int, string), Lazy<CompanionSurvey>> _companions = [];
    private Lazy<IReadOnlySet<string>>? _names;
    private TimeZoneInfo? _timeZone;
    private int _workersOfPart = 1;

    /// <summary>Where entries of archives are unpacked to that cannot be read in place.</summary>
    public Spool Spool { get; init; } = new(null);

    /// <summary>How many files and parts are worked on at once.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>The formats that are known, in the order in which they are tried.</summary>
    public IReadOnlyList<IChatFormat> Known { get; init; } = ChatFormats.All;

    private IReadOnlyList<IChatFormat> Formats =>
        options.Format is { } only ? [.. Known.Where(format => format.Id == only)] : Known;

    private bool Keeps => parsing.OnDamage == OnDamage.Keep;

    /// <summary>Finds what the upload holds and counts it, or says why it is refused.</summary>
    public ChatSurvey Survey()
    {
        if (WrongOption() is { } wrong)
            return ChatSurvey.Refused(wrong);
        var formats = Formats;
        var contents = files is [{ Path: "" } upload] ? new ArchiveOpener(_limits, Spool).Open(upload) : ArchiveContents.Of(files);
        if (Refusal(contents.Damages) is { } broken)
            return ChatSurvey.Refused(broken);

        _names = new(() => contents.Files.Select(file => file.Name).ToHashSet());
        var judged = OrderedWork.Do(
            [.. contents.Files.OrderBy(file => file.Path, NaturalOrder.Instance)],
            file => JudgedFile.Of(file, formats, forced: options.Format is not null && contents.Files.Count == 1, bufferBytes),
            file => Refusal(file.Damages) is not null,
            Workers);
        if (Refusal(judged.SelectMany(file => file.Damages)) is { } damage)
            return ChatSurvey.Refused(damage);
        if (judged is [{ File.Path: "" } only] && FileBeginning.Refusal(only.Kind) is { } refusal)
            return ChatSurvey.Refused(refusal);

        var plan = ExportPlan.Of(judged);
        _workersOfPart = plan.Parts.Count > 1 ? 1 : Workers;
        var surveys = Settled(OrderedWork.Do(plan.Parts, Survey, survey => Refusal(survey.Errors) is not null, Workers));
        if (Refusal(surveys.SelectMany(survey => survey.Errors)) is { } found)
            return ChatSurvey.Refused(found);

        var parts = surveys.Where(survey => survey.Disowned is null).ToList();
        if (parts.Count > 0 && parts.Any(part => part.Damages.Count == 0 || part.Tally.Messages > 0))
        {
            var report = UploadReport.Of(parts, [.. surveys.Except(parts)], plan.Ignored, contents);
            return new ChatSurvey(parts, report, null) { Workers = Workers };
        }

        return ChatSurvey.Refused(
            parts.SelectMany(part => part.Errors).Concat(contents.Damages).FirstOrDefault()
            ?? NoChat(judged, surveys is [{ Disowned: var disowned }, ..] ? disowned : null, contents));
    }

    /// <summary>Reads the messages from an ordinal on. The file must have passed the survey since.</summary>
    /// <param name="survey">What the survey found.</param>
    /// <param name="from">The first ordinal that is wanted.</param>
    /// <exception cref="InvalidDataException">The file is no longer what the survey found.</exception>
    public static IEnumerable<ParsedMessage> Read(ChatSurvey survey, long from)
    {
        var parts = new List<Func<CancellationToken, IEnumerable<ParsedMessage>>>();
        var (ordinal, conversation) = (0L, 0);
        foreach (var part in survey.Parts)
        {
            var (firstOrdinal, firstConversation) = (ordinal, conversation);
            if (ordinal + part.Tally.Messages > from && part.Tally.Messages > 0)
                parts.Add(ended => PartReader.Read(part, firstOrdinal, firstConversation, from, ended));
            ordinal += part.Tally.Messages;
            conversation += part.Conversations;
        }

        return parts is [var only] ? only(CancellationToken.None) : ReadAhead(parts, survey.Workers);
    }

    private static IEnumerable<ParsedMessage> ReadAhead(
        List<Func<CancellationToken, IEnumerable<ParsedMessage>>> parts, int workers)
    {
        using var ahead = new PartsAhead(parts, workers);
        foreach (var message in ahead.Read())
            yield return message;
    }

    /// <summary>Why the upload is refused: a limit, or a damage where it is not to be kept.</summary>
    private FileError? Refusal(IEnumerable<FileError> damages) =>
        _limits.Refusal ?? (Keeps ? null : damages.FirstOrDefault());

    /// <summary>What the client said and nobody can do. The gateway has asked before; an upload may be older than its formats.</summary>
    private FileError? WrongOption()
    {
        if (Formats.Count == 0)
        {
            var known = string.Join(", ", Known.Select(format => format.Id).Order(StringComparer.Ordinal));
            return new FileError(FileErrorKind.Unrecognised, $"format={options.Format} names no format; there are {known}");
        }

        if (options.TimeZone is not { } zone || TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _timeZone))
            return null;
        return new FileError(
            FileErrorKind.Unrecognised, $"timezone={zone} names no time zone that this system knows; Europe/Berlin would be one");
    }

    /// <summary>Surveys a part by its format, or by the next that recognises it where the first finds that it is another's.</summary>
    private PartSurvey Survey(ExportPart part)
    {
        PartSurvey? first = null;
        foreach (var format in part.Candidates.Where(format => part.Files.Count == 1 || format.ReadsFolders || format.ReadsUploads))
        {
            var survey = SurveyAs(part with { Format = format });
            if (survey.Disowned is null)
                return survey;
            first ??= survey;
        }

        return first!;
    }

    /// <summary>Surveys again what may be of two formats, where other parts of the upload tell which of them it is.</summary>
    private List<PartSurvey> Settled(IEnumerable<PartSurvey> surveys)
    {
        List<PartSurvey> settled = [.. surveys];
        var sure = settled.Where(survey => survey.Disowned is null && !survey.Tally.IsGuess)
            .Select(survey => survey.Part.Format).ToHashSet();
        for (var i = 0; i < settled.Count; i++)
            if (settled[i].Tally.IsGuess && settled[i].Part is var part
                && part.Candidates.Where(sure.Contains).ToList() is [var format] && format != part.Format)
                settled[i] = SurveyAs(part with { Format = format });
        return settled;
    }

    private PartSurvey SurveyAs(ExportPart part)
    {
        ReadingPass Pass() => ReadingPass.ToSurvey(
            parsing, options, _timeZone, bufferBytes, files is [UploadFile upload] ? upload.Name : null, _names, _workersOfPart);
        if (part.Companions.Count == 0)
            return SurveyFiles(part, Pass, companion: null);

        var companions = CompanionsOf(part, part.Companions.Count, Pass());
        if (companions.Damage is { } damage && !Keeps)
            return new PartSurvey(part, Pass(), new ReadingTally(part.Format.Id), 0, null, [new KeptDamage(damage, "")], null);
        var survey = SurveyFiles(part, Pass, companions.Companion);
        foreach (var warning in companions.Warnings)
            survey.Tally.Warn(warning);
        if (companions.Damage is { } lost)
            survey.Tally.Warn($"{lost.Place}: {lost.Detail}; what it tells is missing");
        return survey;
    }

    /// <summary>Surveys a part; where its files are read in another order than they come, without those that cannot be unpacked.</summary>
    private static PartSurvey SurveyFiles(ExportPart part, Func<ReadingPass> pass, object? companion)
    {
        var survey = PartReader.Survey(part, pass(), companion);
        if (!survey.WantsOtherFiles)
            return survey;
        var broken = part.Files.Select(file => (File: file, Damage: file.Check())).Where(file => file.Damage is not null).ToList();
        var others = part.Files.Except(broken.Select(file => file.File)).ToList();
        if (others.Count == 0 || broken.Count == 0)
            return survey;
        survey = PartReader.Survey(part with { Files = others }, pass(), companion);
        var lost = broken.Select(file => new KeptDamage(PartReader.Damage(file.File, file.Damage!), "it was not read"));
        return survey with { Damages = [.. lost, .. survey.Damages] };
    }

    /// <summary>What the first so many of a part's companions tell. Those of a folder are the same for all parts below it.</summary>
    private CompanionSurvey CompanionsOf(ExportPart part, int count, ReadingPass pass) => _companions.GetOrAdd(
        (part.Format, count, part.Companions[count - 1].Path),
        _ => new Lazy<CompanionSurvey>(() =>
        {
            var nearest = part.Companions[count - 1].Folder;
            var shared = part.Format.ReadsCompanionsByFolder
                ? part.Companions.Take(count).TakeWhile(companion => companion.Folder != nearest).Count()
                : 0;
            var above = shared == 0 ? null : CompanionsOf(part, shared, pass);
            return above is { Damage: not null }
                ? above
                : CompanionSurvey.Of(part, [.. part.Companions.Take(count).Skip(shared)], above, pass);
        })).Value;

    private FileError NoChat(IReadOnlyList<JudgedFile> judged, string? disowned, ArchiveContents contents)
    {
        if (contents.WasArchive && judged is not [{ File.Path: "" }])
            return FileBeginning.Unrecognised(UploadReport.Describe(judged, contents));
        if (judged is not [var file])
            return FileBeginning.Unrecognised($"a folder of {UploadReport.Describe(judged, contents)}");
        if (file.Fault is { } fault && disowned is null)
        {
            var line = PartReader.LineOf(file.File, fault.Offset, bufferBytes);
            return new FileError(FileErrorKind.Damaged, fault.Detail, $"line {line}, byte {fault.Offset}");
        }

        var seen = file.Seen ?? "of a known shape";
        return FileBeginning.Unrecognised(disowned is null ? seen : $"{seen}, but {disowned}");
    }
}
