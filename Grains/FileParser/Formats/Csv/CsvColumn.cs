namespace ChatAnalysis.Grains.FileParser.Formats.Csv;

/// <summary>What a column of a table may hold.</summary>
internal enum CsvColumn
{
    /// <summary>What was said.</summary>
    Text,

    /// <summary>Who said it.</summary>
    Author,

    /// <summary>When.</summary>
    Time,

    /// <summary>The message's id.</summary>
    Id,

    /// <summary>The author's id.</summary>
    AuthorId,

    /// <summary>The author's role.</summary>
    Role,

    /// <summary>The conversation's id.</summary>
    Conversation,

    /// <summary>The conversation's title.</summary>
    Title,

    /// <summary>The id of what it answers.</summary>
    ReplyTo,

    /// <summary>What was attached.</summary>
    Attachments,

    /// <summary>Whether it was edited.</summary>
    Edited,
}
