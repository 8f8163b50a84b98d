using System.Text;

namespace ChatAnalysis.Grains.FileParser.Formats.Meta;

/// <summary>Messenger and Instagram write the same shape; this notes by what little a walk may tell whose it is.</summary>
internal sealed class MetaPlatform
{
    private bool _messenger;
    private bool _instagram;
    private bool? _told;
    private bool _messengerFolder;
    private bool _instagramFolder;

    /// <summary>Whether all that was seen speaks for Instagram.</summary>
    public bool IsInstagram => _told ?? IsInstagramByContent;

    private bool IsInstagramByContent => _instagramFolder ? !_messengerFolder : _instagram && !_messenger && !_messengerFolder;

    /// <summary>Whether nothing was seen that tells.</summary>
    public bool IsOpen => _told is null && !(_messenger || _instagram || _messengerFolder || _instagramFolder);

    /// <summary>Whether more need not be looked at.</summary>
    public bool IsSure => _told is not null || _messengerFolder || _instagramFolder;

    /// <summary>
    /// Notes where the file at hand lies and what the upload is called, which decide before anything that threads hold: an export's
    /// threads are all of one platform, and not all of them tell.
    /// </summary>
    public void SeeFile(string path, string? uploadName) =>
        _told ??= OfFolder(path) ?? OfName(path.Contains('/', StringComparison.Ordinal) ? path : "") ?? OfName(uploadName ?? "");

    /// <summary>Notes the path of a file that a message names.</summary>
    public void SeePath(ReadOnlySpan<byte> path)
    {
        var isInstagrams = OfFolder(Encoding.UTF8.GetString(path));
        _instagramFolder |= isInstagrams == true;
        _messengerFolder |= isInstagrams == false;
    }

    /// <summary>Notes what only Instagram writes: whose post was shared, when a reaction came.</summary>
    public void SeeInstagram() => _instagram = true;

    /// <summary>Notes what only Messenger writes: stickers, files, addresses, end-to-end encrypted chats.</summary>
    public void SeeMessenger() => _messenger = true;

    private static bool? OfFolder(string path) =>
        path.Contains("your_instagram_activity", StringComparison.Ordinal) ? true
        : path.Contains("your_facebook_activity", StringComparison.Ordinal)
            || path.Contains("your_activity_across_facebook", StringComparison.Ordinal) ? false
        : null;

    /// <summary>Archives are called instagram-ann-2024-01-02.zip and facebook-ann-2024-01-02.zip, and folders made of them so.</summary>
    private static bool? OfName(string name) =>
        name.StartsWith("instagram-", StringComparison.OrdinalIgnoreCase) ? true
        : name.StartsWith("facebook-", StringComparison.OrdinalIgnoreCase) ? false
        : null;
}
