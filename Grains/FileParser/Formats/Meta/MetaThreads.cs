using ChatAnalysis.Grains.FileParser.Formats.Ordered;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats.Meta;

/// <summary>Reads the threads of Messenger and of Instagram, which have one shape.</summary>
internal static class MetaThreads
{
    /// <summary>How such a file looks.</summary>
    public const string Shape =
        """{"participants": [{"name": …}], "messages": [{"sender_name": …, "timestamp_ms": …, "content": …}, …], "thread_path": …}""";

    /// <summary>Whether a file is a thread, or an end-to-end encrypted one.</summary>
    public static bool Recognises(FileSketch sketch) =>
        sketch is { Root: JsonKind.Object, Documents: 1 }
        && sketch.KindsAt("messages").HasFlag(JsonKind.Array)
        && (sketch.Has("messages[].sender_name") || sketch.Has("messages[].senderName")
            || (sketch.KindsAt("participants").HasFlag(JsonKind.Array)
                && (sketch.Has("thread_path") || sketch.Has("threadName") || sketch.Has("is_still_participant"))));

    /// <summary>Reads the threads of a folder.</summary>
    /// <param name="reading">The walk.</param>
    /// <param name="disownsInstagrams">Whether Instagram's threads are given up, to be read as such.</param>
    public static IEnumerable<ParsedMessage> Read(ChatReading reading, bool disownsInstagrams)
    {
        using var files = new EntryFiles(reading);
        var platform = new MetaPlatform();
        var messages = new MetaMessage(reading, platform);
        MetaThread? pending = null;
        do
        {
            platform.SeeFile(reading.File.Path, reading.UploadName);
            var thread = MetaThread.Read(reading, messages, new ConversationOrder(files, messages.Read));
            if (thread.IsEncrypted)
                platform.SeeMessenger();
            if (disownsInstagrams && platform.IsInstagram)
                reading.Disown("what it holds is Instagram's");
            if (!reading.GoesOn && !reading.HandsOnHeld())
                yield break;
            if (pending?.TryAppend(thread) == true)
                continue;
            foreach (var message in Of(pending, reading))
                yield return message;
            pending = thread;
        }
        while (reading.NextFile());

        foreach (var message in Of(pending, reading))
            yield return message;
        if (!disownsInstagrams || !platform.IsOpen)
            yield break;
        reading.Tally.IsGuess = true;
        reading.Tally.Assume(
            "nothing in a thread tells Messenger's from Instagram's: it is taken as Messenger's; ?format=instagram says otherwise");
    }

    private static IEnumerable<ParsedMessage> Of(MetaThread? thread, ChatReading reading)
    {
        if (thread is null)
            return [];
        reading.Tally.Variant = thread.IsEncrypted ? "end-to-end encrypted chats" : reading.Tally.Variant ?? "threads";

        // Whoever leaves is called otherwise in the next export, in all that was ever said.
        var identity = thread.Id is null ? MessageIdentity.AuthorAndTime : MessageIdentity.Time;
        var conversation = reading.Conversation(thread.Id, thread.Title, thread.Participants, identity);
        return thread.Order.Read(reading, conversation);
    }
}
