using System.Text.Json.Serialization;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Uploads;

/// <summary>What the answers say of what was read.</summary>
internal class ReportAnswer
{
    /// <summary>The answer for a report.</summary>
    /// <param name="report">The report; null where nothing was read.</param>
    /// <param name="stored">Whether the messages were stored, and not only looked at.</param>
    public ReportAnswer(FileReport? report, bool stored)
    {
        if (stored)
            (New, Updated, Unchanged) = (report?.New ?? 0, report?.Updated ?? 0, report?.Unchanged ?? 0);
        if (report is null)
            return;
        Format = report.Format;
        Variant = report.Variant;
        Conversations = report.Conversations;
        Participants = report.Participants;
        Messages = report.Messages;
        FirstSentAt = report.FirstSentAt;
        LastSentAt = report.LastSentAt;
        Skipped = report.Skipped;
        Assumptions = report.Assumptions;
        Warnings = report.Warnings;
        FilesRead = report.FilesRead;
        FilesIgnored = report.FilesIgnored;

        // What was new is counted for the whole file.
        if (report.Exports.Count > 1)
            Exports = [.. report.Exports.Select(export => new ReportAnswer(export, stored: false))];
    }

    /// <summary>The format's lower-case id, mixed for several; null where nothing was read.</summary>
    public string? Format { get; }

    /// <summary>Which of the format's shapes it has.</summary>
    public string? Variant { get; }

    /// <summary>Conversations with at least one message.</summary>
    public int Conversations { get; }

    /// <summary>Who wrote a message.</summary>
    public int Participants { get; }

    /// <summary>Messages read.</summary>
    public long Messages { get; }

    /// <summary>Those that were not there before; null where nothing was stored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? New { get; }

    /// <summary>Those that were there and have changed; null where nothing was stored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Updated { get; }

    /// <summary>Those that were there as they are; null where nothing was stored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Unchanged { get; }

    /// <summary>When the first was sent, where that is known.</summary>
    public DateTimeOffset? FirstSentAt { get; }

    /// <summary>When the last was sent.</summary>
    public DateTimeOffset? LastSentAt { get; }

    /// <summary>Entries that are no messages, by reason.</summary>
    public IReadOnlyDictionary<string, long> Skipped { get; } = new Dictionary<string, long>();

    /// <summary>What was taken for granted.</summary>
    public IReadOnlyList<string> Assumptions { get; } = [];

    /// <summary>What is odd.</summary>
    public IReadOnlyList<string> Warnings { get; } = [];

    /// <summary>Of an archive or folder: files that were read.</summary>
    public int FilesRead { get; }

    /// <summary>Of an archive or folder: files that are no chats, by what they are.</summary>
    public IReadOnlyDictionary<string, long> FilesIgnored { get; } = new Dictionary<string, long>();

    /// <summary>What was read of each format, where there are several; else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReportAnswer>? Exports { get; }
}
