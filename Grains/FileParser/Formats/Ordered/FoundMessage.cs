using ChatAnalysis.Grains.FileParser.Reading;

namespace ChatAnalysis.Grains.FileParser.Formats.Ordered;

/// <summary>What was read of one entry: a message, or why it is none.</summary>
internal sealed class FoundMessage
{
    private const int MostAttachments = 100;

    private List<string>? _attachments;

    /// <summary>Why it is no message; null where it is one.</summary>
    public string? Skipped { get; set; }

    /// <summary>What was said.</summary>
    public string Text { get; set; } = "";

    /// <summary>Its id in the export.</summary>
    public string? Id { get; set; }

    /// <summary>Who wrote it, by name.</summary>
    public string? Author { get; set; }

    /// <summary>Who wrote it, by the export's id.</summary>
    public string? AuthorId { get; set; }

    /// <summary>When it was sent.</summary>
    public SentTime? Sent { get; set; }

    /// <summary>The id of the message that it answers.</summary>
    public string? ReplyTo { get; set; }

    /// <summary>Whether it was edited.</summary>
    public bool Edited { get; set; }

    /// <summary>Names of what was attached.</summary>
    public IReadOnlyList<string> Attachments => _attachments ?? [];

    /// <summary>Notes the name of something attached; of very many the first ones.</summary>
    public void Attach(string name)
    {
        if ((_attachments ??= []).Count < MostAttachments)
            _attachments.Add(name);
    }
}
