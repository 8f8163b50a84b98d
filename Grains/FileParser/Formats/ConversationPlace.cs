namespace ChatAnalysis.Grains.FileParser.Formats;

/// <summary>Where a conversation stands in its file, for the place of a fault.</summary>
/// <param name="List">The list that it stands in, empty for a root that is one; null where it stands alone.</param>
/// <param name="Index">Its index there.</param>
internal readonly record struct ConversationPlace(string? List, long Index)
{
    /// <summary>A list within the conversation, as one would write it in code.</summary>
    public string Of(string list) => List is null ? list : $"{List}[{Index}].{list}";

    /// <summary>Notes that the conversation itself is being read.</summary>
    public void Note(ChatReading reading) => reading.At(List, Index);
}
