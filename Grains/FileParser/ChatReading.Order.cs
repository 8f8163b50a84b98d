using ChatAnalysis.Grains.FileParser.Formats.Ordered;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;

namespace ChatAnalysis.Grains.FileParser;

/// <content>Serves <see cref="TimeOrder"/>: watches the order of messages, finds where they stand, and has them read again.</content>
internal sealed partial class ChatReading
{
    private OrderWatch? _watch;
    private FoundEntries? _found;
    private int? _before; // how many messages like the next one came before, where that is known

    /// <summary>Where in the file at hand the next message begins; to be told by readers whose messages are put in the order of time.</summary>
    public long Place { get; set; }

    /// <summary>What the reader wants to be told of the next message where it reads it again.</summary>
    public int Note { get; set; }

    /// <summary>
    /// How many like the next message came before it: to be told by readers that derive its id themselves, who are told it where they read
    /// the message again.
    /// </summary>
    public int Before { get; set; }

    /// <summary>Whether the survey found that messages have to be put in the order of time.</summary>
    public bool IsToBeSorted => _pass is { IsSampling: false, IsToBeSorted: true };

    /// <summary>Has the survey watch whether messages stand in the order of time.</summary>
    public void WatchOrder() => _watch = _pass.IsSampling ? new OrderWatch() : null;

    /// <summary>To be asked where the watched messages have ended: whoever reads them then puts them in order, if it can be done.</summary>
    public void JudgeOrder()
    {
        if (_watch is not { IsBroken: true })
            return;
        if (Tally.Messages > FoundEntries.MostMessages || _conversations > FoundEntries.MostConversations)
            Tally.Warn("messages do not stand in the order of time, and are too many to be put into it");
        else if (_isUnreadable || Broken is not null)
            Tally.Warn("messages do not stand in the order of time, and are left so because of a file that cannot be unpacked");
        else
            _pass.IsToBeSorted = Fault is null || HandsOnHeld();
    }

    /// <summary>Begins to note where messages stand, in place of making them, or ends it.</summary>
    /// <param name="found">Takes them; null at the end, which closes the file at hand.</param>
    public void Find(FoundEntries? found)
    {
        _found = found;
        if (found is not null)
            return;
        Close();
        Tally.KeepOnly(0);
    }

    /// <summary>Has a message that was found be made, by reading it again.</summary>
    /// <param name="entry">Where it stands.</param>
    /// <param name="json">The file that it stands in; null where it is not JSON.</param>
    public void GoTo(in EntryPlace entry, JsonScanner? json)
    {
        _before = Before = entry.Before;
        _json = json;
        if (json is null)
            return;
        json.WantsTexts = WantsTexts;
        json.GoBack(new JsonMark(entry.Offset, Depth: 0));
    }
}
