// A table with multilinear interpolation in C.

using System.Globalization;
using System.Text;
using Nsc.Core.Approximation;
using Nsc.Core.Programs;
using Nsc.Export.Writing;

namespace Nsc.Export.Approximations;

public sealed class TableApproximation(ProgramSignature signature, ApproximationOrigin origin, MultilinearTable table) : FittedApproximation(signature, origin)
{
    /// <summary>Each input doubles the values that are read for an answer.</summary>
    public const int MostInputs = 5;

    public override string Kind => "multilinear table";

    public override string Size => string.Create(CultureInfo.InvariantCulture, $"{string.Join(" x ", table.Axes.Select(a => a.Nodes))} nodes, {(table.Bytes + 1023) / 1024} KB");

    protected override void WriteTables(StringBuilder text)
    {
        CNumbers.Table(text, "float", string.Create(CultureInfo.InvariantCulture, $"{Name}_nodes[{table.Values.Length}]"), table.Values.Select(CNumbers.Of));
        text.Append(CultureInfo.InvariantCulture, $$"""

            static inline double {{Name}}_between(double low, double high, double weight)
            {
                return low + weight * (high - low);
            }

            // Where an input lies among the nodes; the ends for what lies beyond them.
            static inline double {{Name}}_position(double position, double cells)
            {
                return position > 0 ? (position < cells ? position : cells) : 0;
            }


            """);
    }

    protected override void WriteBody(StringBuilder text)
    {
        for (int axis = 0; axis < table.Axes.Length; axis++)
        {
            TableAxis own = table.Axes[axis];
            if (own.Cells == 0)
            {
                continue;
            }

            text.Append(CultureInfo.InvariantCulture, $"    const double p{axis} = {Name}_position(({(own.IsLogarithmic ? OnLine(axis) : $"in[{axis}]")} - {Signed(own.Origin)}) * {CNumbers.Double(own.Scale)}, {own.Cells});\n");
            text.Append(CultureInfo.InvariantCulture, $"    const int c{axis} = (int)p{axis} < {own.Cells - 1} ? (int)p{axis} : {own.Cells - 1};\n    const double w{axis} = p{axis} - c{axis};\n");
        }

        IEnumerable<string> offsets = Enumerable.Range(0, table.Axes.Length).Where(axis => table.Axes[axis].Cells > 0)
            .Select(axis => string.Create(CultureInfo.InvariantCulture, $" + c{axis} * {table.Stride(axis) * table.Outputs}"));
        text.Append(CultureInfo.InvariantCulture, $"    const float *at = {Name}_nodes{string.Concat(offsets)};\n");
        for (int k = 0; k < table.Outputs; k++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    out[{k}] = {CNumbers.Double(table.Middle[k])} + {CNumbers.Double(table.HalfWidth[k])} * {Between(0, k)};\n");
        }
    }

    protected override double[] Evaluate(ReadOnlySpan<double> inputs) => table.At(inputs);

    // Of the axes from one on; the node is so many values on.
    private string Between(int axis, int at)
    {
        if (axis == table.Axes.Length)
        {
            return string.Create(CultureInfo.InvariantCulture, $"(double)at[{at}]");
        }

        string low = Between(axis + 1, at);
        return table.Axes[axis].Cells == 0 ? low
            : string.Create(CultureInfo.InvariantCulture, $"{Name}_between({low}, {Between(axis + 1, at + (table.Stride(axis) * table.Outputs))}, w{axis})");
    }
}
