using System.Buffers.Binary;

namespace ChatAnalysis.Grains.VectorIndex.Storage;

/// <summary>An upload's labels in few bytes: the bytes of a label (1, 2 or 4), then label after label, little endian.</summary>
internal static class LabelBlob
{
    public static byte[] Encode(ReadOnlySpan<int> labels)
    {
        var highest = 0;
        foreach (var label in labels)
            highest = Math.Max(highest, label);
        var width = highest <= byte.MaxValue ? 1 : highest <= ushort.MaxValue ? 2 : 4;
        var blob = new byte[1 + (labels.Length * width)];
        blob[0] = (byte)width;
        for (var i = 0; i < labels.Length; i++)
        {
            var place = blob.AsSpan(1 + (i * width), width);
            if (width == 1)
                place[0] = (byte)labels[i];
            else if (width == 2)
                BinaryPrimitives.WriteUInt16LittleEndian(place, (ushort)labels[i]);
            else
                BinaryPrimitives.WriteInt32LittleEndian(place, labels[i]);
        }

        return blob;
    }

    public static int[] Decode(ReadOnlySpan<byte> blob)
    {
        if (blob.IsEmpty)
            return [];
        var width = blob[0];
        var labels = new int[(blob.Length - 1) / width];
        for (var i = 0; i < labels.Length; i++)
        {
            var place = blob.Slice(1 + (i * width), width);
            labels[i] = width switch
            {
                1 => place[0],
                2 => BinaryPrimitives.ReadUInt16LittleEndian(place),
                _ => BinaryPrimitives.ReadInt32LittleEndian(place),
            };
        }

        return labels;
    }
}
