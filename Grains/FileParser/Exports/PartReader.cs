using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Exports;

/// <summary>Walks through one part: to check and count it, then to read it.</summary>
/// <remarks>
/// The survey walks through all of the part and holds every byte to UTF-8 and to its format's grammar, skipped values included, so
/// that nothing of a bad file is ever handed on; reading trusts it and may pass over what it does not need by counting brackets.
/// </remarks>
internal static class PartReader
{
    /// <summary>Checks and counts a part.</summary>
    /// <param name="part">The part.</param>
    /// <param name="pass">The walk.</param>
    /// <param name="companion">What the files beside it tell.</param>
    public static PartSurvey Survey(ExportPart part, ReadingPass pass, object? companion)
    {
        using var reading = new ChatReading(part.Files, part.Format.Id, pass, companion) { Keeps = Keeps(pass) };
        KeptDamage? unreadable = null;
        var whole = 0L;
        try
        {
            foreach (var _ in part.Format.Read(reading))
                if (reading.GoesOn)
                    whole++;
            reading.NoteEndOfFile(isLast: true);
        }
        catch (InvalidDataException broken)
        {
            unreadable = new KeptDamage(Damage(reading.File, broken.Message), "it was not read");
        }

        if (unreadable is not null || reading.Fault is not null)
            reading.Tally.KeepOnly(whole);
        IReadOnlyList<KeptDamage> damages = unreadable is null ? reading.Damages : [unreadable, .. reading.Damages];
        return new PartSurvey(part, pass, reading.Tally, reading.Conversations, companion, damages, reading.Disowned)
        {
            WantsOtherFiles = reading.Keeps && reading.IsReadAgain && part.Files.Count > 1
                && (unreadable is not null || (reading.Fault is not null && reading.File.Check() is not null)),
        };
    }

    /// <summary>Reads the messages of a part from an ordinal on. The part must have passed the survey since.</summary>
    /// <param name="survey">What the survey found.</param>
    /// <param name="firstOrdinal">The ordinal of its first message.</param>
    /// <param name="firstConversation">The ordinal of its first conversation.</param>
    /// <param name="from">The first ordinal that is wanted.</param>
    /// <param name="ended">Ends the reading, where nobody asks for messages any more.</param>
    /// <exception cref="InvalidDataException">The part is no longer what the survey found.</exception>
    public static IEnumerable<ParsedMessage> Read(
        PartSurvey survey, long firstOrdinal, int firstConversation, long from, CancellationToken ended = default)
    {
        var left = survey.Tally.Messages;
        var pass = survey.Pass.ToRead(survey.Damages.Count == 0, firstOrdinal, firstConversation, from);
        using var reading = new ChatReading(survey.Part.Files, survey.Part.Format.Id, pass, survey.Companion) { Keeps = Keeps(pass) };
        using var messages = survey.Part.Format.Read(reading).GetEnumerator();
        while (left > 0 && messages.MoveNext())
        {
            ended.ThrowIfCancellationRequested();
            if (!reading.GoesOn)
                continue;
            left--;
            if (messages.Current.Ordinal >= from)
                yield return messages.Current;
        }

        if (left > 0)
            throw new InvalidDataException($"The file has changed since it was checked: {reading.Disowned ?? reading.Fault?.Detail}");
    }

    private static bool Keeps(ReadingPass pass) => pass.Parsing.OnDamage == OnDamage.Keep;

    /// <summary>Where a fault stands, in words.</summary>
    public static FileError Damage(ChatReading reading, JsonFault fault, int bufferBytes)
    {
        // What was not unpacked rightly is broken for that reason.
        if (reading.File.Check() is { } broken)
            return Damage(reading.File, broken);
        var place = $"line {LineOf(reading.File, fault.Offset, bufferBytes)}, byte {fault.Offset}";
        if (reading.Entry.List is { } list)
            place = $"{list}[{reading.Entry.Index}], {place}";
        return new FileError(FileErrorKind.Damaged, fault.Detail, reading.File.Path.Length == 0 ? place : $"{reading.File.Path}: {place}");
    }

    /// <summary>What is wrong with a file in its archive.</summary>
    public static FileError Damage(ExportFile file, string broken) =>
        new(FileErrorKind.Damaged, broken, file.Path.Length == 0 ? null : file.Path);

    /// <summary>The line that a byte stands in, from 1. Counted only where a file is refused, so that good files need not count.</summary>
    public static long LineOf(ExportFile file, long offset, int bufferBytes)
    {
        using var source = file.Open();
        var bytes = new byte[bufferBytes];
        var line = 1L;
        for (long at = 0; at < offset;)
        {
            var read = source.Read(bytes.AsSpan(0, (int)Math.Min(bytes.Length, offset - at)), at);
            if (read == 0)
                break;
            line += bytes.AsSpan(0, read).Count((byte)'\n');
            at += read;
        }

        return line;
    }
}
