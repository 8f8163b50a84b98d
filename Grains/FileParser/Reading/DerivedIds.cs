using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>Makes ids for the messages of one conversation whose export has none: the same in every export of it.</summary>
/// <remarks>
/// An id is a hash (XXH128) of what identifies the message; those that are equal are numbered, near each other in the file, so that
/// memory does not grow with it. Exports of one chat may be cut at different places, and so no id depends on how many came before.
/// </remarks>
/// <param name="identity">What identifies a message.</param>
internal sealed class DerivedIds(MessageIdentity identity)
{
    private const int Remembered = 4096;

    private readonly XxHash128 _hash = new();
    private Dictionary<UInt128, int> _recent = [];
    private Dictionary<UInt128, int> _older = [];

    /// <summary>The id of the next message.</summary>
    public string Next(in MessageDraft draft)
    {
        // Of times on a clock the zone may be told only later, and some exports of a chat have seconds and others do not.
        var time = draft.Sent is not { } sent ? 0
            : sent.Zone == SentZone.Exact ? sent.At.UtcTicks
            : sent.At.DateTime.Ticks / TimeSpan.TicksPerMinute;
        _hash.Append(MemoryMarshal.AsBytes((draft.AuthorId ?? draft.Author).AsSpan()));
        _hash.Append(MemoryMarshal.AsBytes([time]));
        if (identity == MessageIdentity.Content)
            _hash.Append(MemoryMarshal.AsBytes(draft.Text.AsSpan()));
        var hash = _hash.GetCurrentHashAsUInt128();
        _hash.Reset();

        var before = _recent.TryGetValue(hash, out var count) || _older.TryGetValue(hash, out count) ? count : 0;
        if (_recent.Count >= Remembered)
            (_older, _recent) = (_recent, []);
        _recent[hash] = before + 1;

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        var id = Base64Url.EncodeToString(bytes);
        return before == 0 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}.{before}");
    }
}
