// nsc eval: how far a surrogate is from its program.

using System.CommandLine;
using Nsc.CommandLine.Data;
using Nsc.CommandLine.Json;
using Nsc.CommandLine.Reporting;
using Nsc.Compiler.Evaluation;
using Nsc.Compiler;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;

namespace Nsc.CommandLine.Verbs;

internal static class EvalVerb
{
    private static readonly Argument<FileInfo> s_surrogate = new("SURROGATE") { Description = "The surrogate to evaluate." };
    private static readonly SampleOptions s_source = new(SurrogateCompiler.DefaultEvaluationSamples);
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<bool> s_json = Options.Json();
    private static readonly Option<FileInfo?> s_report = Reports.Option();
    private static readonly Option<double?> s_maxNmse = new("--max-nmse")
    {
        Description = $"Exit with code {(int)ExitCode.QualityMissed} when the NMSE is above this.", HelpName = "X",
    };

    private static readonly Option<bool> s_paths = new("--paths")
    {
        Description = "Also measure the error on each path through the program, on as many new samples, spread over the paths evenly.",
    };

    private static readonly ErrorLimitOptions s_limit = new();

    public static Command Create() => new Command("eval", "Measure a surrogate's error on samples that it was not tuned on.")
    {
        s_surrogate, s_source.Program, s_source.Data, s_source.Rows.Profile, s_source.Samples, s_maxNmse, s_limit.MaxError, s_limit.Rate, s_limit.Confidence, s_paths, s_seed, s_json, s_report,
    }.With(s_source.Rows).With(s_source.Project).WithAction(Run);

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        if (parse.GetValue(s_maxNmse) is double.NaN or < 0)
        {
            throw new CommandException(ExitCode.Usage, "--max-nmse must be a number that is not negative");
        }

        ErrorLimit limit = s_limit.Of(parse);
        Surrogate surrogate = SourceFiles.LoadSurrogate(parse.GetRequiredValue(s_surrogate));
        Evaluated found = SurrogateCompiler.Evaluate(
            surrogate, s_source.Of(parse, surrogate, SampleSeeds.For(parse.GetValue(s_seed), SamplePurpose.Evaluation)), limit, parse.GetValue(s_seed), parse.GetValue(s_paths), cancellationToken).Require(terminal);
        (SampleSet samples, ErrorMetrics metrics, BoundedError error) = (found.Samples, found.Metrics, found.Error);
        if (parse.GetValue(s_report) is { } report)
        {
            Reports.Write(report, SurrogateReport.OfEvaluation(surrogate, samples, found.Predicted, metrics, error.Sentences(), Reports.Command(parse)), terminal);
        }

        if (parse.GetValue(s_json))
        {
            NscJson.Write(terminal.Output, ToJson(surrogate, found));
        }
        else
        {
            Print(surrogate, found, terminal);
            Print(error, s_source.Population(parse), terminal.Output);
            found.Paths?.Print(surrogate.Signature.Function, terminal.Output);
        }

        if (limit.Objection(error) is { } objection)
        {
            terminal.Say($"nsc: {objection}");
            return ExitCode.QualityMissed;
        }

        if (metrics.Nmse > parse.GetValue(s_maxNmse))
        {
            terminal.Say($"nsc: NMSE {metrics.Nmse:G4} is above the bound {parse.GetValue(s_maxNmse):R}");
            return ExitCode.QualityMissed;
        }

        return ExitCode.Success;
    }

    private static void Print(Surrogate surrogate, Evaluated found, Terminal terminal)
    {
        (TextWriter output, ErrorMetrics metrics) = (terminal.Output, found.Metrics);
        output.WriteLine($"{surrogate.Signature.Function}: NMSE {metrics.Nmse:G4} on {found.Samples.Count} samples");
        var table = new TextTable(
            2, TextColumn.Fitting("output", surrogate.Signature.Outputs.Select(o => o.Name)), new("NMSE", 12), new("MSE", 12), new("MAE", 12), new("max", 12), new("R2", 10));
        foreach ((OutputError error, int k) in metrics.Outputs.Select((e, k) => (e, k)))
        {
            table.Add($"{surrogate.Signature.Outputs[k].Name}", $"{error.Nmse:G4}", $"{error.Mse:G4}", $"{error.Mae:G4}", $"{error.MaxAbs:G4}", $"{error.R2:F4}");
        }

        table.Write(terminal);
        foreach (string line in MissLines.Of(surrogate.Signature, found.Misses))
        {
            output.WriteLine($"  {line}");
        }

        foreach (string line in RelativeLines.Of(surrogate.Signature, [.. surrogate.Signature.Outputs.Select((_, k) => found.Relative(k))]))
        {
            output.WriteLine($"  {line}");
        }

        foreach ((OutputVariable variable, double? coverage) in surrogate.Signature.Outputs.Zip(found.Coverage).Where(o => o.Second is not null))
        {
            output.WriteLine($"  {variable.Name}: the intervals of {100 * ConformalErrors.Usual}% hold {100 * coverage!.Value:G3}% of the answers");
        }

        output.WriteLine("  worst:");
        foreach (WorstSample worst in metrics.Worst)
        {
            string inputs = string.Join(" ", worst.Inputs.Select((v, i) => $"{surrogate.Signature.Inputs[i].Name}={v:G5}"));
            output.WriteLine($"    {surrogate.Signature.Outputs[worst.Output].Name}({inputs}) is {worst.Expected[worst.Output]:G5}, surrogate {worst.Actual[worst.Output]:G5}");
        }
    }

    private static void Print(BoundedError error, string population, TextWriter output)
    {
        output.WriteLine($"  bound ({ErrorLimit.Method}{population}):");
        foreach (string sentence in error.Sentences())
        {
            output.WriteLine($"    {sentence}");
        }
    }

    private static EvalJson ToJson(Surrogate surrogate, Evaluated found) => new(
        found.Samples.Count,
        found.Nmse,
        [.. found.Metrics.Outputs.Select((e, k) => new OutputErrorJson(
            surrogate.Signature.Outputs[k].Name, e.Nmse, e.Mse, e.Mae, e.MaxAbs, e.R2, found.Misses[k]?.Rate, found.Misses[k]?.CommonestRate, found.Relative(k), found.Coverage[k]))],
        [.. found.Metrics.Worst.Select(w => new WorstJson(
            w.Inputs.Select((v, i) => (surrogate.Signature.Inputs[i].Name, v)).ToDictionary(p => p.Name, p => p.v),
            surrogate.Signature.Outputs[w.Output].Name, w.Expected[w.Output], w.Actual[w.Output]))],
        found.Error.Bounds, found.Error.BeyondRate, found.Error.ProgramFails, found.Paths?.Paths);
}
