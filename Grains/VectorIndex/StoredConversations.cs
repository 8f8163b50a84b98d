using ChatAnalysis.Grains.Interfaces;
using ChatAnalysis.Grains.VectorIndex.Storage;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>The rows of the conversations that a batch of a file's messages belongs to.</summary>
internal sealed class StoredConversations(DatabaseConnection database, FileRow file)
{
    private readonly Dictionary<ConversationRef, long> _rows = [];
    private readonly HashSet<(long, string)> _participants = [];
    private (ConversationRef? Of, long Row) _last;
    private (long Row, string? Author) _lastAuthor;

    /// <summary>The row of a message's conversation, made where there is none; notes who takes part.</summary>
    public long Ensure(ParsedMessage message)
    {
        if (message.Conversation != _last.Of)
            _last = (message.Conversation, Ensure(message.Conversation));
        if (message.Author is { } author && (_last.Row, author) != _lastAuthor)
        {
            _lastAuthor = (_last.Row, author);
            AddParticipant(_last.Row, author);
        }

        return _last.Row;
    }

    /// <summary>The row of a conversation that is known already, however it is; null where none is.</summary>
    public static long? Find(DatabaseConnection database, FileRow file, ConversationRef conversation) => conversation switch
    {
        { Id: not null } => ConversationRows.FindById(database, conversation),
        { Sample.Count: > 0 } =>
            ContinuationRows.Find(database, file.Id, conversation.Ordinal)
            ?? ConversationRecognition.Find(database, conversation).Cast<long?>().FirstOrDefault(),
        _ => null,
    };

    private long Ensure(ConversationRef conversation)
    {
        if (_rows.TryGetValue(conversation, out var known))
            return known;
        var row = conversation switch
        {
            _ when file.AllowDuplicates => ConversationRows.EnsureByPlace(database, file.Id, conversation),
            { Id: not null } => ConversationRows.EnsureById(database, conversation),
            { Sample.Count: > 0 } => EnsureContinued(conversation),
            _ => ConversationRows.EnsureByPlace(database, file.Id, conversation),
        };
        _rows.Add(conversation, row);
        foreach (var participant in conversation.Participants)
            AddParticipant(row, participant);
        return row;
    }

    private long EnsureContinued(ConversationRef conversation)
    {
        if (ContinuationRows.Find(database, file.Id, conversation.Ordinal) is { } continued)
            return continued;
        var same = ConversationRecognition.Find(database, conversation);
        var row = same.Count > 0 ? same[0] : ConversationRows.InsertContinued(database, conversation);
        foreach (var part in same.Skip(1))
            ConversationRows.Join(database, part, row);
        if (same.Count > 0 && conversation.Title is { } title)
            ConversationRows.SetTitle(database, row, title);
        ContinuationRows.Insert(database, file.Id, conversation.Ordinal, row);
        MarkRows.Insert(database, file.Id, row, conversation.Sample);
        return row;
    }

    private void AddParticipant(long row, string name)
    {
        if (_participants.Add((row, name)))
            ParticipantRows.Ensure(database, file.Id, row, name);
    }
}
