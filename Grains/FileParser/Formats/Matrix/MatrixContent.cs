using ChatAnalysis.Grains.FileParser.Json;

namespace ChatAnalysis.Grains.FileParser.Formats.Matrix;

/// <summary>The content of an event, as far as it matters to what was said. All of its texts are real ones in every walk.</summary>
internal sealed class MatrixContent
{
    private static readonly JsonKeys Keys = new(
        "msgtype", "body", "filename", "displayname", "m.new_content", "m.relates_to", "ciphertext", "org.matrix.msc1767.text");

    private static readonly JsonKeys RelationKeys = new("rel_type", "event_id", "is_falling_back", "m.in_reply_to");
    private static readonly JsonKeys ReplyKeys = new("event_id");

    /// <summary>One that says nothing.</summary>
    public static MatrixContent None { get; } = new();

    /// <summary>The kind of a message, such as m.text.</summary>
    public string? Kind { get; private set; }

    /// <summary>What it says; of a file, its name or what is said of it.</summary>
    public string? Body { get; private set; }

    /// <summary>A file's name.</summary>
    public string? FileName { get; private set; }

    /// <summary>A member's name.</summary>
    public string? DisplayName { get; private set; }

    /// <summary>Whether it is encrypted.</summary>
    public bool IsEncrypted { get; private set; }

    /// <summary>Where a body begins that is no text; null where it is one.</summary>
    public long? WrongBody { get; private set; }

    /// <summary>What it puts in the place of another event's content.</summary>
    public MatrixContent? NewContent { get; private set; }

    /// <summary>How it relates to another event, such as m.replace and m.thread.</summary>
    public string? Relation { get; private set; }

    /// <summary>The id of the event that it relates to.</summary>
    public string? Related { get; private set; }

    /// <summary>The id of the event that it answers: in a thread the thread's first one, where it answers none in particular.</summary>
    public string? Answers => _isFallingBack || (_inReplyTo is null && Relation == "m.thread") ? Related : _inReplyTo;

    /// <summary>Whether it may repeat what it answers.</summary>
    public bool MayQuote => _inReplyTo is not null;

    /// <summary>About how much memory its texts take, in bytes.</summary>
    public long Weight =>
        sizeof(char) * ((long)(Body?.Length ?? 0) + (FileName?.Length ?? 0) + (Kind?.Length ?? 0) + (DisplayName?.Length ?? 0)
            + (Relation?.Length ?? 0) + (Related?.Length ?? 0) + (_inReplyTo?.Length ?? 0));

    private string? _inReplyTo;
    private bool _isFallingBack;

    /// <summary>Takes the object at hand.</summary>
    public static MatrixContent Read(JsonScanner json) => Read(json, isNew: false);

    private static MatrixContent Read(JsonScanner json, bool isNew)
    {
        var content = new MatrixContent();
        json.Enter();
        while (json.NextProperty())
            content.Take(json, isNew);
        return content;
    }

    private void Take(JsonScanner json, bool isNew)
    {
        switch (json.FindKey(Keys), json.Kind)
        {
            case (0, JsonKind.Text):
                Kind = json.ReadLabel();
                break;
            case (1, JsonKind.Text):
                Body = json.ReadLabel();
                break;
            case (1, not JsonKind.Null):
                WrongBody = json.Offset;
                break;
            case (2, JsonKind.Text):
                FileName = json.ReadLabel();
                break;
            case (3, JsonKind.Text):
                DisplayName = json.ReadLabel();
                break;
            case (4, JsonKind.Object) when !isNew:
                NewContent = Read(json, isNew: true);
                break;
            case (5, JsonKind.Object):
                TakeRelation(json);
                break;
            case (6, _):
                IsEncrypted = true;
                break;
            case (7, JsonKind.Text):
                Body ??= json.ReadLabel();
                break;
            default:
                break;
        }
    }

    private void TakeRelation(JsonScanner json)
    {
        json.Enter();
        while (json.NextProperty())
            switch (json.FindKey(RelationKeys), json.Kind)
            {
                case (0, JsonKind.Text):
                    Relation = json.ReadLabel();
                    break;
                case (1, JsonKind.Text):
                    Related = json.ReadLabel();
                    break;
                case (2, JsonKind.Boolean):
                    _isFallingBack = json.ReadScalar().StartsWith((byte)'t');
                    break;
                case (3, JsonKind.Object):
                    json.Enter();
                    while (json.NextProperty())
                        if (json.Kind == JsonKind.Text && json.FindKey(ReplyKeys) == 0)
                            _inReplyTo = json.ReadLabel();
                    break;
                default:
                    break;
            }
    }
}
