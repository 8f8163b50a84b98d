namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>What a reader found out about a message.</summary>
internal readonly ref struct MessageDraft
{
    /// <summary>Creates an empty one.</summary>
    public MessageDraft()
    {
    }

    /// <summary>What was said.</summary>
    public required string Text { get; init; }

    /// <summary>The same in UTF-8, where the reader has it at hand; <see cref="Text"/> may then be empty while texts are not wanted.</summary>
    public ReadOnlySpan<byte> TextUtf8 { get; init; }

    /// <summary>Its id in the export.</summary>
    public string? Id { get; init; }

    /// <summary>Who wrote it, by name.</summary>
    public string? Author { get; init; }

    /// <summary>Who wrote it, by the export's id.</summary>
    public string? AuthorId { get; init; }

    /// <summary>user, assistant, system …, lower case.</summary>
    public string? Role { get; init; }

    /// <summary>When it was sent.</summary>
    public SentTime? Sent { get; init; }

    /// <summary>The id of the message or thread that it answers.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Names of what was attached.</summary>
    public IReadOnlyList<string>? Attachments { get; init; }

    /// <summary>Whether it was edited.</summary>
    public bool Edited { get; init; }
}
