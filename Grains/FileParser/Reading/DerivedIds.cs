using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Text;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>Makes ids for the messages of conversations whose export has none: the same in every export of them.</summary>
/// <remarks>
/// An id is a hash (XXH128) of what identifies the message; those that are equal are numbered, near each other in the file, so that
/// memory does not grow with it. Exports of one chat may be cut at different places, and so no id depends on how many came before:
/// whether an equal one is still remembered depends on what stands between the two alone.
/// </remarks>
internal sealed class DerivedIds
{
    private const int Ways = 4;
    private const int Sets = 2048;
    private const int OnStack = 1024;

    // One table for all conversations, as an export may have thousands. Of each set the last seen comes first, and the last one gives way.
    private readonly UInt128[] _hashes = new UInt128[Sets * Ways];
    private readonly int[] _counts = new int[Sets * Ways];

    /// <summary>The id of the next message.</summary>
    /// <param name="draft">The message.</param>
    /// <param name="conversation">Its conversation's ordinal: messages are numbered within theirs.</param>
    /// <param name="identity">What identifies it.</param>
    public DerivedId Next(in MessageDraft draft, int conversation, MessageIdentity identity)
    {
        var id = Hash(draft, identity);
        var hash = id ^ new UInt128((ulong)conversation * 0x9E37_79B9_7F4A_7C15, (ulong)conversation);
        var set = (int)((ulong)hash % Sets) * Ways;
        var hashes = _hashes.AsSpan(set, Ways);
        var counts = _counts.AsSpan(set, Ways);
        var way = 0;
        while (way < Ways - 1 && hashes[way] != hash)
            way++;
        var before = hashes[way] == hash ? counts[way] : 0;
        if (way > 0)
        {
            hashes[..way].CopyTo(hashes[1..]);
            counts[..way].CopyTo(counts[1..]);
        }

        (hashes[0], counts[0]) = (hash, before + 1);
        return new DerivedId(id, before);
    }

    [SkipLocalsInit]
    private static UInt128 Hash(in MessageDraft draft, MessageIdentity identity)
    {
        // Of times on a clock the zone may be told only later, and some exports of a chat have seconds and others do not.
        var time = draft.Sent is not { } sent ? 0
            : sent.Zone == SentZone.Exact ? sent.At.UtcTicks
            : sent.At.DateTime.Ticks / TimeSpan.TicksPerMinute;
        var author = identity == MessageIdentity.Time ? "" : draft.AuthorId ?? draft.Author ?? "";
        var text = identity == MessageIdentity.Content ? draft.Text : "";
        var utf8 = identity == MessageIdentity.Content ? draft.TextUtf8 : default;
        var most = sizeof(long) + Encoding.UTF8.GetMaxByteCount(author.Length)
            + (utf8.Length > 0 ? utf8.Length : Encoding.UTF8.GetMaxByteCount(text.Length));
        byte[]? rented = null;
        var bytes = most <= OnStack ? stackalloc byte[OnStack] : rented = ArrayPool<byte>.Shared.Rent(most);
        BinaryPrimitives.WriteInt64LittleEndian(bytes, time);
        var length = sizeof(long);
        length += Encoding.UTF8.GetBytes(author, bytes[length..]);
        if (utf8.Length > 0)
        {
            utf8.CopyTo(bytes[length..]);
            length += utf8.Length;
        }
        else
            length += Encoding.UTF8.GetBytes(text, bytes[length..]);

        var hash = XxHash128.HashToUInt128(bytes[..length]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }
}
