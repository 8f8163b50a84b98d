using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ChatAnalysis.Grains.VectorIndex;

/// <summary>Arithmetic on vectors in half precision, given as the bits of their numbers.</summary>
/// <remarks>
/// The runtime has no hardware conversion, so it is done with integers, as Fabian Giesen's half_to_float_fast5
/// (gist.github.com/rygorous/2144712): move exponent and fraction into place and correct the exponent's bias; a number
/// with exponent 0 (zero and subnormals) gets a one put before its fraction, which a subtraction takes away again.
/// Infinities and NaN, which no vector of unit length has, become large finite numbers.
/// </remarks>
internal static unsafe class HalfVector
{
    private const int BiasCorrection = (127 - 15) << 23;
    private const int SmallestNormal = 1 << 23;

    /// <summary>The inner product with a vector in single precision.</summary>
    /// <param name="half">[dimension]</param>
    /// <param name="single">[dimension]</param>
    /// <param name="dimension">Components of each.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot(ushort* half, float* single, int dimension)
    {
        var i = 0;
        float sum;
        if (Vector512.IsHardwareAccelerated)
        {
            var even = Vector512<float>.Zero;
            var odd = Vector512<float>.Zero;
            for (; i <= dimension - 32; i += 32)
            {
                // Four rows of 384 ahead: one core alone does not reach the memory's full speed without.
                if (Sse.IsSupported)
                    Sse.Prefetch0(half + i + 1536);
                var (lower, upper) = Vector512.Widen(Vector512.Load((short*)half + i));
                even = Vector512.MultiplyAddEstimate(ToSingle(lower), Vector512.Load(single + i), even);
                odd = Vector512.MultiplyAddEstimate(ToSingle(upper), Vector512.Load(single + i + 16), odd);
            }

            sum = Vector512.Sum(even + odd);
        }
        else
        {
            var even = Vector256<float>.Zero;
            var odd = Vector256<float>.Zero;
            for (; i <= dimension - 16; i += 16)
            {
                var (lower, upper) = Vector256.Widen(Vector256.Load((short*)half + i));
                even = Vector256.MultiplyAddEstimate(ToSingle(lower), Vector256.Load(single + i), even);
                odd = Vector256.MultiplyAddEstimate(ToSingle(upper), Vector256.Load(single + i + 8), odd);
            }

            sum = Vector256.Sum(even + odd);
        }

        for (; i < dimension; i++)
            sum += (float)BitConverter.UInt16BitsToHalf(half[i]) * single[i];
        return sum;
    }

    /// <summary>Writes a vector out in single precision.</summary>
    /// <param name="half">[destination.Length]</param>
    /// <param name="destination">Takes the numbers.</param>
    public static void Widen(ushort* half, Span<float> destination)
    {
        var i = 0;
        for (; i <= destination.Length - 16; i += 16)
        {
            var (lower, upper) = Vector256.Widen(Vector256.Load((short*)half + i));
            ToSingle(lower).CopyTo(destination[i..]);
            ToSingle(upper).CopyTo(destination[(i + 8)..]);
        }

        for (; i < destination.Length; i++)
            destination[i] = (float)BitConverter.UInt16BitsToHalf(half[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> ToSingle(Vector512<int> half)
    {
        var magnitude = (half << 13) & Vector512.Create(0x0FFFE000);
        var normal = magnitude + Vector512.Create(BiasCorrection);
        var one = Vector512.Create(BiasCorrection + SmallestNormal);
        var subnormal = ((magnitude + one).AsSingle() - one.AsSingle()).AsInt32();
        var value = Vector512.ConditionalSelect(Vector512.LessThan(magnitude, Vector512.Create(SmallestNormal)), subnormal, normal);
        return (value | (half & Vector512.Create(int.MinValue))).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> ToSingle(Vector256<int> half)
    {
        var magnitude = (half << 13) & Vector256.Create(0x0FFFE000);
        var normal = magnitude + Vector256.Create(BiasCorrection);
        var one = Vector256.Create(BiasCorrection + SmallestNormal);
        var subnormal = ((magnitude + one).AsSingle() - one.AsSingle()).AsInt32();
        var value = Vector256.ConditionalSelect(Vector256.LessThan(magnitude, Vector256.Create(SmallestNormal)), subnormal, normal);
        return (value | (half & Vector256.Create(int.MinValue))).AsSingle();
    }
}
