namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>How the messages of a conversation are told apart, so that a later export of it updates them instead of adding them again.</summary>
internal enum MessageIdentity
{
    /// <summary>By the ids that the export gives; a message without one has no identity.</summary>
    ExportId,

    /// <summary>By author and time, which are exact enough; edits of the text are then seen as such.</summary>
    AuthorAndTime,

    /// <summary>By time alone, where a later export may call its authors otherwise; those of one moment are numbered.</summary>
    Time,

    /// <summary>By author, time and text; equal ones are counted. The reader has to read texts with JsonScanner.ReadLabel, or whole otherwise.</summary>
    Content,
}
