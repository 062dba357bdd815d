// nsc run: a surrogate's answer for given inputs.

using System.CommandLine;
using System.Globalization;
using Nsc.CommandLine.Data;
using Nsc.CommandLine.Json;
using Nsc.Compiler.Sampling;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Engine.Search;

namespace Nsc.CommandLine.Verbs;

internal static class RunVerb
{
    private static readonly Argument<FileInfo> s_surrogate = new("SURROGATE") { Description = "The surrogate to run." };
    private static readonly Argument<string[]> s_bindings = new("INPUT=VALUE")
    {
        Description = "A value for every input, such as x=0.5 y=1.", Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<FileInfo?> s_input = new("--input")
    {
        Description = "A CSV or Parquet file with a column for every input instead; - is standard input. Writes CSV.", HelpName = "FILE",
    };

    private static readonly RowsOptions s_rows = new();

    private static readonly Option<bool> s_jacobian = new("--jacobian")
    {
        Description = "Also the derivatives of the outputs by the inputs; of a whole number those of what is rounded to it.",
    };

    private static readonly Option<double?> s_interval = new("--interval")
    {
        Description = "Also low and high ends that hold the program's answer with this probability, such as 0.9, on inputs like those that fine-tuning held out: conformal prediction from their errors.",
        HelpName = "P",
    };

    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create() => new Command("run", "Run a surrogate on inputs.")
    {
        s_surrogate, s_bindings, s_input, s_interval, s_jacobian, s_json,
    }.With(s_rows).WithAction(Run);

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        Surrogate surrogate = SourceFiles.LoadSurrogate(parse.GetRequiredValue(s_surrogate));
        ProgramSignature signature = surrogate.Signature;
        string[] bindings = parse.GetRequiredValue(s_bindings);
        FileInfo? table = parse.GetValue(s_input);
        if (bindings.Length > 0 == (table is not null))
        {
            string example = string.Join(" ", signature.Inputs.Select(i => $"{i.Name}={i.Range.At(0):R}"));
            throw new CommandException(ExitCode.Usage, "give either INPUT=VALUE for every input or --input FILE", $"such as: {example}");
        }

        double[] inputs = table is null ? Bind(bindings, signature) : Read(table, signature, s_rows.Reading(parse), terminal);
        Warn(inputs, surrogate, table is null ? "INPUT=VALUE" : SampleFile.ShortName(table), terminal);
        NamedAnswers answers = parse.GetValue(s_interval) is { } probability
            ? NamedAnswers.WithIntervals(surrogate, surrogate.Answer(inputs), probability) : NamedAnswers.Of(surrogate, surrogate.Answer(inputs));
        if (parse.GetValue(s_jacobian))
        {
            JacobianTables.Write(parse.GetValue(s_json), table is not null, signature, answers, new SurrogateJacobian(surrogate).At(inputs), terminal.Output);
            return ExitCode.Success;
        }

        Write(parse.GetValue(s_json), table is not null, answers, terminal.Output);
        return ExitCode.Success;
    }

    private static double[] Read(FileInfo table, ProgramSignature signature, TableReading reading, Terminal terminal)
    {
        double[] inputs = SampleFile.ReadInputs(table.ToString(), signature, reading);
        foreach (string remark in reading.Remarks(SampleFile.ShortName(table)))
        {
            terminal.Say(remark);
        }

        return inputs;
    }

    private static double[] Bind(string[] bindings, ProgramSignature signature)
    {
        var values = new Dictionary<string, double>();
        foreach (string binding in bindings)
        {
            if (Options.NamedNumber(binding) is not { } bound)
            {
                throw new CommandException(ExitCode.Usage, $"'{binding}' is not INPUT=VALUE with a finite number");
            }

            if (!signature.Inputs.Any(i => i.Name == bound.Name))
            {
                throw new CommandException(ExitCode.Usage, $"'{signature.Function}' has no input '{bound.Name}'; it has {string.Join(", ", signature.Inputs.Select(i => i.Name))}");
            }

            if (!values.TryAdd(bound.Name, bound.Value))
            {
                throw new CommandException(ExitCode.Usage, $"input '{bound.Name}' is given twice");
            }
        }

        string[] missing = [.. signature.Inputs.Select(i => i.Name).Where(n => !values.ContainsKey(n))];
        return missing.Length == 0
            ? [.. signature.Inputs.Select(i => values[i.Name])]
            : throw new CommandException(ExitCode.Usage, $"no value for {string.Join(", ", missing)}");
    }

    private static void Warn(double[] inputs, Surrogate surrogate, string name, Terminal terminal)
    {
        ProgramSignature signature = surrogate.Signature;
        for (int i = 0; i < signature.Inputs.Length; i++)
        {
            Interval range = surrogate.Believed[i];
            int outside = 0;
            for (int at = i; at < inputs.Length; at += signature.Inputs.Length)
            {
                outside += inputs[at] < range.Low || inputs[at] > range.High ? 1 : 0;
            }

            if (outside > 0)
            {
                terminal.Say($"nsc: warning: {signature.Inputs[i].Name} is outside {range} in {outside} of {inputs.Length / signature.Inputs.Length} rows; the surrogate was not made for that");
            }
        }

        if (FractionalInputs.Remark(signature, inputs, name) is { } fractions)
        {
            terminal.Say($"nsc: {fractions}");
        }
    }

    private static void Write(bool json, bool asTable, NamedAnswers answers, TextWriter output)
    {
        string[] names = answers.Names;
        if (json)
        {
            Dictionary<string, double>[] rows = [.. answers.Rows.Select(row => names.Zip(row).ToDictionary(p => p.First, p => p.Second))];
            if (asTable)
            {
                NscJson.Write(output, rows);
            }
            else
            {
                NscJson.Write(output, rows[0]);
            }
        }
        else if (asTable)
        {
            output.WriteLine(string.Join(',', names.Select(CsvTable.Cell)));
            foreach (double[] row in answers.Rows)
            {
                output.WriteLine(string.Join(',', row.Select(v => v.ToString("R", CultureInfo.InvariantCulture))));
            }
        }
        else
        {
            for (int k = 0; k < names.Length; k++)
            {
                output.WriteLine($"{names[k]} = {answers.Rows[0][k].ToString("G9", CultureInfo.InvariantCulture)}");
            }
        }
    }
}
