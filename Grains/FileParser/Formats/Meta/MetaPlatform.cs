namespace ChatAnalysis.Grains.FileParser.Formats.Meta;

/// <summary>Messenger and Instagram write the same shape; this notes by what little a walk may tell whose it is.</summary>
internal sealed class MetaPlatform
{
    private bool _messenger;
    private bool _instagram;
    private bool _messengerFolder;
    private bool _instagramFolder;

    /// <summary>Whether all that was seen speaks for Instagram.</summary>
    public bool IsInstagram => _instagramFolder ? !_messengerFolder : _instagram && !_messenger && !_messengerFolder;

    /// <summary>Whether nothing was seen that tells.</summary>
    public bool IsOpen => !(_messenger || _instagram || _messengerFolder || _instagramFolder);

    /// <summary>Whether more need not be looked at.</summary>
    public bool IsSure => _messengerFolder || _instagramFolder;

    /// <summary>Notes the path of a file of the export: the file at hand, or one that a message names.</summary>
    public void SeePath(ReadOnlySpan<byte> path)
    {
        _instagramFolder |= path.IndexOf("your_instagram_activity"u8) >= 0;
        _messengerFolder |= path.IndexOf("your_facebook_activity"u8) >= 0 || path.IndexOf("your_activity_across_facebook"u8) >= 0;
    }

    /// <summary>Notes what only Instagram writes: whose post was shared, when a reaction came.</summary>
    public void SeeInstagram() => _instagram = true;

    /// <summary>Notes what only Messenger writes: stickers, files, addresses, end-to-end encrypted chats.</summary>
    public void SeeMessenger() => _messenger = true;
}
