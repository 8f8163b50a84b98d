using System.Text;

namespace ChatAnalysis.Grains.FileParser.Json;

/// <summary>A set of keys to be found quickly among those of an object.</summary>
internal sealed class JsonKeys
{
    /// <summary>The answer for a key that is not in the set.</summary>
    public const int Other = -1;

    private const int Bits = 6;
    private const int Most = (1 << Bits) / 2;

    private readonly Slot[] _slots = new Slot[1 << Bits];

    /// <summary>Numbers the keys from 0 in the order given.</summary>
    public JsonKeys(params string[] keys)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keys.Length, Most);
        for (var i = 0; i < keys.Length; i++)
        {
            var key = Encoding.UTF8.GetBytes(keys[i]);
            var bytes = ShortBytes.Of(key);
            var at = bytes.Hash(key.Length, Bits);
            while (_slots[at].Key is not null)
                at = (at + 1) % _slots.Length;
            _slots[at] = new Slot(bytes, key, i);
        }
    }

    /// <summary>The number of a key, or <see cref="Other"/>.</summary>
    public int Find(ReadOnlySpan<byte> key)
    {
        if (key.IsEmpty)
            return Other;
        var bytes = ShortBytes.Of(key);
        var slots = _slots;
        for (var at = bytes.Hash(key.Length, Bits); ; at++)
        {
            ref var slot = ref slots[at & ((1 << Bits) - 1)];
            if (slot.Key is not { } known)
                return Other;
            if (slot.Bytes == bytes && known.Length == key.Length && (key.Length <= ShortBytes.Whole || key.SequenceEqual(known)))
                return slot.Number;
        }
    }

    private readonly record struct Slot(ShortBytes Bytes, byte[]? Key, int Number);
}
