// Runs the C file that is written, in the precision that it computes in: what is proved of an export is proved of this file.

using System.Globalization;
using Nsc.Compiler.Evaluation;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Projects;
using Nsc.FrontEnd.Tools;

namespace Nsc.Compiler.Exporting;

/// <summary>An exported C file, compiled by clang -O2 and run in the sandbox.</summary>
internal static class ExportedRun
{
    private const string Entry = "nsc_export";

    // In place of outputs that the sandbox would take for a failure.
    private enum Answer
    {
        None,
        Finite,
        NoNumber,
    }

    /// <summary>
    /// What the file's function gives for samples, and whether it answers by itself where the program fails; null when it cannot be run.
    /// </summary>
    /// <param name="text">The file.</param>
    /// <param name="project">How the file is read.</param>
    /// <param name="isDropIn">Whether the program's function is in it, defined by its surrogate.</param>
    /// <param name="isGuarded">Whether that calls the original for some inputs.</param>
    /// <param name="name">What the names in the file begin with; null for the function.</param>
    public static FunctionAnswers? Of(
        string text, CProgram original, ProjectOptions project, bool isDropIn, bool isGuarded, SampleSet samples, Toolchain toolchain, DiagnosticBag diagnostics, CancellationToken cancellationToken,
        string? name = null)
    {
        string f = original.Signature.Function;
        return Rebuild(text, original, project, toolchain, diagnostics, isDropIn ? [f, $"{f}_answers"] : [$"{name ?? f}_surrogate"]) is { } exported
            ? Of(exported, original, isDropIn, isGuarded, samples, toolchain, diagnostics, cancellationToken, name) : null;
    }

    /// <summary>The same for a file that <see cref="Rebuild(string, CProgram, ProjectOptions, bool, Toolchain, DiagnosticBag)"/> has read.</summary>
    public static FunctionAnswers? Of(
        CProgram exported, CProgram original, bool isDropIn, bool isGuarded, SampleSet samples, Toolchain toolchain, DiagnosticBag diagnostics, CancellationToken cancellationToken,
        string? name = null)
    {
        (int count, int outputs) = (samples.Count, samples.OutputCount);
        string f = original.Signature.Function, network = $"{name ?? f}_surrogate";
        string flag = isDropIn ? $"{f}_answers(nsc_in, nsc_scratch)" : "1";
        if (Run($"{(isDropIn ? original.EntryName : network)}(nsc_in, nsc_values)", samples.X) is not var (values, answers))
        {
            return null;
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = answers[i / outputs] == Answer.NoNumber ? double.NaN : values[i];
        }

        bool[]? answersFailure = isGuarded && samples.FailureCount > 0
            ? Run("(void)nsc_values", samples.Failed!.X)?.Answers.Select(a => a != Answer.None).ToArray()
            : [.. Enumerable.Repeat(true, samples.FailureCount)];
        return answersFailure is null
            ? null
            : new FunctionAnswers(values, isGuarded ? [.. Enumerable.Range(0, count).Select(row => answers[row] == Answer.None)] : null, answersFailure);

        (double[] Values, Answer[] Answers)? Run(string call, double[] inputs)
        {
            using NativeProgram? native = NativeProgram.Compile(WithEntry(exported, isDropIn, call, flag), toolchain, diagnostics, limits: null);
            if (native is null || diagnostics.HasErrors)
            {
                return null;
            }

            ProgramRun run = native.Run(inputs, cancellationToken);
            int rows = run.Statuses.Length;
            return (
                [.. Enumerable.Range(0, rows).SelectMany(row => run.Outputs.AsSpan(row * (outputs + 1), outputs).ToArray())],
                [.. Enumerable.Range(0, rows).Select(row => run.Statuses[row] == SampleStatus.Ok ? (Answer)run.Outputs[(row * (outputs + 1)) + outputs] : Answer.NoNumber)]);
        }
    }

    /// <summary>The file as a program, in which a surrogate has the function's place; null when it is not what it must be.</summary>
    public static CProgram? Rebuild(string text, CProgram original, ProjectOptions project, bool isDropIn, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        string f = original.Signature.Function;
        return Rebuild(text, original, project, toolchain, diagnostics, isDropIn ? [f, $"{f}_answers"] : [$"{f}_surrogate"]);
    }

    /// <param name="functions">Those of the file that its new entry calls.</param>
    public static CProgram? Rebuild(string text, CProgram original, ProjectOptions project, Toolchain toolchain, DiagnosticBag diagnostics, params string[] functions)
    {
        string? unit = ClangFrontEnd.UnitOf(original.Path, text, functions, project, toolchain, diagnostics);
        return unit is null || diagnostics.HasErrors ? null : original with { Source = unit };
    }

    private static CProgram WithEntry(CProgram exported, bool isDropIn, string call, string answers)
    {
        int outputs = exported.Signature.Outputs.Length;
        string entry = string.Create(CultureInfo.InvariantCulture, $$"""

            void {{Entry}}(const double *nsc_in, double *nsc_out);
            void {{Entry}}(const double *nsc_in, double *nsc_out) {
              double nsc_values[{{outputs}}] = {0}, nsc_scratch[{{outputs}}];
              (void)nsc_scratch;
              {{call}};
              nsc_out[{{outputs}}] = {{answers}} ? {{(int)Answer.Finite}} : {{(int)Answer.None}};
              for (int nsc_k = 0; nsc_k < {{outputs}}; nsc_k++) {
                int nsc_finite = nsc_values[nsc_k] - nsc_values[nsc_k] == 0;
                nsc_out[nsc_k] = nsc_finite ? nsc_values[nsc_k] : 0;
                if (!nsc_finite && nsc_out[{{outputs}}] != {{(int)Answer.None}})
                  nsc_out[{{outputs}}] = {{(int)Answer.NoNumber}};
              }
            }

            """);
        return exported with
        {
            EntrySource = (isDropIn ? exported.EntrySource : "") + entry, EntryName = Entry, DropIn = null,
            Signature = exported.Signature with
            {
                Outputs = [.. Enumerable.Range(0, outputs + 1).Select(i => new OutputVariable($"cell[{i}]", ScalarKind.Double))],
            },
        };
    }
}
