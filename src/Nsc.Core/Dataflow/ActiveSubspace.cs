// Which linear forms of its inputs a value is a function of. A Sobel filter has nine inputs and depends on two sums of them;
// a distance depends on differences. What is orthogonal to these forms cannot matter, and no sample is needed to know it.

namespace Nsc.Core.Dataflow;

/// <summary>
/// The smallest space that this analysis can prove a value f to live in: f(u) = f(P u), P the orthogonal projection on it. It
/// follows affine values through the graph and collects the forms at which something that is not affine takes over.
/// </summary>
public static class ActiveSubspace
{
    private const double Negligible = 1e-9;

    /// <summary>An orthonormal basis (r, n), row-major, for a node of a graph over n inputs; r is at most n.</summary>
    public static double[] Basis(DataflowGraph graph, int node)
    {
        double[]?[] forms = Forms(graph);
        var basis = new List<double[]>();
        var seen = new HashSet<int>();
        var pending = new Stack<int>([node]);
        while (pending.TryPop(out int at))
        {
            if (forms[at] is { } form)
            {
                Extend(basis, form);
            }
            else if (seen.Add(at))
            {
                Visit(graph, graph.Nodes[at], forms, basis, pending);
            }
        }

        return [.. basis.SelectMany(v => v)];
    }

    private static void Visit(DataflowGraph graph, Node node, double[]?[] forms, List<double[]> basis, Stack<int> pending)
    {
        if (node.Opcode.IsComparison() && graph.Nodes[node.A].Kind.IsFloating() && forms[node.A] is { } left && forms[node.B] is { } right)
        {
            Extend(basis, Combine(1, left, -1, right));
            return;
        }

        for (int k = 0; k < node.Arity; k++)
        {
            pending.Push(node.Operand(k));
        }
    }

    // For each node the coefficients of the inputs if it is affine, else null.
    private static double[]?[] Forms(DataflowGraph graph)
    {
        var forms = new double[]?[graph.Nodes.Length];
        for (int i = 0; i < forms.Length; i++)
        {
            Node node = graph.Nodes[i];
            forms[i] = node.Opcode switch
            {
                Opcode.Constant => new double[graph.InputCount],
                Opcode.Input => Unit(node.A, graph.InputCount),
                _ when !node.Kind.IsFloating() => null,
                Opcode.Negate => Scaled(-1, forms[node.A]),
                Opcode.RoundToFloat => forms[node.A],
                Opcode.Add => Combined(1, forms[node.A], forms[node.B]),
                Opcode.Subtract => Combined(-1, forms[node.A], forms[node.B]),
                Opcode.Multiply when IsConstant(graph, node.B) => Scaled(graph.Nodes[node.B].ConstantValue, forms[node.A]),
                Opcode.Multiply when IsConstant(graph, node.A) => Scaled(graph.Nodes[node.A].ConstantValue, forms[node.B]),
                Opcode.Divide when IsConstant(graph, node.B) => Scaled(1 / graph.Nodes[node.B].ConstantValue, forms[node.A]),
                _ => null,
            };
        }

        return forms;
    }

    private static bool IsConstant(DataflowGraph graph, int node) => graph.Nodes[node].Opcode == Opcode.Constant;

    private static double[] Unit(int index, int count)
    {
        var form = new double[count];
        form[index] = 1;
        return form;
    }

    private static double[]? Scaled(double factor, double[]? form) =>
        form is null || !double.IsFinite(factor) ? null : Array.ConvertAll(form, c => factor * c);

    private static double[]? Combined(double sign, double[]? a, double[]? b) => a is null || b is null ? null : Combine(1, a, sign, b);

    private static double[] Combine(double factor, double[] a, double sign, double[] b) =>
        [.. a.Select((c, i) => (factor * c) + (sign * b[i]))];

    // Gram and Schmidt, twice for accuracy: adds what is new in a form.
    private static void Extend(List<double[]> basis, double[] form)
    {
        double length = Length(form);
        double[] rest = Array.ConvertAll(form, c => length > 0 ? c / length : 0);
        for (int pass = 0; pass < 2; pass++)
        {
            foreach (double[] known in basis)
            {
                double share = known.Select((c, i) => c * rest[i]).Sum();
                rest = Combine(1, rest, -share, known);
            }
        }

        double left = Length(rest);
        if (left > Negligible)
        {
            basis.Add(Array.ConvertAll(rest, c => c / left));
        }
    }

    private static double Length(double[] vector) => Math.Sqrt(vector.Sum(c => c * c));
}
