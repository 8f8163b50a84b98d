namespace ChatAnalysis.Grains.FileParser.Json;

/// <summary>Remembers short texts that occur again and again, such as authors and roles, so that each is made once.</summary>
internal sealed class JsonNames
{
    private const int MaxBytes = 32;
    private const int SlotBits = 9;
    private readonly (byte[] Raw, string Text)[] _known = new (byte[], string)[1 << SlotBits];

    /// <summary>The text of what stands between a string's quotes.</summary>
    public string Get(ReadOnlySpan<byte> raw)
    {
        if (raw.Length is 0 or > MaxBytes)
            return JsonText.Decode(raw);
        ref var slot = ref _known[ShortBytes.Of(raw).Hash(raw.Length, SlotBits)];
        if (slot.Raw is null || !raw.SequenceEqual(slot.Raw))
            slot = (raw.ToArray(), JsonText.Decode(raw));
        return slot.Text;
    }
}
