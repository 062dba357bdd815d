// What measured rows say of a program, as lines for people.

using System.Collections.Immutable;
using System.Globalization;
using Nsc.Compiler.FineTuning;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Engine.Adapting;

namespace Nsc.CommandLine.Reporting;

internal static class AdaptationLines
{
    private const int MostRows = 5;

    public static IEnumerable<string> Of(FineTuneResult tuned)
    {
        if (tuned.Program is not { } program)
        {
            return [];
        }

        IEnumerable<string> constants = program.Changed.Select(c => string.Create(
            CultureInfo.InvariantCulture, $"the rows are explained by {c.Value:G6} in place of {c.Constant.Value:R}{(c.Constant.Line > 0 ? $" in line {c.Constant.Line}" : "")} (95% interval {c.Low:G6} to {c.High:G6})"));
        ImmutableArray<int> rows = program.Contradictions(tuned.Training);
        return
        [
            .. constants, .. rows.IsEmpty ? (string[])[] : [$"{rows.Length} of {tuned.Training.Count} rows contradict the program, which explains the others:"],
            .. rows.Take(MostRows).Select(r => "  " + Row(tuned.Surrogate.Signature, tuned.Training, r, program)),
        ];
    }

    private static string Row(ProgramSignature signature, SampleSet rows, int row, ProgramMean program)
    {
        double[] inputs = rows.Inputs(row).ToArray(), said = program.At(inputs) ?? [];
        IEnumerable<string> named = signature.Inputs.Zip(inputs, (v, x) => string.Create(CultureInfo.InvariantCulture, $"{v.Name}={x:G6}"));
        IEnumerable<string> outputs = signature.Outputs.Select((o, k) => string.Create(CultureInfo.InvariantCulture, $"{o.Name} is {rows.Outputs(row)[k]:G6}, the program gives {said.ElementAtOrDefault(k):G6}"));
        return $"{string.Join(' ', named)}: {string.Join("; ", outputs)}";
    }
}
