// nsc tune: the inputs at which a program's output is as wanted, found through its surrogate and verified on the program.

using System.CommandLine;
using System.Globalization;
using Nsc.CommandLine.Json;
using Nsc.Compiler.Input;
using Nsc.Compiler.Sampling;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Engine.Search;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Tools;

namespace Nsc.CommandLine.Verbs;

internal static class TuneVerb
{
    private static readonly Argument<FileInfo> s_surrogate = new("SURROGATE") { Description = "The surrogate to search through." };
    private static readonly Option<string?> s_minimise = new("--minimize") { Description = "Make this output small.", HelpName = "OUTPUT" };
    private static readonly Option<string?> s_maximise = new("--maximize") { Description = "Make this output large.", HelpName = "OUTPUT" };
    private static readonly Option<string?> s_target = new("--target") { Description = "Give this output a value.", HelpName = "OUTPUT=VALUE" };
    private static readonly Option<double?> s_tolerance = new("--tolerance")
    {
        Description = $"How far from the --target the output may be, in its units; further is not reached, and exit code {(int)ExitCode.QualityMissed}. Default: {VerifiedSearch.Tolerance:P0} of the output's deviation.",
        HelpName = "T",
    };

    private static readonly Option<string[]> s_fix = new("--fix") { Description = "Keep an input at a value; repeat it for several.", HelpName = "INPUT=VALUE" };
    private static readonly ProjectFlagOptions s_project = new();
    private static readonly Option<FileInfo?> s_program = new("--program") { Description = "Verify on this C file's function instead of the one that the surrogate carries.", HelpName = "FILE.c" };
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create() => new Command("tune", "Find inputs by gradient through a surrogate, verified on the program.")
    {
        s_surrogate, s_minimise, s_maximise, s_target, s_tolerance, s_fix, s_program, s_seed, s_json,
    }.With(s_project).WithAction(Run);

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        Surrogate surrogate = SourceFiles.LoadSurrogate(parse.GetRequiredValue(s_surrogate));
        TuningGoal goal = Goal(parse, surrogate.Signature);
        double tolerance = Tolerance(parse, surrogate, goal);
        double?[] kept = Fixed(parse.GetValue(s_fix) ?? [], surrogate.Signature);
        var diagnostics = new DiagnosticBag();
        Toolchain toolchain = SourceFiles.RequireToolchain();
        CSource? other = parse.GetValue(s_program) is { } file ? SourceFiles.Read(file.ToString(), s_project.Read(parse)) : null;
        CProgram? program = CarriedProgram.Parse(surrogate, other, toolchain, diagnostics);
        diagnostics.ShowAndStopOnErrors(terminal);
        using NativeProgram? native = NativeProgram.Compile(program!, toolchain, diagnostics, limits: null);
        diagnostics.ShowAndStopOnErrors(terminal);
        TuningResult result = VerifiedSearch.Run(surrogate, goal, kept, rows => native!.Run(rows, cancellationToken), parse.GetValue(s_seed), cancellationToken)
            ?? throw new CommandException(ExitCode.Refused, "the program gave no usable output at any of the proposed inputs",
                "keep inputs where it has a value with --fix NAME=VALUE, or compile it over narrower ranges");
        bool? isReached = goal.IsReached(result.Actual, tolerance);
        Show(parse, terminal, surrogate.Signature, goal, result, isReached);
        if (isReached == false)
        {
            terminal.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"nsc: not reached: {surrogate.Signature.Outputs[goal.Output].Name} is {result.Actual:G6} at best, {goal.Cost(result.Actual):G3} from {goal.Target:R}; {tolerance:G3} is allowed (--tolerance)"));
        }

        return isReached == false ? ExitCode.QualityMissed : ExitCode.Success;
    }

    private static double Tolerance(ParseResult parse, Surrogate surrogate, TuningGoal goal)
    {
        double? asked = parse.GetValue(s_tolerance);
        return asked is double.NaN or < 0 || (asked is not null && goal.Target is null)
            ? throw new CommandException(ExitCode.Usage, "--tolerance is for --target, and must be a number that is not negative")
            : asked ?? VerifiedSearch.Tolerance * surrogate.OutputDeviation[goal.Output];
    }

    private static TuningGoal Goal(ParseResult parse, ProgramSignature signature)
    {
        (string? small, string? large, string? target) = (parse.GetValue(s_minimise), parse.GetValue(s_maximise), parse.GetValue(s_target));
        if (new[] { small, large, target }.Count(g => g is not null) != 1)
        {
            string first = signature.Outputs[0].Name;
            throw new CommandException(ExitCode.Usage, "give one of --minimize OUTPUT, --maximize OUTPUT and --target OUTPUT=VALUE", $"such as: --minimize {first}");
        }

        if (target is not null)
        {
            (string name, double value) = Binding(target, "--target");
            return new TuningGoal(IndexOf(name, signature.Outputs.Select(o => o.Name), "output", signature), 1, value);
        }

        return new TuningGoal(IndexOf((small ?? large)!, signature.Outputs.Select(o => o.Name), "output", signature), small is null ? -1 : 1, null);
    }

    private static double?[] Fixed(string[] bindings, ProgramSignature signature)
    {
        var kept = new double?[signature.Inputs.Length];
        foreach (string binding in bindings)
        {
            (string name, double value) = Binding(binding, "--fix");
            int input = IndexOf(name, signature.Inputs.Select(i => i.Name), "input", signature);
            Interval range = signature.Inputs[input].Range;
            kept[input] = value >= range.Low && value <= range.High
                ? value
                : throw new CommandException(ExitCode.Usage, $"--fix {binding}: the surrogate was made for {name} in {range}");
        }

        return Array.TrueForAll(kept, k => k is not null) ? throw new CommandException(ExitCode.Usage, "--fix leaves no input to search over") : kept;
    }

    private static (string Name, double Value) Binding(string text, string option) => Options.NamedNumber(text)
        ?? throw new CommandException(ExitCode.Usage, $"{option} {text}: expected NAME=VALUE with a finite number");

    private static int IndexOf(string name, IEnumerable<string> names, string what, ProgramSignature signature)
    {
        string[] all = [.. names];
        int index = Array.IndexOf(all, name);
        return index >= 0 ? index : throw new CommandException(ExitCode.Usage, $"'{signature.Function}' has no {what} '{name}'; it has {string.Join(", ", all)}");
    }

    private static void Show(ParseResult parse, Terminal terminal, ProgramSignature signature, TuningGoal goal, TuningResult result, bool? isReached)
    {
        if (parse.GetValue(s_json))
        {
            NscJson.Write(terminal.Output, new TuneJson(
                signature.Outputs[goal.Output].Name, result.Actual, signature.Inputs.Select((v, i) => (v.Name, result.Inputs[i])).ToDictionary(p => p.Name, p => p.Item2),
                isReached, result.Agrees, result.ProgramCalls, [.. result.Rounds.Select(r => new TuneRoundJson(r.Proposal.Predicted, r.Actual))]));
            return;
        }

        foreach ((TuningRound round, int i) in result.Rounds.Select((r, i) => (r, i)))
        {
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"round {i + 1}: the surrogate says {round.Proposal.Predicted:G6}, the program {round.Actual:G6}"));
        }

        for (int i = 0; i < result.Inputs.Length; i++)
        {
            terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{signature.Inputs[i].Name} = {result.Inputs[i]:R}"));
        }

        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{signature.Outputs[goal.Output].Name} = {result.Actual:R}"));
        terminal.Say($"{(goal.Target is not null ? "the program's own output" : goal.Sign > 0 ? "the least output that was found, not known to be the least there is" : "the greatest output that was found, not known to be the greatest there is")}; {result.ProgramCalls} executions{(result.Agrees ? "" : "; surrogate and program still disagree there: the best inputs that the program was asked about are shown")}");
    }
}
