// The vector arithmetic of the fused engine. The width of a vector is the one that .NET prefers on the processor at hand, here
// and nowhere else.

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nsc.Engine.Arithmetic;

internal static class FloatKernels
{
    /// <summary>Rows of a tile. A tile is four rows of two vectors: eight sums stay in registers, as many as keep two multipliers busy.</summary>
    public const int Tile = 4;

    // tanh is 1 in single precision from here on.
    private const float Saturation = 9.02f;

    // Adding it rounds to a whole number, which is then in the lowest bits.
    private const float Rounder = 3 << 22;

    /// <summary>The lanes of a tile; every matrix has a multiple of them.</summary>
    public static int Pair => 2 * Vector<float>.Count;

    /// <summary>
    /// A matrix product: result (m, lanes) := start + a (m, n) b (n, lanes).
    /// </summary>
    /// <param name="start">Row i begins at i * <paramref name="startStride"/>; with stride 0 all rows start alike.</param>
    /// <param name="a">Element (i, k) is at i * <paramref name="across"/> + k * <paramref name="along"/>.</param>
    public static void Product(
        ReadOnlySpan<float> start, int startStride, ReadOnlySpan<float> a, int across, int along, ReadOnlySpan<float> b, Span<float> result, int m, int n, int lanes)
    {
        Check(m > 0 && n > 0 && lanes % Pair == 0 && start.Length >= ((m - 1) * startStride) + lanes && a.Length > ((m - 1) * across) + ((n - 1) * along)
            && b.Length >= n * lanes && result.Length >= m * lanes);
        ref float starts = ref MemoryMarshal.GetReference(start), from = ref MemoryMarshal.GetReference(a);
        ref float right = ref MemoryMarshal.GetReference(b), to = ref MemoryMarshal.GetReference(result);
        for (int lane = 0; lane < lanes; lane += Pair)
        {
            int i = 0;
            for (; i <= m - Tile; i += Tile)
            {
                FourRows(
                    ref Unsafe.Add(ref starts, (i * startStride) + lane), startStride, ref Unsafe.Add(ref from, i * across), across, along,
                    ref Unsafe.Add(ref right, lane), ref Unsafe.Add(ref to, (i * lanes) + lane), n, lanes);
            }

            for (; i < m; i++)
            {
                OneRow(
                    ref Unsafe.Add(ref starts, (i * startStride) + lane), ref Unsafe.Add(ref from, i * across), along,
                    ref Unsafe.Add(ref right, lane), ref Unsafe.Add(ref to, (i * lanes) + lane), n, lanes);
            }
        }
    }

    /// <summary>The hyperbolic tangent of every number, in whole vectors, to about 1e-7.</summary>
    public static void Tanh(Span<float> values)
    {
        ref float at = ref MemoryMarshal.GetReference(values);
        for (int i = 0; i < values.Length; i += Vector<float>.Count)
        {
            Vector<float> x = Vector.LoadUnsafe(ref at, (nuint)i);
            x = Vector.MinNative(Vector.Create(Saturation), Vector.MaxNative(Vector.Create(-Saturation), x)); // In this order NaN stays.
            Vector<float> e = ExpTwice(x);
            ((e - Vector<float>.One) / (e + Vector<float>.One)).StoreUnsafe(ref at, (nuint)i);
        }
    }

    /// <summary>deltas (m, lanes) := deltas (1 - tanh^2), and sums (lanes) := sums + the new deltas of all rows.</summary>
    public static void BackThroughTanh(ReadOnlySpan<float> tanh, Span<float> deltas, Span<float> sums)
    {
        Check(tanh.Length >= deltas.Length && deltas.Length % sums.Length == 0 && sums.Length % Vector<float>.Count == 0);
        ref float h = ref MemoryMarshal.GetReference(tanh), d = ref MemoryMarshal.GetReference(deltas), total = ref MemoryMarshal.GetReference(sums);
        for (int lane = 0; lane < sums.Length; lane += Vector<float>.Count)
        {
            Vector<float> sum = Vector.LoadUnsafe(ref total, (nuint)lane);
            for (int i = lane; i < deltas.Length; i += sums.Length)
            {
                Vector<float> y = Vector.LoadUnsafe(ref h, (nuint)i), delta = Vector.LoadUnsafe(ref d, (nuint)i);
                delta = Vector.FusedMultiplyAdd(-(delta * y), y, delta);
                delta.StoreUnsafe(ref d, (nuint)i);
                sum += delta;
            }

            sum.StoreUnsafe(ref total, (nuint)lane);
        }
    }

    /// <summary>The inner product of each row (lanes) with a vector (lanes), plus a bias; result (m).</summary>
    public static void Dot(ReadOnlySpan<float> rows, ReadOnlySpan<float> vector, float bias, Span<float> result)
    {
        int lanes = vector.Length;
        Check(lanes % Vector<float>.Count == 0 && rows.Length >= result.Length * lanes);
        ref float row = ref MemoryMarshal.GetReference(rows), other = ref MemoryMarshal.GetReference(vector);
        for (int i = 0; i < result.Length; i++)
        {
            Vector<float> sum = Vector<float>.Zero;
            for (int lane = 0; lane < lanes; lane += Vector<float>.Count)
            {
                sum = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref row, (nuint)lane), Vector.LoadUnsafe(ref other, (nuint)lane), sum);
            }

