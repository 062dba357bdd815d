// Sizes of tensor grids, which interpolants and tables share.

namespace Nsc.Core.Approximation;

internal static class Tensors
{
    /// <summary>How many elements a tensor has.</summary>
    public static int Count(IEnumerable<int> sizes) => sizes.Aggregate(1, (product, size) => checked(product * size));

    /// <summary>Calls with the index on each axis of every element, row-major, the last axis fastest. The array is one for all calls.</summary>
    public static void Each(IReadOnlyList<int> sizes, Action<int, int[]> visit)
    {
        var index = new int[sizes.Count];
        for (int at = 0, count = Count(sizes); at < count; at++)
        {
            visit(at, index);
            for (int axis = index.Length - 1; axis >= 0 && ++index[axis] == sizes[axis]; axis--)
            {
                index[axis] = 0;
            }
        }
    }
}
