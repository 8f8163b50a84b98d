using System.Buffers;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Text;
using ChatAnalysis.Grains.Interfaces;

namespace ChatAnalysis.Grains.FileParser.Reading;

/// <summary>Makes ids for the messages of conversations whose export has none: the same in every export of them.</summary>
/// <remarks>
/// An id is a hash of the time, then one of all that identifies the message; those that are equal are numbered, near each other in the
/// file, so that memory does not grow with it. Exports of one chat may be cut at different places, and so no id depends on how many
/// came before: whether an equal one is still remembered depends on what stands between the two alone.
/// </remarks>
internal sealed class DerivedIds
{
    private const int Ways = 4;
    private const int OnStack = 1024;

    // One table for all conversations, as an export may have thousands. Of each set the last seen comes first, and the last one gives
    // way. A set holds ids that begin alike: where only the smallest are asked for, what is forgotten is the same as where all are.
    private readonly ulong[] _hashes = new ulong[DerivedId.Prefixes * Ways];
    private readonly int[] _counts = new int[DerivedId.Prefixes * Ways];

    /// <summary>The order of a message's id among all, by the time it was sent.</summary>
    public static uint OrderOf(in SentTime sent)
    {
        var mixed = (ulong)TimeOf(sent) * 0x9E37_79B9_7F4A_7C15;
        mixed ^= mixed >> 32;
        mixed *= 0xD6E8_FEB8_6659_FD93;
        return (uint)(mixed >> 32);
    }

    /// <summary>The id of a message of which it is known how many like it came before, as <see cref="Next(in MessageDraft, int)"/> gave it.</summary>
    public static DerivedId Of(in MessageDraft draft, int before) =>
        Of(draft, draft.Sent ?? default, AuthorOf(draft), MessageIdentity.AuthorAndTime, before);

    /// <summary>The id of the next message, for readers that need it before they have the message; its time may be missing.</summary>
    /// <param name="draft">Author and time.</param>
    /// <param name="conversation">Its conversation's ordinal.</param>
    public DerivedId Next(in MessageDraft draft, int conversation) =>
        Next(draft, draft.Sent ?? default, AuthorOf(draft), conversation, MessageIdentity.AuthorAndTime);

    /// <summary>The id of the next message.</summary>
    /// <param name="draft">The message.</param>
    /// <param name="sent">When it was sent.</param>
    /// <param name="author">A hash of its author.</param>
    /// <param name="conversation">Its conversation's ordinal: messages are numbered within theirs.</param>
    /// <param name="identity">What identifies it.</param>
    public DerivedId Next(in MessageDraft draft, in SentTime sent, ulong author, int conversation, MessageIdentity identity)
    {
        var id = Of(draft, sent, author, identity, before: 0);
        var hash = id.Hash ^ ((ulong)(conversation + 1) * 0x9E37_79B9_7F4A_7C15);
        var set = DerivedId.PrefixOf(id.Order) * Ways;
        var hashes = _hashes.AsSpan(set, Ways);
        var counts = _counts.AsSpan(set, Ways);
        var way = 0;
        while (way < Ways - 1 && hashes[way] != hash)
            way++;
        var before = hashes[way] == hash ? counts[way] : 0;
        for (; way > 0; way--)
            (hashes[way], counts[way]) = (hashes[way - 1], counts[way - 1]);
        (hashes[0], counts[0]) = (hash, before + 1);
        return id with { Before = before };
    }

    /// <summary>The id of a message of which it is known how many like it came before.</summary>
    public static DerivedId Of(in MessageDraft draft, in SentTime sent, ulong author, MessageIdentity identity, int before)
    {
        if (identity == MessageIdentity.Time)
            author = 0;
        return new DerivedId(
            OrderOf(sent), before, Hash(draft, (long)(author ^ ((ulong)TimeOf(sent) * 0xC2B2_AE3D_27D4_EB4F)), identity));
    }

    private static ulong AuthorOf(in MessageDraft draft) => AuthorHashes.Hash(draft.AuthorId ?? draft.Author ?? "");

    /// <summary>The time that counts: of times on a clock the zone may be told only later, and not all exports have seconds.</summary>
    private static long TimeOf(in SentTime sent) =>
        sent.Zone == SentZone.Exact ? sent.UtcTicks : sent.LocalTicks / TimeSpan.TicksPerMinute;

    private static ulong Hash(in MessageDraft draft, long seed, MessageIdentity identity)
    {
        if (draft.Id is { } id)
            seed ^= (long)Hash(id, 1);
        return identity != MessageIdentity.Content ? XxHash3.HashToUInt64([], seed)
            : draft.TextUtf8.Length > 0 ? XxHash3.HashToUInt64(draft.TextUtf8, seed)
            : Hash(draft.Text, seed);
    }

    [SkipLocalsInit]
    private static ulong Hash(string text, long seed)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        byte[]? rented = null;
        var bytes = most <= OnStack ? stackalloc byte[OnStack] : rented = ArrayPool<byte>.Shared.Rent(most);
        var hash = XxHash3.HashToUInt64(bytes[..Encoding.UTF8.GetBytes(text, bytes)], seed);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return hash;
    }
}
