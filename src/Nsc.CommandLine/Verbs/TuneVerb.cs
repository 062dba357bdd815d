// nsc tune: inputs at which a program's outputs are as wanted, or with which it gives what was observed.

using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Nsc.CommandLine.Data;
using Nsc.CommandLine.Json;
using Nsc.CommandLine.Reporting;
using Nsc.Compiler;
using Nsc.Compiler.Sampling;
using Nsc.Compiler.Tuning;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Engine.Search;

namespace Nsc.CommandLine.Verbs;

internal static partial class TuneVerb
{
    // Of an output's deviation: how far from its target it may be unless told otherwise.
    private const double Tolerance = 0.02;

    private static readonly Argument<FileInfo> s_surrogate = new("SURROGATE") { Description = "The surrogate whose program is tuned." };
    private static readonly Option<string[]> s_minimise = new("--minimize")
    {
        Description = "Make this output small. Two outputs to be small or large give their front: what one costs the other.", HelpName = "OUTPUT", DefaultValueFactory = _ => [],
    };

    private static readonly Option<string[]> s_maximise = new("--maximize") { Description = "Make this output large.", HelpName = "OUTPUT", DefaultValueFactory = _ => [] };
    private static readonly Option<string[]> s_target = new("--target")
    {
        Description = "Give this output a value; repeat it for several, which are met by least squares.", HelpName = "OUTPUT=VALUE", DefaultValueFactory = _ => [],
    };

    private static readonly Option<string[]> s_bounds = new("--subject-to")
    {
        Description = "Keep an output at or below a bound (<=), or at or above it (>=); repeat it for several.", HelpName = "OUTPUT<=BOUND", DefaultValueFactory = _ => [],
    };

    private static readonly Option<double?> s_tolerance = new("--tolerance")
    {
        Description = $"How far from the --target an output may be, in its units; further is not reached, and exit code {(int)ExitCode.QualityMissed}. Default: {100 * Tolerance}% of the output's deviation.",
        HelpName = "T",
    };

    private static readonly Option<FileInfo?> s_data = new("--data")
    {
        Description = "A CSV or Parquet file. With a goal: samples that the program gave already. Without one: what was observed, and the inputs without a column are sought.", HelpName = "FILE",
    };

    private static readonly RowsOptions s_rows = new();
    private static readonly Option<int> s_calls = Options.Count("--calls", "On how many rows the program may be run.", TuneRequest.DefaultCalls);
    private static readonly Option<string[]> s_fix = new("--fix") { Description = "Keep an input at a value; repeat it for several.", HelpName = "INPUT=VALUE", DefaultValueFactory = _ => [] };
    private static readonly ProjectFlagOptions s_project = new();
    private static readonly Option<FileInfo?> s_program = new("--program") { Description = "Tune this C file's function instead of the one that the surrogate carries.", HelpName = "FILE.c" };
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<bool> s_json = Options.Json();
    private static readonly Option<FileInfo?> s_report = Reports.Option();

    public static Command Create() => new Command("tune", "Find inputs that a program's outputs are wanted for: through its dataflow or its surrogate, verified on the program.")
    {
        s_surrogate, s_minimise, s_maximise, s_target, s_bounds, s_tolerance, s_data, s_calls, s_fix, s_program, s_seed, s_json, s_report,
    }.With(s_rows).With(s_project).WithAction(Run);

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        Surrogate surrogate = SourceFiles.LoadSurrogate(parse.GetRequiredValue(s_surrogate));
        TuningGoal? goal = Goal(parse, surrogate);
        FileInfo? data = parse.GetValue(s_data);
        TableReading reading = s_rows.Reading(parse);
        TuneRequest request = new()
        {
            Goal = goal, Kept = [.. Fixed(parse.GetRequiredValue(s_fix), surrogate.Signature)], Calls = parse.GetValue(s_calls), Seed = parse.GetValue(s_seed),
            Observed = goal is null ? ObservedFile.Read(data!, surrogate.Signature, reading) : null,
            Known = goal is null || data is null ? null : SampleFile.Read(data.ToString(), surrogate.Signature, reading),
            Program = parse.GetValue(s_program) is { } file ? SourceFiles.Read(file.ToString(), s_project.Read(parse)) : null,
        };
        if (data is not null)
        {
            string name = SampleFile.ShortName(data);
            string? fractions = FractionalInputs.Remark(surrogate.Signature, (request.Observed?.Rows ?? request.Known!).X, name);
            Array.ForEach([.. reading.Remarks(name), .. fractions is null ? [] : (string[])[fractions]], terminal.Say);
        }

        RequireSought(request);
        terminal.Progress(() => "searching");
        if (goal?.Wishes.Count(w => w.IsExtreme) == 2)
        {
            var front = new FrontTables(surrogate.Signature, SurrogateCompiler.TuneFront(surrogate, request, cancellationToken).Require(terminal));
            front.Show(parse.GetValue(s_json), terminal);
            if (parse.GetValue(s_report) is { } page)
            {
                Reports.Write(page, front.Report(Reports.Command(parse)), terminal);
            }

            return ExitCode.Success;
        }

        TuningResult result = SurrogateCompiler.Tune(surrogate, request, cancellationToken).Require(terminal);
        var shown = new TuningTables(surrogate, request, result);
        shown.Show(parse.GetValue(s_json), terminal);
        if (parse.GetValue(s_report) is { } report)
        {
            Reports.Write(report, shown.Report(Reports.Command(parse)), terminal);
        }

