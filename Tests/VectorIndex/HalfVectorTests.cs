using ChatAnalysis.Grains.VectorIndex;

namespace ChatAnalysis.Tests.VectorIndex;

public unsafe class HalfVectorTests
{
    /// <summary>Every finite half, subnormals and both zeros included.</summary>
    private static readonly ushort[] AllFinite =
        [.. Enumerable.Range(0, ushort.MaxValue + 1).Select(bits => (ushort)bits).Where(bits => (bits & 0x7C00) != 0x7C00)];

    [Fact]
    public void Every_finite_half_becomes_its_own_value()
    {
        var wide = new float[AllFinite.Length];
        fixed (ushort* halves = AllFinite)
            HalfVector.Widen(halves, wide);

        Assert.Equal(
            AllFinite.Select(bits => BitConverter.SingleToInt32Bits((float)BitConverter.UInt16BitsToHalf(bits))),
            wide.Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void A_product_with_one_component_is_that_component()
    {
        var row = stackalloc ushort[40];
        var unit = stackalloc float[40];
        for (var i = 0; i < AllFinite.Length; i++)
        {
            var place = i % 40;
            row[place] = AllFinite[i];
            unit[place] = 1;
            Assert.Equal((float)BitConverter.UInt16BitsToHalf(AllFinite[i]), HalfVector.Dot(row, unit, 40));
            row[place] = 0;
            unit[place] = 0;
        }
    }
}
