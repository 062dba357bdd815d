// The unit of storage: a named array of single-precision numbers with a shape.

using System.Collections.Immutable;

namespace Nsc.Core.Surrogates;

/// <summary>A named tensor; <paramref name="Values"/> is row-major, its length the product of <paramref name="Shape"/>.</summary>
public sealed record Tensor(string Name, ImmutableArray<int> Shape, float[] Values)
{
    /// <summary>The most dimensions a stored tensor may have.</summary>
    public const int MaxRank = 8;

    /// <summary>The number of elements of a shape, or null when a dimension is not positive or the product exceeds an array's length.</summary>
    public static int? ElementCount(ImmutableArray<int> shape)
    {
        long count = 1;
        foreach (int dimension in shape)
        {
            if (dimension <= 0)
            {
                return null;
            }

            count *= dimension;
            if (count > Array.MaxLength)
            {
                return null;
            }
        }

        return (int)count;
    }
}
