// nsc bench accelerate: nets beside interpolants, polynomials, tables and the program in single precision, by error and time; and whole applications.

using System.CommandLine;
using System.Globalization;
using Nsc.Bench.Accelerating;
using Nsc.Cli.Benching;
using Nsc.Cli.Output;
using Nsc.CommandLine;
using Nsc.Compiler;
using Nsc.Compiler.Acceleration;
using Nsc.Compiler.Evaluation;
using Nsc.Compiler.Input;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Text;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;
using Nsc.FrontEnd.Tools;

namespace Nsc.Cli.Verbs.Bench;

internal static class BenchAccelerateVerb
{
    private static readonly Option<FileInfo?> s_model = Options.Model();
    private static readonly Option<int> s_samples = Options.Count("--samples", "Samples to fine-tune on.", 2048, FineTuneOptions.FewestSamples);
    private static readonly Option<int> s_heldOut = Options.Count("--held-out", "Samples that nothing is trained on: one half chooses, the other one measures.", 8192, 2);
    private static readonly Option<int> s_steps = Options.Count("--steps", "The most optimiser steps.", FineTuneOptions.DefaultSteps(Optimizer.Lm));
    private static readonly Option<DirectoryInfo?> s_applications = new("--applications")
    {
        Description = "Also build and run the applications of this folder, with and without their kernels replaced. They are run as they are, without a sandbox.", HelpName = "DIR",
    };

    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<bool> s_details = new("--details") { Description = "Also show everything that was measured, not the front alone." };
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create()
    {
        var command = new Command("accelerate", "accelerate --method auto beside every approximation of every size, by error and nanoseconds a call (scripts/bench-accelerate).")
        {
            s_model, s_samples, s_heldOut, s_steps, s_applications, s_seed, s_details, s_json,
        };
        BenchProgramsOptions.AddTo(command);
        return command.WithAction(Run);
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        DirectoryInfo? folder = parse.GetValue(s_applications);
        string[] missing = folder is null ? [] : [.. Application.All.Select(a => a.File).Where(f => !File.Exists(Path.Combine(folder.FullName, f)))];
        if (missing.Length > 0)
        {
            throw new CommandException(ExitCode.Refused, $"'{folder}' has no {string.Join(", ", missing)}");
        }

        Toolchain toolchain = SourceFiles.RequireToolchain();
        var (loading, request) = (new DiagnosticBag(), Request(parse));
        CProgram[] programs = BenchProgramsOptions.Load(parse, parse.GetValue(s_seed), toolchain, loading);
        terminal.Show(loading);
        var (advice, rows, applications) = (new List<AccelerationAdvice>(), new List<AcceleratedRow>(), new List<ApplicationRow>());
        foreach (CProgram program in programs)
        {
            var found = new DiagnosticBag();
            void Progress(string line) => terminal.Progress(() => $"{program.Signature.Function}: {line}");
            if (new AccelerationStudy(request, toolchain, found, Progress, cancellationToken).Of(program) is var (advised, measured))
            {
                advice.Add(advised);
                rows.AddRange(measured);
            }

            ShowLeftOut(program.Signature.Function, found, terminal);
        }

        foreach (Application application in folder is null ? [] : Application.All)
        {
            var found = new DiagnosticBag();
            if (application.Measure(folder!.FullName, request, toolchain, found, line => terminal.Progress(() => $"{application.File}: {line}"), cancellationToken) is { } row)
            {
                applications.Add(row);
            }

            ShowLeftOut(application.File, found, terminal);
        }

        if (advice.Count + applications.Count == 0)
        {
            throw new CommandException(ExitCode.Refused, "no program to measure on");
        }

        Report(parse, terminal, new BenchAccelerateJson([.. advice], [.. rows], [.. applications]));
        return ExitCode.Success;
    }

