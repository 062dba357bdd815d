// What loops over arrays ask in place of the function: the answers of a block of rows. A row has one here where the function itself would have asked the
// approximation.

using System.Globalization;
using System.Text;
using Nsc.Export.Writing;

namespace Nsc.Export.Approximations;

internal static class CBlocks
{
    /// <summary>Rows that are taken at a time, side by side: a vector of any width is full, and what is between their inputs and answers stays in the first-level cache.</summary>
    public const int Rows = 32;

    /// <summary>The functions that <see cref="Core.Programs.DropIn.AsksBlocks"/> names.</summary>
    public static void Write(StringBuilder text, IApproximation approximation, bool isGuarded)
    {
        string f = CommentText.Identifier(approximation.Signature.Function);
        (int inputs, int outputs) = (approximation.Signature.Inputs.Length, approximation.Signature.Outputs.Length);
        text.Append(CultureInfo.InvariantCulture, $$"""

            // Rows that are answered at a time.
            enum { {{f}}_answers_rows = {{Rows}} };

            // The answers of some rows, and which of them have one. Rows that have none are computed as others, and lost.
            static void {{f}}_answers_block(double *in, double *out, unsigned char *has, int rows)
            {
                static const double inside[{{inputs}}] = { {{string.Join(", ", approximation.Believed.Select(range => CNumbers.Double(range.Low)))}} };
                for (int row = 0; row < rows; row++)
                {
                    has[row] = {{(isGuarded ? $"{f}_answers_believes(in + row * {inputs})" : "1")}};
                    for (int i = 0; i < {{inputs}} && !has[row]; i++)
                        in[row * {{inputs}} + i] = inside[i];
                }
                {{approximation.Name}}_many(in, out, (size_t)rows);
                for (int row = 0; row < rows; row++)
                    has[row] = has[row] && {{f}}_answers_settles(in + row * {{inputs}}, out + row * {{outputs}});
            }

            // Whether a block of rows can be read before any of it is written: no row writes what a later one reads.
            static int {{f}}_answers_apart(const void *to, size_t to_size, const void *from, size_t from_size, size_t from_rows)
            {
                size_t t = (size_t)to, s = (size_t)from;
                return t + {{f}}_answers_rows * to_size <= s || s + from_rows * from_size <= t || (from_rows > 1 && from_size == to_size && t <= s);
            }

            """);
    }
}
