// A static analysis: the expansion of every value of a graph, from its operands' expansions.

namespace Nsc.Core.Dataflow.Moments;

/// <summary>Propagates <see cref="Expansion"/>s through a graph over unit inputs.</summary>
public static class MomentAnalysis
{
    private const double WildReciprocal = 0.5;
    private const double LeastDivisor = 0.1;
    private const double Infinite = 1e149;

    /// <summary>The expansion of each node.</summary>
    /// <param name="interprets">
    /// Whether some points of the graph are interpreted, and decide where the analysis contradicts them; else the expansions follow from the graph's text alone.
    /// </param>
    public static Expansion[] Of(DataflowGraph graph, bool interprets = false)
    {
        PointMoments? points = interprets ? PointMoments.Of(graph) : null;
        var expansions = new Expansion[graph.Nodes.Length];
        var lines = new Line[graph.Nodes.Length];
        FactorTable? table = graph.InputCount <= FactorTable.MostInputs ? new FactorTable(graph.InputCount) : null;
        for (int i = 0; i < expansions.Length; i++)
        {
            Node node = graph.Nodes[i];
            lines[i] = LineOf(graph, lines, i);
            Expansion value = node.Opcode switch
            {
                Opcode.Input => Expansion.UniformInput(node.A, graph.InputCount, table),
                Opcode.Constant => Number(node.ConstantValue),
                _ => node.Arity switch
                {
                    1 => Unary(node, expansions[node.A]),
                    2 when lines[node.A].Base == lines[node.B].Base => OfOne(node, lines[node.A], lines[node.B], expansions),
                    2 => Binary(node, expansions[node.A], expansions[node.B]),
                    _ => Select(expansions[node.A], expansions[node.B], expansions[node.C]),
                },
            };
            value = value with { Overflows = Overflows(node, value, expansions) };
            expansions[i] = points?.Corrected(i, value) ?? value;
        }

        return expansions;
    }

    // Sums and products of what overflows do so too. What else is made of it may be of a usual size again.
    private static bool Overflows(Node node, Expansion value, Expansion[] expansions)
    {
        bool isFrom = false;
        for (int k = 0; k < node.Arity; k++)
        {
            isFrom |= expansions[node.Operand(k)].Overflows;
        }

        bool isArithmetic = node.Opcode == Opcode.RoundToFloat
            || node.Opcode.Row().Moments is MomentRule.Sum or MomentRule.Difference or MomentRule.Product or MomentRule.Negation;
        bool isBeyondSingle = Math.Abs(value.Mean) + value.Deviation > float.MaxValue;
        return value.Overflows || (isFrom && isArithmetic) || (isBeyondSingle && (isFrom || node.Kind == ValueKind.Float));
    }

    // Infinity as a number that can still be added to, NaN as 0.
    private static Expansion Number(double value) => Math.Abs(value) > Infinite
        ? Expansion.Constant(Math.CopySign(Infinite, value)) with { Overflows = true }
        : Expansion.Constant(double.IsNaN(value) ? 0 : value);

    private static Expansion Unary(Node node, Expansion x)
    {
        OpcodeRow row = node.Opcode.Row();
        return row.Moments switch
        {
            MomentRule.Negation => Expansion.Combine(-1, x, 0, x),
            MomentRule.Complement => Expansion.Combine(-1, x, 0, x, node.Kind == ValueKind.Boolean ? 1 : -1),
            MomentRule.Identity => x,
            _ => Exactly(x.Products?.Apply(row), Closure.Apply(v => row.Real(node.Kind, v), x)),
        };
    }

    // The closure's estimate with the moments of a sum of products where the value is one.
    private static Expansion Exactly(ProductSum? products, Expansion estimate) =>
        estimate.Products is not null ? estimate : Expansion.Of(products, estimate.Low, estimate.High) ?? estimate;

    // Both operands are lines of the same value, as in -0.5 x * x or x / (1 + x): a function of one value, unless it has a pole.
    private static Expansion OfOne(Node node, Line a, Line b, Expansion[] expansions)
    {
        Expansion x = expansions[a.Base];
        OpcodeRow row = node.Opcode.Row();
        if (IsQuotient(row, node.Kind) && b.At(x.Low) * b.At(x.High) <= 0)
        {
            return Divide(expansions[node.A], expansions[node.B]);
        }

        Expansion estimate = Closure.Apply(v => row.Real(node.Kind, a.At(v), b.At(v)), x);
        return row.Moments == MomentRule.Product && estimate.Products is null
            ? Exactly(ProductSum.Multiply(expansions[node.A].Products, expansions[node.B].Products), estimate)
            : estimate;
    }

