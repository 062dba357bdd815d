// The proof that a guard keeps its promise, on the very file that is exported: compiled, run on random inputs in and out of range, and
// compared with the original.

using System.Globalization;
using Nsc.Compiler.Evaluation;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Tools;

namespace Nsc.Compiler.Exporting;

/// <summary>Compares an exported file with its original.</summary>
internal sealed class GuardProof(CProgram original, CProgram exported, double[] allowed, ErrorLimit limit, Toolchain toolchain, DiagnosticBag diagnostics, Action<string>? progress = null)
{
    private const string Entry = "nsc_proof";
    private const int Piece = 1 << 16;

    // The bits of each output as two whole numbers, and whether the surrogate answered.
    private int Columns => (2 * allowed.Length) + 1;

    /// <summary>Null when the files cannot be built.</summary>
    public Proof? Run(int count, long seed, CancellationToken cancellationToken)
    {
        using NativeProgram? truth = NativeProgram.Compile(InBits(original, "0"), toolchain, diagnostics, limits: null);
        using NativeProgram? guarded = NativeProgram.Compile(InBits(exported, $"{original.Signature.Function}_answers(nsc_in, nsc_values)"), toolchain, diagnostics, limits: null);
        if (truth is null || guarded is null || diagnostics.HasErrors)
        {
            return null;
        }

        var random = new SplitMix64(SampleSeeds.For(seed, SamplePurpose.Proof));
        ProofSide Side(int rows, bool isInside, Func<int, double[]> draw) => Compare(truth, guarded, rows, isInside, draw, cancellationToken);
        return new Proof(
            limit.Confidence,
            Side(count - (count / 2), isInside: true, rows => InputSampler.Draw(original.Signature, rows, random)),
            OutOfRangeInputs.Draw(original.Signature, 1, random) is null ? null : Side(count / 2, isInside: false, rows => OutOfRangeInputs.Draw(original.Signature, rows, random)!));
    }

    private ProofSide Compare(
        NativeProgram truth, NativeProgram guarded, int count, bool isInside, Func<int, double[]> draw, CancellationToken cancellationToken)
    {
        int compared = 0, leftOut = 0, failures = 0, fallbacks = 0, beyond = 0;
        for (int start = 0; start < count; start += Piece)
        {
            int rows = Math.Min(Piece, count - start);
            progress?.Invoke($"proving {(isInside ? "in" : "out of")} range, {start} of {count}");
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
        return new ProofSide(compared, leftOut, failures, fallbacks, beyond, [low, high]);
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
