namespace ChatAnalysis.Grains.FileParser.Formats.Signal;

/// <summary>A person, group or list that Signal's frames refer to by a number which holds in one file only.</summary>
/// <param name="Id">What identifies it in every export; null where nothing does.</param>
/// <param name="Name">Its name; null where it has none.</param>
/// <param name="IsSelf">Whether it is the account's owner.</param>
/// <param name="IsReleaseNotes">Whether it is Signal's own channel of news.</param>
/// <param name="IsGroup">Whether it is a group, which is the same for all who are in it.</param>
internal sealed record SignalRecipient(
    string? Id, string? Name, bool IsSelf = false, bool IsReleaseNotes = false, bool IsGroup = false);
