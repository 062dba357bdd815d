// The vector arithmetic of the fused engine. Samples go by in blocks of eight: eight sums stay in registers while the columns
// of a matrix go by, and a column is loaded once for all eight.

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nsc.Nets.FineTuning;

internal static class Lanes
{
    /// <summary>Samples of a block.</summary>
    public const int Block = 8;

    // tanh is 1 in single precision from here on.
    private const float Saturation = 9.02f;

    /// <summary>
    /// For each of a block's samples: output = bias + sum over c of column c times the sample's number c.
    /// </summary>
    /// <param name="columns">Columns of <paramref name="lanes"/> numbers each.</param>
    /// <param name="bias">(lanes), or empty for none.</param>
    /// <param name="input">(Block, stride); the first <paramref name="count"/> of each row are read.</param>
    /// <param name="output">(Block, lanes).</param>
    public static void Multiply(ReadOnlySpan<float> columns, int count, int lanes, ReadOnlySpan<float> bias, ReadOnlySpan<float> input, int stride, Span<float> output)
    {
        Check(columns.Length >= count * lanes && (bias.IsEmpty || bias.Length >= lanes) && stride >= count && input.Length >= Block * stride && output.Length >= Block * lanes);
        ref float from = ref MemoryMarshal.GetReference(input), to = ref MemoryMarshal.GetReference(output);
        for (int v = 0; v < lanes; v += Vector512<float>.Count)
        {
            Vector512<float> s0 = bias.IsEmpty ? Vector512<float>.Zero : Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(bias), (nuint)v);
            Vector512<float> s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
            ref float column = ref Unsafe.Add(ref MemoryMarshal.GetReference(columns), v);
            for (int c = 0; c < count; c++)
            {
                Vector512<float> w = Vector512.LoadUnsafe(ref column);
                ref float x = ref Unsafe.Add(ref from, c);
                s0 = Vector512.FusedMultiplyAdd(Vector512.Create(x), w, s0);
                s1 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, stride)), w, s1);
                s2 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 2 * stride)), w, s2);
                s3 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 3 * stride)), w, s3);
                s4 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 4 * stride)), w, s4);
                s5 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 5 * stride)), w, s5);
                s6 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 6 * stride)), w, s6);
                s7 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 7 * stride)), w, s7);
                column = ref Unsafe.Add(ref column, lanes);
            }

            s0.StoreUnsafe(ref to, (nuint)v);
            s1.StoreUnsafe(ref to, (nuint)(v + lanes));
            s2.StoreUnsafe(ref to, (nuint)(v + (2 * lanes)));
            s3.StoreUnsafe(ref to, (nuint)(v + (3 * lanes)));
            s4.StoreUnsafe(ref to, (nuint)(v + (4 * lanes)));
            s5.StoreUnsafe(ref to, (nuint)(v + (5 * lanes)));
            s6.StoreUnsafe(ref to, (nuint)(v + (6 * lanes)));
            s7.StoreUnsafe(ref to, (nuint)(v + (7 * lanes)));
        }
    }

    /// <summary>The transpose: adds to each column c the sum over a block's samples of the sample's number c times its deltas.</summary>
    /// <param name="deltas">(Block, lanes).</param>
    public static void Accumulate(Span<float> columns, int count, int lanes, ReadOnlySpan<float> input, int stride, ReadOnlySpan<float> deltas)
    {
        Check(columns.Length >= count * lanes && stride >= count && input.Length >= Block * stride && deltas.Length >= Block * lanes);
        ref float from = ref MemoryMarshal.GetReference(input), outer = ref MemoryMarshal.GetReference(deltas);
        for (int v = 0; v < lanes; v += Vector512<float>.Count)
        {
            Vector512<float> d0 = Vector512.LoadUnsafe(ref outer, (nuint)v), d1 = Vector512.LoadUnsafe(ref outer, (nuint)(v + lanes));
            Vector512<float> d2 = Vector512.LoadUnsafe(ref outer, (nuint)(v + (2 * lanes))), d3 = Vector512.LoadUnsafe(ref outer, (nuint)(v + (3 * lanes)));
            Vector512<float> d4 = Vector512.LoadUnsafe(ref outer, (nuint)(v + (4 * lanes))), d5 = Vector512.LoadUnsafe(ref outer, (nuint)(v + (5 * lanes)));
            Vector512<float> d6 = Vector512.LoadUnsafe(ref outer, (nuint)(v + (6 * lanes))), d7 = Vector512.LoadUnsafe(ref outer, (nuint)(v + (7 * lanes)));
            ref float column = ref Unsafe.Add(ref MemoryMarshal.GetReference(columns), v);
            for (int c = 0; c < count; c++)
            {
                ref float x = ref Unsafe.Add(ref from, c);
                Vector512<float> even = Vector512.FusedMultiplyAdd(Vector512.Create(x), d0, Vector512.LoadUnsafe(ref column));
                Vector512<float> odd = Vector512.Create(Unsafe.Add(ref x, stride)) * d1;
                even = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 2 * stride)), d2, even);
                odd = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 3 * stride)), d3, odd);
                even = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 4 * stride)), d4, even);
                odd = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 5 * stride)), d5, odd);
                even = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 6 * stride)), d6, even);
                odd = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref x, 7 * stride)), d7, odd);
                (even + odd).StoreUnsafe(ref column);
                column = ref Unsafe.Add(ref column, lanes);
            }
        }
    }

    /// <summary>The hyperbolic tangent of every number, in whole vectors, to about 1e-7.</summary>
    public static void Tanh(Span<float> values)
    {
        ref float at = ref MemoryMarshal.GetReference(values);
        for (int i = 0; i < values.Length; i += Vector512<float>.Count)
        {
            Vector512<float> x = Vector512.LoadUnsafe(ref at, (nuint)i);
            x = Vector512.MinNative(Vector512.Create(Saturation), Vector512.MaxNative(Vector512.Create(-Saturation), x)); // In this order NaN stays.
            Vector512<float> e = Exp(x + x);
            ((e - Vector512<float>.One) / (e + Vector512<float>.One)).StoreUnsafe(ref at, (nuint)i);
        }
    }

    /// <summary>deltas := deltas (1 - tanh^2), in whole vectors.</summary>
    public static void BackThroughTanh(ReadOnlySpan<float> tanh, Span<float> deltas)
    {
        Check(tanh.Length >= deltas.Length);
        ref float h = ref MemoryMarshal.GetReference(tanh), d = ref MemoryMarshal.GetReference(deltas);
        for (int i = 0; i < deltas.Length; i += Vector512<float>.Count)
        {
            Vector512<float> y = Vector512.LoadUnsafe(ref h, (nuint)i), delta = Vector512.LoadUnsafe(ref d, (nuint)i);
            Vector512.FusedMultiplyAdd(-(delta * y), y, delta).StoreUnsafe(ref d, (nuint)i);
        }
    }

    // 2^k times Taylor's polynomial of what is left, whose magnitude is at most ln(2)/2: the relative error is below 2e-7.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Exp(Vector512<float> x)
    {
        Vector512<float> k = Vector512.Round(x * Vector512.Create(1.44269504f));
        Vector512<float> rest = Vector512.FusedMultiplyAdd(k, Vector512.Create(-0.693359375f), x); // ln 2 in two parts
        rest = Vector512.FusedMultiplyAdd(k, Vector512.Create(2.12194440e-4f), rest);
        Vector512<float> sum = Vector512.Create(1 / 720f);
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1 / 120f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1 / 24f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(1 / 6f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512.Create(0.5f));
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512<float>.One);
        sum = Vector512.FusedMultiplyAdd(sum, rest, Vector512<float>.One);
        return (sum.AsInt32() + (Vector512.ConvertToInt32(k) << 23)).AsSingle();
    }

    private static void Check(bool isWithin)
    {
        if (!isWithin)
        {
            throw new ArgumentException("a vector operation would leave its memory");
        }
    }
}
