namespace ChatAnalysis.Grains.FileParser.Formats.WhatsApp;

/// <summary>What was read of one message of a block. Written where it stands: there are millions, and copying them shows.</summary>
internal struct ChatEntry
{
    /// <summary>Where in the block it begins.</summary>
    public int Start;

    /// <summary>Where what stands after its header begins; once the author is known, where the text does.</summary>
    public int TextStart;

    /// <summary>Where the text ends.</summary>
    public int TextEnd;

    /// <summary>Whether the text stands there as it was said.</summary>
    public bool IsPlain;

    /// <summary>Whether it is longer than a message may be: it is not read.</summary>
    public bool IsTooLong;

    /// <summary>Whether it is not UTF-8: it is not read.</summary>
    public bool IsNotUtf8;

    /// <summary>When it was sent, on the telephone's clock.</summary>
    public DateTime Time;

    /// <summary>Who wrote it; null where that is still to be found out, as nobody of this name wrote before.</summary>
    public string? Author;

    /// <summary>What was said; of a plain text empty while texts are not wanted.</summary>
    public MessageContent Content;
}
