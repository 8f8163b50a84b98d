using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Gateway.Inspections;

/// <summary>The conversation that a message belongs to.</summary>
/// <param name="Ordinal">Its place in the file, from 0.</param>
/// <param name="Platform">Where it comes from.</param>
/// <param name="Id">Its id in the export.</param>
/// <param name="Title">Its title.</param>
/// <param name="Participants">Who takes part, as far as the export says so itself.</param>
internal sealed record ConversationAnswer(int Ordinal, string Platform, string? Id, string? Title, IReadOnlyList<string> Participants)
{
    /// <summary>The answer for a conversation.</summary>
    public static ConversationAnswer Of(ConversationRef conversation) =>
        new(conversation.Ordinal, conversation.Platform, conversation.Id, conversation.Title, conversation.Participants);
}
