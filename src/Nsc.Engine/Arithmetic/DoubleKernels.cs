// The vector arithmetic of the second-order method, in double precision. Everything in it that takes time, passes through the net,
// inner products, outer products and factorisation, goes through one kernel: four rows by two vectors at a time.

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nsc.Engine.Arithmetic;

/// <summary>
/// Products of matrices. Operands come in strips of <see cref="Pair"/> neighbours, each strip's rows after one another: element k of
/// item i, of n elements each, lies at (i / Pair * n + k) * Pair + i % Pair.
/// </summary>
internal static class DoubleKernels
{
    /// <summary>Rows of a tile: with two vectors each, their eight sums stay in registers and keep two multipliers busy.</summary>
    public const int Height = 4;

    // tanh is 1 in double precision from here on.
    private const double Saturation = 20;

    // Adding it rounds to a whole number, which is then in the lowest bits.
    private const double Rounder = 3L << 51;

    // (ln 2)^n / n!: Taylor's polynomial of 2^x, whose relative error is below 2e-16 where |x| is at most 1/2.
    private static readonly double[] s_power = [.. Enumerable.Range(0, 13).Select(n => Enumerable.Range(1, n).Aggregate(1.0, (term, i) => term * Math.Log(2) / i))];

    /// <summary>The columns of a tile: at least its rows, because vectors hold two numbers or more.</summary>
    public static readonly int Pair = 2 * Vector<double>.Count;

    /// <summary>A number of items, rounded up to whole strips.</summary>
    public static int Padded(int items) => (items + Pair - 1) / Pair * Pair;

    /// <summary>Brings items that lie one after another, <paramref name="stride"/> apart, into strips.</summary>
    public static void ToStrips(ReadOnlySpan<double> from, int stride, int items, int elements, Span<double> strips)
    {
        int pair = Pair;
        for (int i = 0; i < items; i++)
        {
            int at = (i / pair * elements * pair) + (i % pair);
            for (int k = 0; k < elements; k++)
            {
                strips[at + (k * pair)] = from[(i * stride) + k];
            }
        }
    }

    /// <summary>to (rows, columns), row-major := start (columns) + left right.</summary>
    /// <param name="left">(rows, elements) in strips of rows.</param>
    /// <param name="right">(elements, columns) in strips of columns.</param>
    public static void Product(
        ReadOnlySpan<double> start, ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> to, int rows, int elements, int columns)
    {
        int pair = Pair;
        Check(rows % pair == 0 && columns % pair == 0 && start.Length >= columns && left.Length >= rows * elements && right.Length >= elements * columns
            && to.Length >= rows * columns);
        ref double a = ref MemoryMarshal.GetReference(left), b = ref MemoryMarshal.GetReference(right), sums = ref MemoryMarshal.GetReference(to);
        for (int i = 0; i < rows; i += Height)
        {
            for (int row = i; row < i + Height; row++)
            {
                start[..columns].CopyTo(to[(row * columns)..]);
            }

            for (int j = 0; j < columns; j += pair)
            {
                Add(
                    ref Unsafe.Add(ref sums, (i * columns) + j), columns, ref Unsafe.Add(ref a, (i / pair * pair * elements) + (i % pair)),
                    ref Unsafe.Add(ref b, j * elements), elements, Vector<double>.Zero);
            }
        }
    }

