namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>A message that is stored, beside one that an export brings again.</summary>
/// <param name="Id">Its number.</param>
/// <param name="SameText">Whether the text is the same.</param>
/// <param name="SameData">Whether all else is, as far as the export brings anything better.</param>
/// <param name="Edited">Whether the stored one was edited.</param>
/// <param name="EditUnknown">Whether the stored one was edited and the export does not say so: it is from before the edit.</param>
/// <param name="TimeKnownBetter">Whether more is known of the stored one's time zone than the export says.</param>
internal readonly record struct KnownMessage(
    long Id, bool SameText, bool SameData, bool Edited, bool EditUnknown, bool TimeKnownBetter)
{
    /// <summary>Whether the stored one stays as it is.</summary>
    public bool IsUnchanged => SameText ? SameData : EditUnknown;

    /// <summary>Whether its vector stays.</summary>
    public bool KeepsVector => SameText || EditUnknown;
}
