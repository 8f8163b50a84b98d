namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>
/// What all headers of one export have in common, since one telephone wrote them in one go. What looks like a header but is of another
/// style was pasted into a message.
/// </summary>
/// <param name="End">What stands between time and author.</param>
/// <param name="Separator">What stands between the numbers of the date.</param>
/// <param name="YearFirst">Whether the date begins with a year of four digits.</param>
/// <param name="TimeFirst">Whether the time stands before the date.</param>
internal readonly record struct HeaderStyle(HeaderEnd End, byte Separator, bool YearFirst, bool TimeFirst);