    /// <summary>The tile at <paramref name="to"/> += a b, or, where the sign is that of -0.0, -= a b. Checks nothing.</summary>
    /// <param name="a">The first of four neighbours in a strip of rows.</param>
    /// <param name="b">A strip of columns.</param>
    public static void Add(ref double to, int stride, ref double a, ref double b, int elements, Vector<double> sign)
    {
        nuint second = (nuint)Vector<double>.Count;
        int pair = Pair;
        ref double to1 = ref Unsafe.Add(ref to, stride), to2 = ref Unsafe.Add(ref to, 2 * stride), to3 = ref Unsafe.Add(ref to, 3 * stride);
        Vector<double> s00 = Vector.LoadUnsafe(ref to), s01 = Vector.LoadUnsafe(ref to, second);
        Vector<double> s10 = Vector.LoadUnsafe(ref to1), s11 = Vector.LoadUnsafe(ref to1, second);
        Vector<double> s20 = Vector.LoadUnsafe(ref to2), s21 = Vector.LoadUnsafe(ref to2, second);
        Vector<double> s30 = Vector.LoadUnsafe(ref to3), s31 = Vector.LoadUnsafe(ref to3, second);
        for (int k = 0; k < elements; k++)
        {
            Vector<double> b0 = Vector.LoadUnsafe(ref b) ^ sign, b1 = Vector.LoadUnsafe(ref b, second) ^ sign;
            Vector<double> x = Vector.Create(a);
            s00 = Vector.FusedMultiplyAdd(x, b0, s00);
            s01 = Vector.FusedMultiplyAdd(x, b1, s01);
            x = Vector.Create(Unsafe.Add(ref a, 1));
            s10 = Vector.FusedMultiplyAdd(x, b0, s10);
            s11 = Vector.FusedMultiplyAdd(x, b1, s11);
            x = Vector.Create(Unsafe.Add(ref a, 2));
            s20 = Vector.FusedMultiplyAdd(x, b0, s20);
            s21 = Vector.FusedMultiplyAdd(x, b1, s21);
            x = Vector.Create(Unsafe.Add(ref a, 3));
            s30 = Vector.FusedMultiplyAdd(x, b0, s30);
            s31 = Vector.FusedMultiplyAdd(x, b1, s31);
            a = ref Unsafe.Add(ref a, pair);
            b = ref Unsafe.Add(ref b, pair);
        }

        s00.StoreUnsafe(ref to);
        s01.StoreUnsafe(ref to, second);
        s10.StoreUnsafe(ref to1);
        s11.StoreUnsafe(ref to1, second);
        s20.StoreUnsafe(ref to2);
        s21.StoreUnsafe(ref to2, second);
        s30.StoreUnsafe(ref to3);
        s31.StoreUnsafe(ref to3, second);
    }

    /// <summary>The hyperbolic tangent of every number, in whole vectors, to about 1e-15.</summary>
    public static void Tanh(Span<double> values)
    {
        Check(values.Length % Vector<double>.Count == 0);
        ref double at = ref MemoryMarshal.GetReference(values);
        for (int i = 0; i < values.Length; i += Vector<double>.Count)
        {
            Vector<double> x = Vector.LoadUnsafe(ref at, (nuint)i);
            x = Vector.MinNative(Vector.Create(Saturation), Vector.MaxNative(Vector.Create(-Saturation), x)); // In this order NaN stays.
            Vector<double> e = ExpTwice(x);
            ((e - Vector<double>.One) / (e + Vector<double>.One)).StoreUnsafe(ref at, (nuint)i);
        }
    }

    /// <summary>deltas := deltas (1 - tanh^2), in whole vectors.</summary>
    public static void BackThroughTanh(ReadOnlySpan<double> tanh, Span<double> deltas)
    {
        Check(tanh.Length >= deltas.Length && deltas.Length % Vector<double>.Count == 0);
        ref double h = ref MemoryMarshal.GetReference(tanh), d = ref MemoryMarshal.GetReference(deltas);
        for (int i = 0; i < deltas.Length; i += Vector<double>.Count)
        {
            Vector<double> y = Vector.LoadUnsafe(ref h, (nuint)i), delta = Vector.LoadUnsafe(ref d, (nuint)i);
            Vector.FusedMultiplyAdd(-(delta * y), y, delta).StoreUnsafe(ref d, (nuint)i);
        }
    }

    // exp(2x), as 2^k times the polynomial of 2^rest.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> ExpTwice(Vector<double> x)
    {
        Vector<double> log = Vector.Create(2 / 0.69314718055994531); // 2 / ln 2
        Vector<double> rounded = Vector.FusedMultiplyAdd(x, log, Vector.Create(Rounder)), k = rounded - Vector.Create(Rounder);
        Vector<double> rest = Vector.FusedMultiplyAdd(x, log, -k), sum = Vector.Create(s_power[^1]);
        for (int n = s_power.Length - 2; n >= 0; n--)
        {
            sum = Vector.FusedMultiplyAdd(sum, rest, Vector.Create(s_power[n]));
        }

        return Vector.AsVectorDouble(Vector.AsVectorInt64(sum) + (Vector.AsVectorInt64(rounded) << 52));
    }

    private static void Check(bool isWithin)
    {
        if (!isWithin)
        {
            throw new ArgumentException("a matrix is smaller than its product");
        }
    }
}
