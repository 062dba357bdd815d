// Where a program gives no number, its surrogate must not answer: the conditions under which the program's operations are defined, as C.

using System.Collections.Immutable;
using System.Globalization;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Export.Writing;

namespace Nsc.Export;

/// <summary>A condition on an operand, and the same as a C expression of <c>in</c>.</summary>
public sealed record DomainCondition(int Operand, Func<double, bool> Holds, string InC);

/// <summary>The domain of a program, as far as its dataflow tells in few operations.</summary>
public sealed record DomainGuard(DataflowGraph? Graph, ImmutableArray<DomainCondition> Conditions)
{
    private const int Probes = 4096;

    // A guard is to cost little beside the network: longer conditions are left out, and their inputs count as errors of the surrogate.
    private const int MostOperations = 32;

    public static DomainGuard None { get; } = new(null, []);

    /// <summary>The conditions as C expressions of <c>in</c>.</summary>
    public ImmutableArray<string> InC => [.. Conditions.Select(c => c.InC)];

    /// <summary>
    /// The operands of roots, logarithms, quotients and the like that random inputs take out of the operation's domain, where an output is then no
    /// number. An operation whose operand takes many operations, or a call, has no condition.
    /// </summary>
    public static DomainGuard Of(DataflowGraph graph, ProgramSignature signature)
    {
        GraphValues values = new GraphEvaluator(graph).Evaluate(InputSampler.Draw(signature, Probes, new SplitMix64(1)), Probes);
        double[][] outputs = [.. graph.Outputs.Select(values.Column)];
        bool[] fails = [.. Enumerable.Range(0, Probes).Select(row => outputs.Any(o => !double.IsFinite(o[row])))];
        if (!fails.Contains(true))
        {
            return None;
        }

        (DomainCondition Condition, int[] Left)[] all = [.. graph.Nodes.Where(n => n.Kind.IsFloating()).Select(n => Condition(graph, n)).OfType<DomainCondition>().DistinctBy(c => c.InC)
            .Select(c => (c, Enumerable.Range(0, Probes).Where(row => !c.Holds(values.Column(c.Operand)[row])).ToArray())).Where(c => c.Item2.Length > 0)];

        // A root that a branch keeps from mattering leaves its domain without a failure: it counts only where no other condition explains one.
        var kept = all.Where(c => Array.TrueForAll(c.Left, row => fails[row])).ToList();
        HashSet<int> explained = [.. kept.SelectMany(c => c.Left)];
        kept.AddRange(all.Except(kept).Where(c => c.Left.Any(row => fails[row] && !explained.Contains(row))));
        return new DomainGuard(graph, [.. kept.Select(c => c.Condition)]);
    }

    /// <summary>Samples to choose a guard on: the failures that the conditions find are none of its concern.</summary>
    public SampleSet Without(SampleSet samples)
    {
        if (Graph is null || samples.Failed is not { } failed || samples.FailureCount == 0)
        {
            return samples;
        }

        GraphValues values = new GraphEvaluator(Graph).Evaluate(failed.X, samples.FailureCount);
        int[] others = [.. Enumerable.Range(0, samples.FailureCount).Where(row => Conditions.All(c => c.Holds(values.Column(c.Operand)[row])))];
        return samples with { Failed = failed with { X = [.. others.SelectMany(row => failed.X.AsSpan(row * samples.InputCount, samples.InputCount).ToArray())] } };
    }

    private static DomainCondition? Condition(DataflowGraph graph, Node node)
    {
        if (node.Opcode.Row().Domain is not { } domain || new Expression(graph).Of(node.Operand(domain.Operand)) is not { } operand)
        {
            return null;
        }

        return new DomainCondition(node.Operand(domain.Operand), domain.Holds, string.Format(CultureInfo.InvariantCulture, domain.InC, operand));
    }

    // A value as a C expression of the inputs; null where that is long or takes more than arithmetic.
    private sealed class Expression(DataflowGraph graph)
    {
        private int _operations;

        public string? Of(int index)
        {
            Node node = graph.Nodes[index];
            if (++_operations > MostOperations || !(node.Kind.IsFloating() || node.Opcode == Opcode.Input))
            {
                return null;
            }

            return node.Opcode switch
            {
                Opcode.Input => $"in[{node.A}]",
                Opcode.Constant when double.IsFinite(node.ConstantValue) => CNumbers.Double(node.ConstantValue),
                Opcode.Add => Binary("+"),
                Opcode.Subtract => Binary("-"),
                Opcode.Multiply => Binary("*"),
                Opcode.Divide => Binary("/"),
                Opcode.Negate => Of(node.A) is { } a ? $"(-{a})" : null,
                Opcode.Absolute => Of(node.A) is { } a ? $"({a} < 0 ? -{a} : {a})" : null,
                Opcode.Minimum => Choice("<"),
                Opcode.Maximum => Choice(">"),
                Opcode.RoundToFloat => Of(node.A) is { } a ? $"(double)(float){a}" : null,
                Opcode.IntegerToFloat when graph.Nodes[node.A].Opcode == Opcode.Input => Of(node.A),
                _ => null,
            };

            string? Binary(string sign) => Both() is { } both ? Rounded($"({both.A} {sign} {both.B})") : null;

            string? Choice(string sign) => Both() is { } both ? $"({both.A} {sign} {both.B} ? {both.A} : {both.B})" : null;

            (string A, string B)? Both() => Of(node.A) is { } a && Of(node.B) is { } b ? (a, b) : null;

            string Rounded(string text) => node.Kind == ValueKind.Float ? $"(double)(float){text}" : text;
        }
    }
}
