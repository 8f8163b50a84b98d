using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;

namespace ChatAnalysis.Grains.FileParser.Formats.Signal;

/// <summary>Who and what a Signal export speaks of.</summary>
internal sealed class SignalRecipients
{
    private const int LongestLabel = 1000;
    private const string Self = "self";
    private const int MarkLength = 12;

    private static readonly JsonKeys Keys = new("id", "contact", "group", "self", "releaseNotes");
    private static readonly JsonKeys AccountKeys = new("givenName", "familyName", "username", "profileKey");
    private static readonly JsonKeys GroupKeys = new("masterKey", "snapshot");
    private static readonly JsonKeys SnapshotKeys = new("title");

    private static readonly JsonKeys ContactKeys = new(
        "aci", "pni", "e164", "username", "nickname", "systemGivenName", "systemFamilyName", "profileGivenName", "profileFamilyName",
        "systemNickname");

    private static readonly JsonKeys NameKeys = new("given", "family");

    private readonly Dictionary<string, SignalRecipient> _known = [];
    private readonly HeldNames _held = new();
    private string? _ownName;
    private string _mark = "";

    /// <summary>The one with a number; one without identity where it was not told of before.</summary>
    public SignalRecipient this[string? number]
    {
        get
        {
            var recipient = number is null ? null : _known.GetValueOrDefault(number);
            return recipient is null ? new SignalRecipient(null, null)
                : recipient.IsSelf ? recipient with { Id = Self + _mark, Name = _ownName ?? "Me" }
                : recipient;
        }
    }

    /// <summary>A number, or what else is short, as it is written; null where it is nothing of the kind.</summary>
    public static string? ReadLabel(JsonScanner json) => json.Kind switch
    {
        JsonKind.Text => json.ReadLabel() is { Length: > 0 and <= LongestLabel } label ? label : null,
        JsonKind.Number => json.ReadScalarLabel(),
        _ => null,
    };

    /// <summary>
    /// What identifies a chat in every export of the account. A group is the same to all; with one person each account has a chat of its
    /// own, and several accounts may be uploaded to one server.
    /// </summary>
    public string? IdOfChat(SignalRecipient chat) => chat.Id is null || chat.IsGroup || chat.IsSelf ? chat.Id : chat.Id + _mark;

    /// <summary>Takes the account at hand: the owner's name, which also tells accounts apart, as keys are changed now and then.</summary>
    public void ReadAccount(JsonScanner json)
    {
        if (json.Kind != JsonKind.Object)
            return;
        var values = ReadLabels(json, AccountKeys);
        _ownName = Joined(values[0], values[1]) ?? values[2];
        if ((_ownName ?? values[3]) is { } own)
            _mark = $"-{Hash(own)[..MarkLength]}";
    }

    /// <summary>Takes the recipient at hand.</summary>
    public void Read(ChatReading reading)
    {
        var json = reading.Json;
        if (json.Kind != JsonKind.Object)
            return;
        string? number = null;
        var recipient = new SignalRecipient(null, null);
        json.Enter();
        while (json.NextProperty())
            switch (json.FindKey(Keys), json.Kind)
            {
                case (0, _):
                    number = ReadLabel(json);
                    break;
                case (1, JsonKind.Object):
                    recipient = ReadContact(json);
                    break;
                case (2, JsonKind.Object):
                    recipient = ReadGroup(json);
                    break;
                case (3, JsonKind.Object):
                    recipient = new SignalRecipient(Self, null, IsSelf: true);
                    break;
                case (4, JsonKind.Object):
                    recipient = new SignalRecipient("release-notes", "Signal", IsReleaseNotes: true);
                    break;
                default:
                    break;
            }

        if (number is not null && _held.Hold(reading, number, recipient.Id, recipient.Name))
            _known[number] = recipient;
    }

    private static SignalRecipient ReadContact(JsonScanner json)
    {
        var values = new string?[10];
        json.Enter();
        while (json.NextProperty())
        {
            var key = json.FindKey(ContactKeys);
            if (key == 4 && json.Kind == JsonKind.Object)
                values[4] = ReadLabels(json, NameKeys) is var name ? Joined(name[0], name[1]) : null;
            else if (key != JsonKeys.Other)
                values[key] = ReadLabel(json);
        }

        var phone = values[2] is { } digits ? "+" + digits.TrimStart('+') : null;
        return new SignalRecipient(
            ServiceId(values[0]) ?? ServiceId(values[1]) ?? phone,
            values[4] ?? values[9] ?? Joined(values[5], values[6]) ?? Joined(values[7], values[8]) ?? values[3] ?? phone);
    }

    private static SignalRecipient ReadGroup(JsonScanner json)
    {
        string? id = null, title = null;
        json.Enter();
        while (json.NextProperty())
            switch (json.FindKey(GroupKeys), json.Kind)
            {
                // The key opens the group to whoever has it: what identifies the group must not.
                case (0, JsonKind.Text):
                    id = ReadLabel(json) is { } key ? Hash(key) : null;
                    break;
                case (1, JsonKind.Object):
                    title = ReadTitle(json);
                    break;
                default:
                    break;
            }

        return new SignalRecipient(id, title, IsGroup: true);
    }

    private static string Hash(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string? ReadTitle(JsonScanner json)
    {
        string? title = null;
        json.Enter();
        while (json.NextProperty())
            if (json.FindKey(SnapshotKeys) == 0 && json.Kind == JsonKind.Object)
                title = ReadLabels(json, SnapshotKeys)[0];
        return title;
    }

    private static string?[] ReadLabels(JsonScanner json, JsonKeys keys)
    {
        var values = new string?[4];
        json.Enter();
        while (json.NextProperty())
            if (json.FindKey(keys) is >= 0 and var key)
                values[key] = ReadLabel(json);
        return values;
    }

    /// <summary>16 bytes in base 64 as the UUID that they are elsewhere.</summary>
    private static string? ServiceId(string? base64)
    {
        Span<byte> bytes = stackalloc byte[16];
        return base64 is not null && Convert.TryFromBase64String(base64, bytes, out var length) && length == bytes.Length
            ? new Guid(bytes, bigEndian: true).ToString()
            : base64;
    }

    private static string? Joined(string? given, string? family) =>
        given is null ? family : family is null ? given : $"{given} {family}";
}
