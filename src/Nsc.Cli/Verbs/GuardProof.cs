// The proof that a guard keeps its promise, on the very file that is exported: compiled, run on random inputs in and out of range, and
// compared with the original.

using System.Globalization;
using Nsc.Cli.Output;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Text;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Tools;

namespace Nsc.Cli.Verbs;

/// <summary>What was found for the inputs on one side of the ranges' ends.</summary>
/// <param name="Inputs">How many were compared.</param>
/// <param name="LeftOut">How many more were not, because the run was cut short.</param>
/// <param name="Failures">On how many of the compared ones the original fails or gives no number.</param>
/// <param name="Fallbacks">For how many the original is called.</param>
/// <param name="Beyond">
/// In range: for how many an output errs by more than is allowed, or the surrogate answers where the original fails. Out of range: for how many
/// anything differs at all.
/// </param>
/// <param name="Rate">The share of all such inputs, between two limits (Clopper and Pearson's), with the limit's confidence.</param>
internal sealed record ProofSideJson(int Inputs, int LeftOut, int Failures, int Fallbacks, int Beyond, double[] Rate);

/// <param name="Outside">Null when no value of the inputs' types is out of range.</param>
internal sealed record ProofJson(double Confidence, ProofSideJson Inside, ProofSideJson? Outside)
{
    /// <summary>What is wrong, in words; null when the promise is kept.</summary>
    public string? Objection(ErrorLimit limit) =>
        Outside is { Beyond: > 0 } or { Inputs: 0 } ? $"the guard is not proved out of range: {Outside.Beyond} of {Outside.Inputs} answers are not the original's"
        : Inside.Inputs == 0 || Inside.Rate[1] > limit.Rate ? string.Create(CultureInfo.InvariantCulture, $"the guard is not proved: up to {DirectedRounding.Up(100 * Inside.Rate[1], 3)}% of inputs in range may err by more than is allowed, and {DirectedRounding.Percent(limit.Rate)}% may")
        : null;

    public string[] Sentences() =>
    [
        Sentence("in range", Inside, "err by more than is allowed"),
        .. Outside is null ? (string[])["no value of the inputs' types is out of range"] : [Sentence("out of range", Outside, "differ from the original")],
    ];

    private string Sentence(string where, ProofSideJson side, string wrong) => string.Create(
        CultureInfo.InvariantCulture,
        $"{side.Inputs} inputs {where}: the original is called for {side.Fallbacks}, {side.Beyond} answers {wrong}: between {DirectedRounding.Down(100 * side.Rate[0], 3)}% and {DirectedRounding.Up(100 * side.Rate[1], 3)}% of all, with {DirectedRounding.Percent(Confidence)}% confidence{(side.Failures == 0 ? "" : $"; the original fails on {side.Failures} of them, where only it may answer")}{(side.LeftOut == 0 ? "" : $"; {side.LeftOut} more were not reached")}");
}

/// <summary>Compares an exported file with its original.</summary>
internal sealed class GuardProof(CProgram original, CProgram exported, double[] allowed, ErrorLimit limit, Toolchain toolchain, Terminal terminal)
{
    private const string Entry = "nsc_proof";
    private const int Piece = 1 << 16;

    // The bits of each output as two whole numbers, and whether the surrogate answered.
    private int Columns => (2 * allowed.Length) + 1;

    public ProofJson Run(int count, long seed, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        using SandboxRunner runner = SandboxRunner.Create(toolchain);
        using NativeProgram? truth = NativeProgram.Compile(InBits(original, "0"), toolchain, diagnostics, limits: null, runner);
        using NativeProgram? guarded = NativeProgram.Compile(InBits(exported, $"{original.Signature.Function}_answers(nsc_in, nsc_values)"), toolchain, diagnostics, limits: null, runner);
        diagnostics.ShowAndStopOnErrors(terminal);
        var random = new SplitMix64(SampleSeeds.For(seed, SamplePurpose.Proof));
        ProofSideJson Side(int rows, bool isInside, Func<int, double[]> draw) => Compare(truth!, guarded!, rows, isInside, draw, cancellationToken);
        return new ProofJson(
            limit.Confidence,
            Side(count - (count / 2), isInside: true, rows => InputSampler.Draw(original.Signature, rows, random)),
            OutOfRangeInputs.Draw(original.Signature, 1, random) is null ? null : Side(count / 2, isInside: false, rows => OutOfRangeInputs.Draw(original.Signature, rows, random)!));
    }