        if (shown.Missed is { } missed)
        {
            terminal.Say($"nsc: not reached: {missed}");
            return ExitCode.QualityMissed;
        }

        return ExitCode.Success;
    }

    // Null where rows were observed.
    private static TuningGoal? Goal(ParseResult parse, Surrogate surrogate)
    {
        (string[] small, string[] large, string[] targets) = (parse.GetRequiredValue(s_minimise), parse.GetRequiredValue(s_maximise), parse.GetRequiredValue(s_target));
        string[] bounds = parse.GetRequiredValue(s_bounds);
        int extremes = small.Length + large.Length;
        if (extremes > 2 || (extremes > 0 && targets.Length > 0) || (extremes + targets.Length == 0 && (bounds.Length > 0 || parse.GetValue(s_data) is null)))
        {
            string first = surrogate.Signature.Outputs[0].Name;
            throw new CommandException(
                ExitCode.Usage, "give --minimize OUTPUT or --maximize OUTPUT (two for their front), or --target OUTPUT=VALUE, or --data FILE with what was observed", $"such as: --minimize {first}");
        }

        if (parse.GetValue(s_tolerance) is double.NaN or < 0 || (parse.GetValue(s_tolerance) is not null && targets.Length == 0))
        {
            throw new CommandException(ExitCode.Usage, "--tolerance is for --target, and must be a number that is not negative");
        }

        Wish Of(string name, WishKind kind, double value)
        {
            int output = IndexOf(name, surrogate.Signature.Outputs.Select(o => o.Name), "output", surrogate.Signature);
            double unit = surrogate.OutputDeviation[output];
            return new Wish(output, kind, value, unit, parse.GetValue(s_tolerance) ?? Tolerance * unit);
        }

        Wish[] wishes =
        [
            .. small.Select(name => Of(name, WishKind.Small, 0)), .. large.Select(name => Of(name, WishKind.Large, 0)),
            .. targets.Select(t => Binding(t, "--target")).Select(t => Of(t.Name, WishKind.Value, t.Value)), .. bounds.Select(b => Bound(b, Of)),
        ];
        return wishes.GroupBy(w => (w.Output, w.Kind)).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? throw new CommandException(ExitCode.Usage, $"'{surrogate.Signature.Outputs[twice.Key.Output].Name}' is given twice")
            : wishes.Where(w => w.IsExtreme).GroupBy(w => w.Output).Any(g => g.Count() > 1) ? throw new CommandException(ExitCode.Usage, "an output cannot be small and large")
            : wishes.Length == 0 ? null : new TuningGoal([.. wishes]);
    }

    private static Wish Bound(string text, Func<string, WishKind, double, Wish> of)
    {
        Match match = BoundForm().Match(text);
        return match.Success && double.TryParse(match.Groups[3].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double bound) && double.IsFinite(bound)
            ? of(match.Groups[1].Value, match.Groups[2].Value == "<=" ? WishKind.AtMost : WishKind.AtLeast, bound)
            : throw new CommandException(ExitCode.Usage, $"--subject-to {text}: expected OUTPUT<=BOUND or OUTPUT>=BOUND with a finite number");
    }

    // With observed rows the inputs that have a column do not move.
    private static void RequireSought(TuneRequest request)
    {
        if (request.Kept.Select((kept, i) => kept is not null || request.Observed?.Sought[i] == false).All(isFixed => isFixed))
        {
            throw new CommandException(ExitCode.Usage, request.Observed is null ? "--fix leaves no input to search over" : "the file has a column for each input that --fix leaves; there is nothing to look for");
        }
    }

    private static double?[] Fixed(string[] bindings, ProgramSignature signature)
    {
        var kept = new double?[signature.Inputs.Length];
        foreach (string binding in bindings)
        {
            (string name, double value) = Binding(binding, "--fix");
            int input = IndexOf(name, signature.Inputs.Select(i => i.Name), "input", signature);
            (Interval range, ScalarKind kind) = (signature.Inputs[input].Range, signature.Inputs[input].Kind);
            if (kind.IsInteger() && value != Math.Floor(value))
            {
                throw new CommandException(ExitCode.Usage, $"--fix {binding}: '{name}' of type {kind.Spelling()} cannot be {value.ToString("R", CultureInfo.InvariantCulture)}");
            }

            kept[input] = value >= range.Low && value <= range.High
                ? value
                : throw new CommandException(ExitCode.Usage, $"--fix {binding}: the surrogate was made for {name} in {range}");
        }

        return kept;
    }

    private static (string Name, double Value) Binding(string text, string option) => Options.NamedNumber(text)
        ?? throw new CommandException(ExitCode.Usage, $"{option} {text}: expected NAME=VALUE with a finite number");

    private static int IndexOf(string name, IEnumerable<string> names, string what, ProgramSignature signature)
    {
        string[] all = [.. names];
        int index = Array.IndexOf(all, name);
        return index >= 0 ? index : throw new CommandException(ExitCode.Usage, $"'{signature.Function}' has no {what} '{name}'; it has {string.Join(", ", all)}");
    }

    [GeneratedRegex(@"^\s*([^<>=\s]+)\s*(<=|>=)\s*(\S+)\s*$")]
    private static partial Regex BoundForm();
}