    // The value that node i is a line of, itself if no other.
    private static Line LineOf(DataflowGraph graph, Line[] lines, int i)
    {
        Node node = graph.Nodes[i];
        return node.Opcode switch
        {
            Opcode.Negate => lines[node.A].Times(-1),
            Opcode.IntegerToFloat or Opcode.RoundToFloat => lines[node.A],
            Opcode.Add when Number(node.B) is { } b => lines[node.A].Plus(b),
            Opcode.Add when Number(node.A) is { } a => lines[node.B].Plus(a),
            Opcode.Subtract when Number(node.B) is { } b => lines[node.A].Plus(-b),
            Opcode.Subtract when Number(node.A) is { } a => lines[node.B].Times(-1).Plus(a),
            Opcode.Multiply when Number(node.B) is { } b => lines[node.A].Times(b),
            Opcode.Multiply when Number(node.A) is { } a => lines[node.B].Times(a),
            _ => new Line(i, 1, 0),
        };

        double? Number(int operand) => graph.Nodes[operand] is { Opcode: Opcode.Constant } c && double.IsFinite(c.ConstantValue) ? c.ConstantValue : null;
    }

    // Slope * (the value of node Base) + Offset.
    private readonly record struct Line(int Base, double Slope, double Offset)
    {
        public double At(double value) => (Slope * value) + Offset;

        public Line Times(double factor) => new(Base, factor * Slope, factor * Offset);

        public Line Plus(double offset) => this with { Offset = Offset + offset };
    }

    private static Expansion Binary(Node node, Expansion x, Expansion y)
    {
        OpcodeRow row = node.Opcode.Row();
        return row.Moments switch
        {
            MomentRule.Sum => Expansion.Combine(1, x, 1, y),
            MomentRule.Difference => Expansion.Combine(1, x, -1, y),
            MomentRule.Product => Expansion.Multiply(x, y),
            MomentRule.Quotient when IsQuotient(row, node.Kind) => Divide(x, y),
            MomentRule.Minimum => Extreme(x, y, isMinimum: true),
            MomentRule.Maximum => Extreme(x, y, isMinimum: false),
            MomentRule.Conjunction when node.Kind == ValueKind.Boolean => Expansion.Multiply(x, y),
            MomentRule.Disjunction when node.Kind == ValueKind.Boolean =>
                Expansion.Combine(1, Expansion.Combine(1, x, 1, y), -1, Expansion.Multiply(x, y)),
            MomentRule.ExclusiveOr when node.Kind == ValueKind.Boolean =>
                Expansion.Combine(1, Expansion.Combine(1, x, 1, y), -2, Expansion.Multiply(x, y)),
            MomentRule.Comparison => Closure.Apply(difference => row.Real(node.Kind, difference), Expansion.Combine(1, x, -1, y)),
            _ => Exactly(y.IsConstant ? x.Products?.Apply(row, y.Mean) : null, Closure.Apply((a, b) => row.Real(node.Kind, a, b), x, y)),
        };
    }

    private static bool IsQuotient(OpcodeRow row, ValueKind kind) => row.Moments == MomentRule.Quotient && kind.IsFloating();

    // min(x, y) = (x + y - |x - y|) / 2
    private static Expansion Extreme(Expansion x, Expansion y, bool isMinimum)
    {
        if (x.High <= y.Low || y.High <= x.Low)
        {
            return x.High <= y.Low == isMinimum ? x : y;
        }

        Expansion gap = Closure.Apply(Math.Abs, Expansion.Combine(1, x, -1, y));
        Expansion extreme = Expansion.Combine(1, Expansion.Combine(0.5, x, 0.5, y), isMinimum ? -0.5 : 0.5, gap);
        return isMinimum
            ? extreme.Within(Math.Min(x.Low, y.Low), Math.Min(x.High, y.High))
            : extreme.Within(Math.Max(x.Low, y.Low), Math.Max(x.High, y.High));
    }

    // y + c (x - y)
    private static Expansion Select(Expansion condition, Expansion x, Expansion y) => Expansion
        .Combine(1, y, 1, Expansion.Multiply(condition, Expansion.Combine(1, x, -1, y)))
        .Within(Math.Min(x.Low, y.Low), Math.Max(x.High, y.High));

    // As a product with the reciprocal, unless that is dominated by where y is near 0. There the numerator of a sound program
    // is small too, which the distributions of x and y do not tell: so y is kept away from 0.
    private static Expansion Divide(Expansion x, Expansion y)
    {
        bool hasNoZero = y.Low > 0 || y.High < 0;
        Expansion reciprocal = Exactly(hasNoZero ? y.Products?.Reciprocal() : null, Closure.Apply(v => 1 / v, y));
        if (reciprocal.Deviation <= WildReciprocal * Math.Abs(reciprocal.Mean))
        {
            return Expansion.Multiply(x, reciprocal);
        }

        double least = LeastDivisor * Math.Sqrt((y.Mean * y.Mean) + y.Variance);
        return Closure.Apply((a, b) => a / Math.CopySign(Math.Max(least, Math.Abs(b)), b), x, y);
    }
}