    // One program that cannot be measured is left out; without a model none can.
    private static void ShowLeftOut(string name, DiagnosticBag found, Terminal terminal)
    {
        if (found.Any(d => d.RefusalKind() == Refusal.Missing))
        {
            found.ShowAndStopOnErrors(terminal);
        }

        foreach (Diagnostic refusal in found.Where(d => d.RefusalKind() is not null && d.Severity == Severity.Error))
        {
            terminal.Say($"{name} is left out: {refusal.Message}");
        }

        terminal.Show(found.Where(d => d.Severity == Severity.Error).Select(d => d with { Severity = Severity.Note }));
    }

    private static AccelerateRequest Request(ParseResult parse)
    {
        var compile = new CompileOptions { Model = parse.GetValue(s_model)?.FullName, Seed = parse.GetValue(s_seed) };
        return new AccelerateRequest(compile, new ErrorLimit(), parse.GetValue(s_samples), parse.GetValue(s_heldOut), parse.GetValue(s_steps)) { Method = AccelerationMethods.Auto };
    }

    private static void Report(ParseResult parse, Terminal terminal, BenchAccelerateJson result)
    {
        if (parse.GetValue(s_json))
        {
            ResearchJson.Write(terminal.Output, result);
            return;
        }

        foreach (AccelerationAdvice advice in result.Advice)
        {
            terminal.Output.WriteLine($"{PrintableText.OneLine(advice.Program)}, {advice.Inputs} inputs");
            foreach (AcceleratedRow row in result.Rows.Where(r => r.Program == advice.Program && (r.IsOnFront || parse.GetValue(s_details))).OrderBy(r => r.Ns))
            {
                string mark = row.Method == AccelerationMethods.Net && row.IsOnFront ? "  <- ours" : row.IsOnFront ? "" : "  (not on the front)";
                terminal.Output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"  {row.Method,-12}{row.Size,-28}{row.Ns,10:F1} ns  NMSE {row.Nmse,-10:G3} 99% within {(row.Tail is { } tail ? tail.ToString("G3", CultureInfo.InvariantCulture) : "?"),-9}{(row.Keeps ? "" : " breaks the bound")}{mark}"));
            }
        }

        ShowAdvice(terminal, result.Advice);
        ShowApplications(terminal, result.Applications);
    }

    private static void ShowAdvice(Terminal terminal, AccelerationAdvice[] all)
    {
        if (all.Length == 0)
        {
            return;
        }

        var table = new TextTable(
            0, TextColumn.Fitting("program", all.Select(a => a.Program)), new("inputs", 8), new("ns", 11), new("advised", 14, IsText: true, Gap: 2), new("size", 28, IsText: true), new("ns", 9),
            new("best", 14, IsText: true, Gap: 2), new("size", 28, IsText: true), new("ns", 9), new("right", 7));
        foreach (AccelerationAdvice a in all)
        {
            table.Add($"{a.Program}", $"{a.Inputs}", $"{a.OriginalNs:F1}", $"{a.Advised}", $"{a.AdvisedSize}", $"{a.AdvisedNs:F1}", $"{a.Best}", $"{a.BestSize}", $"{a.BestNs:F1}", $"{(a.IsRight ? "yes" : "no")}");
        }

        table.Write(terminal);
        terminal.Output.WriteLine($"advised: what accelerate --method auto takes; best: the fastest of all that keep the bound on new samples (a tenth of a deviation, 99% of inputs); right: within a tenth of that on {all.Count(a => a.IsRight)} of {all.Length}");
        terminal.Output.WriteLine($"our nets are on the front of error against time on {all.Count(a => a.NetIsOnFront)} of {all.Length}; 99% within: in deviations of the output, for all inputs with 95% confidence");
    }

    private static void ShowApplications(Terminal terminal, ApplicationRow[] rows)
    {
        foreach (ApplicationRow row in rows)
        {
            terminal.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{row.Application}: {row.OriginalSeconds:F3} s, with {row.Taken} {row.Seconds:F3} s: {row.SpeedUp:F2} times as fast; {row.Metric}: {row.Value:G3}"));
        }
    }
}