            result[i] = bias + Vector.Sum(sum);
            row = ref Unsafe.Add(ref row, lanes);
        }
    }

    private static void FourRows(
        ref float start, int startStride, ref float a, int across, int along, ref float b, ref float to, int n, int lanes)
    {
        nuint second = (nuint)Vector<float>.Count;
        Vector<float> s00 = Vector.LoadUnsafe(ref start), s01 = Vector.LoadUnsafe(ref start, second);
        start = ref Unsafe.Add(ref start, startStride);
        Vector<float> s10 = Vector.LoadUnsafe(ref start), s11 = Vector.LoadUnsafe(ref start, second);
        start = ref Unsafe.Add(ref start, startStride);
        Vector<float> s20 = Vector.LoadUnsafe(ref start), s21 = Vector.LoadUnsafe(ref start, second);
        start = ref Unsafe.Add(ref start, startStride);
        Vector<float> s30 = Vector.LoadUnsafe(ref start), s31 = Vector.LoadUnsafe(ref start, second);
        nint row1 = across, row2 = 2 * (nint)across, row3 = 3 * (nint)across, next = along, nextB = lanes;
        for (int k = 0; k < n; k++)
        {
            Vector<float> b0 = Vector.LoadUnsafe(ref b), b1 = Vector.LoadUnsafe(ref b, second);
            Vector<float> x = Vector.Create(a);
            s00 = Vector.FusedMultiplyAdd(x, b0, s00);
            s01 = Vector.FusedMultiplyAdd(x, b1, s01);
            x = Vector.Create(Unsafe.Add(ref a, row1));
            s10 = Vector.FusedMultiplyAdd(x, b0, s10);
            s11 = Vector.FusedMultiplyAdd(x, b1, s11);
            x = Vector.Create(Unsafe.Add(ref a, row2));
            s20 = Vector.FusedMultiplyAdd(x, b0, s20);
            s21 = Vector.FusedMultiplyAdd(x, b1, s21);
            x = Vector.Create(Unsafe.Add(ref a, row3));
            s30 = Vector.FusedMultiplyAdd(x, b0, s30);
            s31 = Vector.FusedMultiplyAdd(x, b1, s31);
            a = ref Unsafe.Add(ref a, next);
            b = ref Unsafe.Add(ref b, nextB);
        }

        s00.StoreUnsafe(ref to);
        s01.StoreUnsafe(ref to, second);
        to = ref Unsafe.Add(ref to, nextB);
        s10.StoreUnsafe(ref to);
        s11.StoreUnsafe(ref to, second);
        to = ref Unsafe.Add(ref to, nextB);
        s20.StoreUnsafe(ref to);
        s21.StoreUnsafe(ref to, second);
        to = ref Unsafe.Add(ref to, nextB);
        s30.StoreUnsafe(ref to);
        s31.StoreUnsafe(ref to, second);
    }

    private static void OneRow(ref float start, ref float a, int along, ref float b, ref float to, int n, int lanes)
    {
        nuint second = (nuint)Vector<float>.Count;
        Vector<float> s0 = Vector.LoadUnsafe(ref start), s1 = Vector.LoadUnsafe(ref start, second);
        for (int k = 0; k < n; k++)
        {
            Vector<float> x = Vector.Create(a);
            s0 = Vector.FusedMultiplyAdd(x, Vector.LoadUnsafe(ref b), s0);
            s1 = Vector.FusedMultiplyAdd(x, Vector.LoadUnsafe(ref b, second), s1);
            a = ref Unsafe.Add(ref a, along);
            b = ref Unsafe.Add(ref b, lanes);
        }

        s0.StoreUnsafe(ref to);
        s1.StoreUnsafe(ref to, second);
    }

    // exp(2x), as 2^k times Taylor's polynomial of 2^rest, whose relative error is below 2e-7: |rest| is at most 1/2.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> ExpTwice(Vector<float> x)
    {
        Vector<float> log = Vector.Create(2.885390082f); // 2 / ln 2
        Vector<float> rounded = Vector.FusedMultiplyAdd(x, log, Vector.Create(Rounder)), k = rounded - Vector.Create(Rounder);
        Vector<float> rest = Vector.FusedMultiplyAdd(x, log, -k);
        Vector<float> sum = Vector.Create(1.54035304e-4f); // (ln 2)^n / n! for n from 6 down to 0
        sum = Vector.FusedMultiplyAdd(sum, rest, Vector.Create(1.33335581e-3f));
        sum = Vector.FusedMultiplyAdd(sum, rest, Vector.Create(9.61812911e-3f));
        sum = Vector.FusedMultiplyAdd(sum, rest, Vector.Create(5.55041087e-2f));
        sum = Vector.FusedMultiplyAdd(sum, rest, Vector.Create(0.240226507f));
        sum = Vector.FusedMultiplyAdd(sum, rest, Vector.Create(0.693147181f));
        sum = Vector.FusedMultiplyAdd(sum, rest, Vector<float>.One);
        return Vector.AsVectorSingle(Vector.AsVectorInt32(sum) + (Vector.AsVectorInt32(rounded) << 23));
    }

    private static void Check(bool isWithin)
    {
        if (!isWithin)
        {
            throw new ArgumentException("a vector operation would leave its memory");
        }
    }
}
