using ChatAnalysis.Grains.FileParser.Bytes;
using ChatAnalysis.Grains.FileParser.Formats;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser;

/// <summary>A chat export: first surveyed, then read.</summary>
/// <remarks>
/// The survey walks through the whole file and holds every byte to UTF-8 and to JSON's grammar, skipped values included, so that
/// nothing of a bad file is ever handed on; reading trusts it and may pass over what it does not need by counting brackets.
/// </remarks>
/// <param name="source">The file's bytes.</param>
/// <param name="options">How long a message may be.</param>
/// <param name="bufferBytes">The window of the file that is kept in memory.</param>
internal sealed class ChatFile(IByteSource source, ParsingOptions options, int bufferBytes = JsonScanner.DefaultBufferBytes)
{
    /// <summary>Finds the file's format and counts what it holds, or says why it is refused.</summary>
    public ChatSurvey Survey()
    {
        if (FileBeginning.Refuse(source) is { } refusal)
            return new ChatSurvey(null, null, refusal);
        var sketch = FileSketcher.Sketch(source, bufferBytes, out var fault);
        var seen = sketch.Describe();
        foreach (var format in ChatFormats.All)
        {
            if (!format.Recognises(sketch))
                continue;
            using var json = new JsonScanner(source, options.MaxMessageBytes, trusted: false, bufferBytes);
            var reading = new ChatReading(json, from: long.MaxValue);
            foreach (var _ in format.Read(reading))
            {
                // The reading counts.
            }

            if (reading.Disowned is null)
                return Ended(format, reading);
            seen = $"{sketch.Describe()}, but {reading.Disowned}";
        }

        return new ChatSurvey(null, null, fault is null ? FileBeginning.Unrecognised(seen) : Damage(fault, default));
    }

    /// <summary>Reads the messages from an ordinal on. The file must have passed the survey since.</summary>
    /// <exception cref="InvalidDataException">The file is no longer what the survey found.</exception>
    public IEnumerable<ParsedMessage> Read(IChatFormat format, long from)
    {
        using var json = new JsonScanner(source, options.MaxMessageBytes, trusted: true, bufferBytes);
        var reading = new ChatReading(json, from);
        foreach (var message in format.Read(reading))
        {
            if (!reading.GoesOn)
                break;
            if (message.Ordinal >= from)
                yield return message;
        }

        if (!reading.GoesOn)
            throw new InvalidDataException($"The file has changed since it was checked: {reading.Disowned ?? json.Fault!.Detail}");
    }

    private ChatSurvey Ended(IChatFormat format, ChatReading reading) => reading.Json.Fault is { } fault
        ? new ChatSurvey(null, null, Damage(fault, reading.Entry))
        : new ChatSurvey(format, new FileReport(format.Id, reading.Conversations, reading.Messages, reading.Skipped), null);

    private FileError Damage(JsonFault fault, (string? List, long Index) entry)
    {
        var place = $"line {LineOf(fault.Offset)}, byte {fault.Offset}";
        return new FileError(
            FileErrorKind.Damaged, fault.Detail, entry.List is null ? place : $"{entry.List}[{entry.Index}], {place}");
    }

    /// <summary>The line that a byte stands in, from 1. Counted only where a file is refused, so that good files need not count.</summary>
    private long LineOf(long offset)
    {
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
