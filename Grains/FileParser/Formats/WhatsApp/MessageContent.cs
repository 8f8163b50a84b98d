namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>What a person said in a message, without what WhatsApp wrote into it.</summary>
/// <param name="Text">What was said.</param>
/// <param name="Skip">Why it is no message, where it is none.</param>
/// <param name="Attachments">The names of what was attached.</param>
/// <param name="Edited">Whether it was edited.</param>
internal readonly record struct MessageContent(
    string Text, string? Skip = null, IReadOnlyList<string>? Attachments = null, bool Edited = false);
