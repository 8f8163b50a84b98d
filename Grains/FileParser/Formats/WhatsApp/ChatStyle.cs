namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>What all messages of one chat have in common, by which those are told from what somebody pasted into one.</summary>
/// <param name="Header">How their headers are written.</param>
/// <param name="Dates">Which number of their dates is which; null while that is open, and dates are not read.</param>
/// <param name="MessagesEndInCrLf">Whether a bare LF is within a message always, as on iOS.</param>
internal readonly record struct ChatStyle(HeaderStyle Header, DateOrder? Dates, bool MessagesEndInCrLf);
