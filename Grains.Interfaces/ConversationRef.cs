namespace ChatAnalysis.Grains.Interfaces;

/// <summary>Names the conversation that a message belongs to.</summary>
/// <param name="Ordinal">Its place in the file, from 0.</param>
/// <param name="Platform">Where it comes from: the format's id, such as slack.</param>
/// <param name="Id">Its id in the export, where there is one.</param>
/// <param name="Title">Its title, where there is one. Text, never a path.</param>
public sealed record ConversationRef(int Ordinal, string Platform, string? Id, string? Title)
{
    /// <summary>Messages in the sample of a conversation that has at least as many.</summary>
    public const int SampleSize = 512;

    /// <summary>Who takes part, as far as the export says so itself; authors of messages take part anyhow.</summary>
    public IReadOnlyList<string> Participants { get; init; } = [];

    /// <summary>
    /// For a conversation that has no id but can be continued by a later export: some of its messages, by which it is recognised: the
    /// <see cref="SampleSize"/> with the smallest ids, compared by code unit.
    /// Empty for any other, which is then identified by its id, or else by file and ordinal.
    /// </summary>
    public IReadOnlyList<MessageMark> Sample { get; init; } = [];
}
