using System.Buffers.Text;
using System.Text;
using ChatAnalysis.Grains.FileParser.Json;
using ChatAnalysis.Grains.FileParser.Reading;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Formats.Telegram;

/// <summary>Reads the entries of Telegram's lists of messages, one after the other.</summary>
/// <remarks>
/// Only channels and supergroups number their messages for everyone. Those of other chats are numbered by each account, and so two
/// people's exports have the same number for different messages: there the second in which it was sent is part of a message's id.
/// </remarks>
/// <param name="reading">The walk.</param>
internal sealed class TelegramEntries(ChatReading reading)
{
    private const string StandIn = "…";
    private const int LongestDate = 32;

    private static readonly JsonKeys Keys = new(
        "id", "type", "date", "date_unixtime", "edited", "edited_unixtime", "from", "from_id", "text", "text_entities",
        "reply_to_message_id", "reply_to_peer_id", "photo", "file", "file_name", "media_type", "poll",
        "contact_information", "location_information", "game_title");

    private readonly byte[] _date = new byte[LongestDate];
    private readonly TelegramParts _parts = new(reading);
    private readonly TelegramPoll _polls = new(reading);
    private readonly RepeatedText _repeated = new();
    private int _dateLength;
    private SentTime? _sent;
    private readonly TelegramTimes _times = new();
    private bool _isNumberedByAccount;
    private long? _number;
    private long? _answered;
    private string? _id;
    private string? _type;
    private string? _from;
    private string? _fromId;
    private string? _replyTo;
    private string _text = "";
    private string _poll = "";
    private int _textBytes;
    private (long Offset, int Length) _plain; // the text, where it is one of one part
    private string? _path;
    private string? _fileName;
    private string? _media;
    private bool _isMessage = true;
    private bool _elsewhere;
    private bool _edited;
    private bool _hasMedia;

    /// <summary>Begins a chat.</summary>
    /// <param name="kind">What it is, as <see cref="TelegramPeer.KindOf"/> tells it.</param>
    public void Begin(string? kind)
    {
        _isNumberedByAccount = !TelegramPeer.IsNumberedForAll(kind);
        _times.Clear();
    }

    /// <summary>Takes the entry at hand; null where it is no message.</summary>
    public ParsedMessage? Read(ConversationRef conversation)
    {
        if (!reading.EnterEntry("an entry must be an object with id, type and text"))
            return null;
        var json = reading.Json;
        Clear();
        while (reading.GoesOn && json.NextProperty())
            if (_isMessage && json.Kind != JsonKind.Null && json.FindKey(Keys) is not JsonKeys.Other and var key)
                Take(key, conversation);
        return reading.GoesOn ? Finish(conversation) : null;
    }

    private void Clear()
    {
        _dateLength = _textBytes = 0;
        _plain = default;
        _sent = null;
        _number = _answered = null;
        _id = _type = _from = _fromId = _replyTo = _path = _fileName = _media = null;
        _text = _poll = "";
        _isMessage = true;
        _elsewhere = _edited = _hasMedia = false;
    }

    private void Take(int key, ConversationRef conversation)
    {
        var json = reading.Json;
        switch (key)
        {
            case 0:
                _id = Number(out _number);
                break;
            case 1:
                _type = json.Kind == JsonKind.Text ? json.ReadLabel() : null;
                _isMessage = _type is null or "message";
                break;
            case 2 when json.Kind == JsonKind.Text:
                var date = JsonText.Plain(json.ReadRawText());
                _dateLength = date.Length > LongestDate ? 0 : date.Length;
                date[.._dateLength].CopyTo(_date);
                break;
            case 3:
                _sent = MessageTime.Read(reading, conversation);
                break;
            case 4 or 5:
                _edited = true;
                break;
            case 6 when json.Kind == JsonKind.Text:
                _from = json.ReadLabel();
                break;
            case 7:
                _fromId = json.Kind switch
                {
                    JsonKind.Text => json.ReadLabel(),
                    JsonKind.Number => TelegramPeer.OldId(json.ReadScalarLabel()),
                    _ => null,
                };
                break;
            case 8:
                TakeText();
                break;
            case 9 when json.Kind == JsonKind.Array:
                TakeEntities();
                break;
            case 10:
                _replyTo = Number(out _answered);
                break;
            case 11:
                _elsewhere = true;
                break;
            case 16 when json.Kind == JsonKind.Object:
                _poll = _polls.Read(StandIn);
                break;
            case >= 12:
                TakeMedia(key);
                break;
            default:
                break;
        }
    }

