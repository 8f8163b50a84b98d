using System.Numerics;

namespace ChatAnalysis.Grains.FileParser.Json;

/// <summary>Remembers short texts that occur again and again, such as authors and roles, so that each is made once.</summary>
internal sealed class JsonNames
{
    private const int MaxBytes = 32;
    private readonly (byte[] Raw, string Text)[] _known = new (byte[], string)[64];

    /// <summary>The text of what stands between a string's quotes.</summary>
    public string Get(ReadOnlySpan<byte> raw)
    {
        if (raw.Length is 0 or > MaxBytes)
            return JsonText.Decode(raw);
        ref var slot = ref _known[Hash(raw) & (uint)(_known.Length - 1)];
        if (slot.Raw is null || !raw.SequenceEqual(slot.Raw))
            slot = (raw.ToArray(), JsonText.Decode(raw));
        return slot.Text;
    }

    private static uint Hash(ReadOnlySpan<byte> raw)
    {
        var hash = (uint)raw.Length;
        foreach (var value in raw)
            hash = BitOperations.RotateLeft(hash, 5) ^ (value * 0x9E3779B1u);
        return hash ^ (hash >> 15);
    }
}
