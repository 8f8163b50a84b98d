using System.Text;

namespace ChatAnalysis.Grains.FileParser.Json;

/// <summary>A set of keys to be found quickly among those of an object.</summary>
internal sealed class JsonKeys
{
    /// <summary>The answer for a key that is not in the set.</summary>
    public const int Other = -1;

    private readonly byte[][] _keys;
    private readonly sbyte[] _slots = new sbyte[256]; // 1 + a key's number, by its hash; 0 where there is none

    /// <summary>Numbers the keys from 0 in the order given.</summary>
    public JsonKeys(params string[] keys)
    {
        _keys = [.. keys.Select(Encoding.UTF8.GetBytes)];
        for (var i = 0; i < keys.Length; i++)
        {
            var slot = Hash(_keys[i]);
            while (_slots[slot] != 0)
                slot = (byte)(slot + 1);
            _slots[slot] = (sbyte)(i + 1);
        }
    }

    /// <summary>The number of a key, or <see cref="Other"/>.</summary>
    public int Find(ReadOnlySpan<byte> key)
    {
        if (key.IsEmpty)
            return Other;
        for (var slot = Hash(key); _slots[slot] != 0; slot++)
            if (key.SequenceEqual(_keys[_slots[slot] - 1]))
                return _slots[slot] - 1;
        return Other;
    }

    private static byte Hash(ReadOnlySpan<byte> key) => (byte)((key.Length * 37) + (key[0] * 5) + (key[^1] * 11) + key[key.Length / 2]);
}