    /// <summary>Takes a number whose digits are an id; in the survey nobody asks for those.</summary>
    private string? Number(out long? number)
    {
        var json = reading.Json;
        number = null;
        if (json.Kind is not (JsonKind.Number or JsonKind.Text))
            return null;
        var digits = json.Kind == JsonKind.Number ? json.ReadScalar() : JsonText.Plain(json.ReadRawText());
        if (Utf8Parser.TryParse(digits, out long value, out var used) && used == digits.Length)
            number = value;
        return json.WantsTexts && !(_isNumberedByAccount && number is not null) ? Encoding.UTF8.GetString(digits) : null;
    }

    private void TakeMedia(int key)
    {
        var json = reading.Json;
        _hasMedia = true;
        if (!json.WantsTexts || json.Kind != JsonKind.Text)
            return;
        switch (key)
        {
            case 12 or 13:
                _path = json.ReadText();
                _media ??= key == 12 ? "photo" : null;
                break;
            case 14:
                _fileName = json.ReadText();
                break;
            case 15:
                _media = json.ReadText();
                break;
            default:
                break;
        }
    }

    /// <summary>Takes a text: of one part, or an array of parts.</summary>
    private void TakeText()
    {
        var json = reading.Json;
        switch (json.Kind)
        {
            case JsonKind.Text:
                var start = json.Offset + 1;
                var raw = json.ReadRawText();
                _plain = (start, raw.Length);
                if (raw.Length > 0 && raw.Length >= _textBytes)
                    (_text, _textBytes) = (json.WantsTexts ? JsonText.Decode(raw) : StandIn, raw.Length);
                break;
            case JsonKind.Array:
                if (_parts.Take(json.WantsTexts) is var bytes && bytes > 0 && bytes >= _textBytes)
                    (_text, _textBytes) = (json.WantsTexts ? _parts.Text : StandIn, bytes);
                break;
            default:
                reading.Reject("text must be a text or an array of its parts", json.Offset);
                break;
        }
    }

    /// <summary>Takes the parts that repeat the text, which count where they hold more of it.</summary>
    private void TakeEntities()
    {
        var json = reading.Json;
        if (_repeated.Take(json, _plain))
            return;
        var start = json.Mark();
        var bytes = _parts.Take(join: false);
        if (bytes > 0 && bytes == _parts.LastBytes)
            _repeated.Note(json, start.Offset, _parts.LastAt, bytes);
        if (bytes <= _textBytes)
            return;
        _textBytes = bytes;
        _text = StandIn;
        if (!json.WantsTexts || !reading.GoesOn)
            return;
        json.GoBack(start);
        _parts.Take(join: true);
        _text = _parts.Text;
    }

    private ParsedMessage? Finish(ConversationRef conversation)
    {
        if (!_isMessage)
        {
            reading.Skip(_type == "unsupported" ? "unsupported message" : "system message");
            return null;
        }

        var text = _text.Length == 0 ? _poll : _poll.Length == 0 ? _text : $"{_text}\n{_poll}";
        if (text.Length == 0)
        {
            reading.Skip(_hasMedia ? "media only" : "empty text");
            return null;
        }

        var sent = _sent ?? MessageTime.Parse(_date.AsSpan(0, _dateLength), reading, conversation);
        if (sent is null)
            reading.Tally.Warn("messages without a time");
        var replyTo = _elsewhere ? null : _replyTo;
        if (_isNumberedByAccount)
        {
            var time = sent?.At.ToUnixTimeSeconds();
            if (_number is { } number && time is { } second)
                _times.Add(number, second);
            if (reading.WantsTexts)
            {
                _id = TelegramId.Of(_number, _id, time);
                // The same message has the same id only with its time.
                replyTo = !_elsewhere && _answered is { } answered && _times.Find(answered) is { } when ? TelegramId.Of(answered, null, when) : null;
            }
        }

        return reading.Message(conversation, new()
        {
            Text = text,
            Id = _id,
            Author = _from,
            AuthorId = _fromId,
            Sent = sent,
            ReplyTo = replyTo,
            Attachments = Attachments(),
            Edited = _edited,
        });
    }

    /// <summary>The name of what is attached; where the export left the file out, what kind it is.</summary>
    private string[]? Attachments()
    {
        if (_path is null)
            return null;
        var left = _path.StartsWith('(');
        return [_fileName ?? (left ? _media ?? "file" : _path[(_path.LastIndexOf('/') + 1)..])];
    }
}