    private ProofSideJson Compare(
        NativeProgram truth, NativeProgram guarded, int count, bool isInside, Func<int, double[]> draw, CancellationToken cancellationToken)
    {
        int compared = 0, leftOut = 0, failures = 0, fallbacks = 0, beyond = 0;
        for (int start = 0; start < count; start += Piece)
        {
            int rows = Math.Min(Piece, count - start);
            terminal.Progress(() => $"proving {(isInside ? "in" : "out of")} range, {start} of {count}");
            double[] inputs = draw(rows);
            ProgramRun expected = truth.Run(inputs, cancellationToken), actual = guarded.Run(inputs, cancellationToken);
            for (int row = 0; row < rows; row++)
            {
                (SampleStatus wanted, SampleStatus given) = (expected.Statuses[row], actual.Statuses[row]);
                if (wanted == SampleStatus.NotRun || given == SampleStatus.NotRun)
                {
                    leftOut++;
                    continue;
                }

                compared++;
                bool crashes = wanted != SampleStatus.Ok;
                bool isFallback = given == SampleStatus.Ok ? actual.Outputs[(row * Columns) + Columns - 1] == 0 : crashes;
                bool fails = crashes || !IsFinite(expected, row);
                fallbacks += isFallback ? 1 : 0;
                failures += fails ? 1 : 0;
                bool isKept = crashes ? isFallback : given == SampleStatus.Ok && (isFallback || !fails) && IsRight(expected, actual, row, isInside && !isFallback);
                beyond += isKept ? 0 : 1;
            }

            // A program that crashes on most inputs, perhaps by never returning, would take hours to say no more.
            if (expected.Statuses.Count(s => s != SampleStatus.Ok) > rows / 2)
            {
                leftOut += count - start - rows;
                break;
            }
        }

        (double low, double high) = compared == 0 ? (0, 1) : ErrorBound.Interval(beyond, compared, limit.Confidence);
        return new ProofSideJson(compared, leftOut, failures, fallbacks, beyond, [low, high]);
    }

    private bool IsFinite(ProgramRun run, int row) => Enumerable.Range(0, allowed.Length).All(k => double.IsFinite(Output(run, row, k)));

    // The original's own answers must be the same to the last bit; which NaN it is does not matter.
    private bool IsRight(ProgramRun expected, ProgramRun actual, int row, bool isSurrogates)
    {
        for (int k = 0; k < allowed.Length; k++)
        {
            double wanted = Output(expected, row, k), given = Output(actual, row, k);
            if (isSurrogates ? !(Math.Abs(given - wanted) <= allowed[k]) : !given.Equals(wanted))
            {
                return false;
            }
        }

        return true;
    }

    private double Output(ProgramRun run, int row, int k)
    {
        int at = (row * Columns) + (2 * k);
        return BitConverter.UInt64BitsToDouble((ulong)run.Outputs[at] | ((ulong)run.Outputs[at + 1] << 32));
    }

    // The sandbox takes what is no finite number for a failure; here a NaN of the original's is an answer like any other.
    private CProgram InBits(CProgram program, string answers)
    {
        int outputs = allowed.Length;
        string entry = string.Create(CultureInfo.InvariantCulture, $$"""

            void {{Entry}}(const double *nsc_in, double *nsc_out);
            void {{Entry}}(const double *nsc_in, double *nsc_out) {
              union { double value; unsigned long long bits; } nsc_cell;
              double nsc_values[{{outputs}}] = { 0 };
              {{program.EntryName}}(nsc_in, nsc_values);
              for (int nsc_k = 0; nsc_k < {{outputs}}; nsc_k++) {
                nsc_cell.value = nsc_values[nsc_k];
                nsc_out[2 * nsc_k] = (double)(nsc_cell.bits & 0xffffffffu);
                nsc_out[2 * nsc_k + 1] = (double)(nsc_cell.bits >> 32);
              }
              nsc_out[{{2 * outputs}}] = {{answers}};
            }

            """);
        return program with
        {
            EntrySource = program.EntrySource + entry, EntryName = Entry,
            Signature = program.Signature with { Outputs = [.. Enumerable.Range(0, Columns).Select(i => new OutputVariable($"bits[{i}]", ScalarKind.Double))] },
        };
    }
}
