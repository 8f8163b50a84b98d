using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>A message that was read and waits until its place in the conversation is known.</summary>
internal sealed class HeldMessage
{
    /// <summary>How long the name of an attachment may be; longer ones are none.</summary>
    public const int LongestName = 1024;

    private const int MostAttachments = 1000;
    private const int ShortId = 64;
    private const int ShortName = 32; // JsonNames holds those once

    /// <summary>The reason why it is no message, in the report's words; null where it is one.</summary>
    public string? Skip { get; set; }

    /// <summary>A hash of its id, by which others name it; 0 where it has none.</summary>
    public UInt128 Key { get; set; }

    /// <summary>A hash of the id of what it follows; 0 where it names nothing.</summary>
    public UInt128 Parent { get; set; }

    /// <summary>Where its id lies among what is held.</summary>
    public (int Start, int Length) Id { get; set; }

    /// <summary>Who wrote it, by name.</summary>
    public string? Author { get; set; }

    /// <summary>user, assistant, system …</summary>
    public string? Role { get; set; }

    /// <summary>Who wrote it, by the export's id.</summary>
    public string? AuthorId { get; set; }

    /// <summary>When it was sent.</summary>
    public SentTime? Sent { get; set; }

    /// <summary>Names of what was attached.</summary>
    public List<string>? Attachments { get; set; }

    /// <summary>Names of what its texts hold besides words, where that begins them.</summary>
    public List<string>? Inline { get; private set; }

    /// <summary>What of its texts is words.</summary>
    public HeldWords Words { get; set; }

    /// <summary>Which of a message's possible places its texts came from; the smallest counts that has words.</summary>
    public int Rank { get; set; }

    /// <summary>The first of its texts among those held.</summary>
    public int FirstText { get; set; }

    /// <summary>How many texts it has.</summary>
    public int Texts { get; set; }

    /// <summary>How long they are in the file.</summary>
    public long TextBytes { get; set; }

    /// <summary>Whether there was no room for its texts, so that they have to be read again.</summary>
    public bool LeftBehind { get; set; }

    /// <summary>Where it stands in the file.</summary>
    public JsonMark Place { get; private set; }

    /// <summary>What it holds beside its texts and what every message has, in bytes.</summary>
    public long Weight =>
        Math.Max(0, Id.Length - ShortId) + Weigh(Author) + (ReferenceEquals(Role, Author) ? 0 : Weigh(Role))
        + Weigh(Attachments) + Weigh(Inline);

    /// <summary>Begins a message.</summary>
    /// <param name="place">Where it stands in the file.</param>
    /// <param name="firstText">The first of its texts among those held.</param>
    public void Begin(JsonMark place, int firstText)
    {
        (Place, FirstText) = (place, firstText);
        (Key, Parent, Id) = (0, 0, default);
        Skip = Author = Role = AuthorId = null;
        Sent = null;
        Attachments = Inline = null;
        (Words, Rank, Texts, TextBytes, LeftBehind) = (HeldWords.None, 0, 0, 0, false);
    }

    /// <summary>Notes the name of something attached, once.</summary>
    public void Attach(string name)
    {
        if (name.Length > 0 && (Attachments ??= []).Count < MostAttachments && !Attachments.Contains(name))
            Attachments.Add(name);
    }

    /// <summary>Notes the name of something that the text holds.</summary>
    public void NoteInline(string name) => (Inline ??= []).Add(name);

    private static long Weigh(string? name) => name is null || name.Length <= ShortName ? 0 : sizeof(char) * name.Length;

    private static long Weigh(List<string>? names)
    {
        var weight = 0L;
        for (var i = 0; i < names?.Count; i++)
            weight += ShortName + (sizeof(char) * names[i].Length);
        return weight;
    }
}
