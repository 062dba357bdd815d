// Why it is plausible that a compiled surrogate lost to one trained from scratch, as far as the program's text and the errors tell.

using Nsc.Bench;
using Nsc.Core.Dataflow;

namespace Nsc.Cli.Output;

internal static class LossReasons
{
    /// <param name="ours">The compiled surrogate's error.</param>
    /// <param name="random">The error of training from scratch.</param>
    public static string Of(BenchProgram program, double ours, double random)
    {
        var reasons = new List<string>();
        DataflowGraph graph = program.Graph;
        if (!graph.IsExact)
        {
            reasons.Add($"its graph is approximate ({string.Join("; ", graph.Approximations)})");
        }

        if (graph.Nodes.Any(n => n.Opcode is Opcode.Floor or Opcode.FloatToInteger or Opcode.Remainder || n.Opcode.IsComparison()))
        {
            reasons.Add("it jumps or branches, where a smooth net cannot follow");
        }

        if (random > 0.5)
        {
            reasons.Add("neither start learns it: the net is too small for it, or the samples too few");
        }

        if (ours < 1e-3)
        {
            reasons.Add("both are nearly exact");
        }

        double range = program.Program.Signature.Inputs.Max(i => i.Range.High - i.Range.Low);
        if (range > 100)
        {
            reasons.Add("an input's range is wide");
        }

        return reasons.Count > 0 ? string.Join("; ", reasons) : "no reason is known";
    }
}
