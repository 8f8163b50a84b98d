using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser;

/// <summary>A message cut to what a person looks at, so that no file makes the answer large.</summary>
internal static class MessagePreview
{
    private const int TextLength = 10_000, LabelLength = 500, Labels = 100;

    /// <summary>The message with a long text, long names and long lists cut short.</summary>
    public static ParsedMessage Of(ParsedMessage message) => message with
    {
        Text = Cut(message.Text, TextLength)!,
        Id = Cut(message.Id),
        Author = Cut(message.Author),
        AuthorId = Cut(message.AuthorId),
        Role = Cut(message.Role),
        ReplyTo = Cut(message.ReplyTo),
        Attachments = Cut(message.Attachments),
        Conversation = message.Conversation with
        {
            Id = Cut(message.Conversation.Id),
            Title = Cut(message.Conversation.Title),
            Participants = Cut(message.Conversation.Participants),
            Sample = [],
        },
    };

    private static string[] Cut(IReadOnlyList<string> labels) => [.. labels.Take(Labels).Select(label => Cut(label)!)];

    private static string? Cut(string? text, int length = LabelLength)
    {
        if (text is null || text.Length <= length)
            return text;

        // Not through the middle of a character that takes two.
        return char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
    }
}
