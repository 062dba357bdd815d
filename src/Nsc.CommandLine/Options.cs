// Options that several verbs share, so that they mean the same everywhere.

using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Nsc.Core.Programs;
using Nsc.Core.Sampling.Designs;
using Nsc.Core.Text;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;

namespace Nsc.CommandLine;

internal static class Options
{
    /// <summary>The largest number that any option counts with; those that a smaller one is beyond reason for stand in <see cref="s_most"/>.</summary>
    private const int MostCounted = 10_000_000;

    private const int MostElements = 4096;

    private static readonly Dictionary<string, int> s_most = new()
    {
        ["--samples"] = 1_000_000, ["--seeds"] = 1000, ["--rounds"] = 1000, ["--workers"] = 1024, ["--workers-once"] = 1024, ["--threads"] = 1024, ["--threads-each"] = 1024,
    };

    /// <summary>What is wrong with a command line that the parser takes: empty values, and numbers that no machine has room or time for.</summary>
    public static IEnumerable<string> Objections(ParseResult parse)
    {
        foreach (SymbolResult symbol in parse.CommandResult.Children)
        {
            string name = symbol is OptionResult { Option.Name: var option } ? option : symbol is ArgumentResult { Argument.Name: var argument } ? argument : "a value";
            bool isCount = symbol is OptionResult { Option.ValueType: var type } && (type == typeof(int) || type == typeof(int?));
            foreach (Token token in symbol.Tokens)
            {
                if (token.Value.Length == 0)
                {
                    yield return $"{name} must not be empty.";
                }
                else if (isCount && Objection(name, token.Value) is { } objection)
                {
                    yield return objection;
                }
            }
        }
    }

    /// <summary>Why an option's count is beyond reason, or null.</summary>
    public static string? Objection(string name, string count)
    {
        int most = s_most.GetValueOrDefault(name, MostCounted);
        return long.TryParse(count, CultureInfo.InvariantCulture, out long value) && value > most
            ? string.Create(CultureInfo.InvariantCulture, $"{name} must be at most {most:N0}, not {value}.")
            : null;
    }

    public static Option<bool> Json() => new("--json") { Description = "Write the result to standard output as JSON." };

    public static Option<long> Seed() => new("--seed")
    {
        Description = "Seed of every random choice; the same seed and inputs give the same bytes.",
        HelpName = "N", DefaultValueFactory = _ => 1, Validators = { AtLeast(0) },
    };

    public static Option<bool> Force() => new("--force") { Description = "Write the result and exit with code 0 although a bound is missed; the messages stay." };

    public static Option<FileInfo?> Model() => new("--model")
    {
        Description = "CompNet checkpoint. Default: $NSC_MODEL, else the shipped models/compnet.safetensors.", HelpName = "PATH",
    };

    public static Option<string[]> Function() => new("--function")
    {
        Description = "Function to take; repeat it for several. Default: the one marked by #pragma nsc, else the only one.",
        HelpName = "NAME", DefaultValueFactory = _ => [],
    };

    public static Option<ImmutableDictionary<string, Interval>> Range() => new("--range")
    {
        Description = "Range of an input, such as x=0:1, or p=1:1e6:log to draw and learn its logarithm; repeat it for several. Wins over #pragma nsc.",
        HelpName = "NAME=LOW:HIGH[:log]", Arity = ArgumentArity.ZeroOrMore, CustomParser = ParseRanges,
        DefaultValueFactory = _ => ImmutableDictionary<string, Interval>.Empty,
    };

    public static Option<ImmutableArray<FixedVariable>> Fix() => new("--fix")
    {
        Description = "Value of a parameter that is no input therefore, such as n=9, or the function that a pointer to one is, such as f=decay; repeat it for several. Wins over #pragma nsc.",
        HelpName = "NAME=VALUE", Arity = ArgumentArity.ZeroOrMore, CustomParser = result => [.. result.Tokens.Select(t => ParseFixed(t.Value, result)).OfType<FixedVariable>()],
        DefaultValueFactory = _ => [],
    };

    private static FixedVariable? ParseFixed(string text, ArgumentResult result)
    {
        string[] sides = text.Split('=', 2);
        FixedVariable? variable = NamedNumber(text) is { Name.Length: > 0 } named ? new FixedVariable(named.Name, named.Value)
            : sides is [{ Length: > 0 }, var function] && TextRules.IsIdentifier(function) ? new FixedVariable(sides[0], 0) { Function = function } : null;
        if (variable is null)
        {
            result.AddError($"--fix {text}: expected NAME=VALUE with a number VALUE, such as n=9, or the name of a function, such as f=decay.");
        }

        return variable;
    }

    public static Option<string[]> Input() => new("--input")
    {
        Description = "Inputs to keep, such as x,y; repeat it for several. The others have the middle of their range, or the value of --fix.",
        HelpName = "NAME,...", DefaultValueFactory = _ => [], CustomParser = result => [.. result.Tokens.SelectMany(t => t.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct()],
    };

    public static Option<ImmutableDictionary<string, double>> Extent() => new("--extent")
    {
        Description = "How many elements a pointer reaches, such as p=9, or m=2x3 for two rows of three; repeat it for several. Wins over #pragma nsc.",
        HelpName = "NAME=N", Arity = ArgumentArity.ZeroOrMore, CustomParser = ParseExtents,
        DefaultValueFactory = _ => ImmutableDictionary<string, double>.Empty,
    };

    /// <summary>A time such as 30s, 500ms or 2m; without a unit it is in seconds.</summary>
    public static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        Description = description, HelpName = "TIME", CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            (string number, double unit) = text.EndsWith("ms", StringComparison.Ordinal) ? (text[..^2], 1e-3) : text.EndsWith('s') ? (text[..^1], 1) : text.EndsWith('m') ? (text[..^1], 60.0) : (text, 1);
            if (double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value * unit is > 0 and <= 86_400)
            {
                return TimeSpan.FromSeconds(value * unit);
            }

            result.AddError($"{name} {text}: expected a time of at most a day, such as 30s, 500ms or 2m.");
            return null;
        },
    };

    public static Option<int> Count(string name, string description, int fallback, int least = 1) => new(name)
    {
        Description = description, HelpName = "N", DefaultValueFactory = _ => fallback, Validators = { AtLeast(least) },
    };

    /// <summary>A count that is null without the option.</summary>
    public static Option<int?> OptionalCount(string name, string description, int least = 1) => new(name)
    {
        Description = description, HelpName = "N", Validators = { AtLeast(least) },
    };

    /// <summary>A number that is finite and not below 0.</summary>
    public static Option<double> Number(string name, string description, double fallback) => Number(name, description, _ => fallback);

    /// <summary>The same, where what it is without the option depends on other options.</summary>
    public static Option<double> Number(string name, string description, Func<ArgumentResult, double> fallback) => new(name)
    {
        Description = description, HelpName = "X", DefaultValueFactory = fallback,
        Validators =
        {
            result =>
            {
                foreach (Token token in result.Tokens)
                {
                    if (double.TryParse(token.Value, CultureInfo.InvariantCulture, out double value) && !(double.IsFinite(value) && value >= 0))
                    {
                        result.AddError($"{name} must be a number that is not below 0, not {token.Value}.");
                    }
                }
            },
        },
    };

    /// <summary>What takes the steps of fine-tuning.</summary>
    /// <param name="fallback">What is taken without the option, in words.</param>
    public static Option<Optimizer?> OptimizerOr(string fallback)
    {
        var option = new Option<Optimizer?>("--optimizer")
        {
            Description = $"What takes the steps: Adam, or Levenberg and Marquardt's second-order method. Default: {fallback}.",
        };
        option.AcceptOnlyFromAmong("adam", "lm");
        return option;
    }

    /// <summary>The error that fine-tuning makes small.</summary>
    public static Option<OutputLoss?> Loss()
    {
        var option = new Option<OutputLoss?>("--loss")
        {
            Description = "The error that is made small: its square, or, of positive outputs over decades, what it is of the output: the net then gives the logarithm, which run and exports undo. Default: squared, or what the surrogate was fine-tuned for.",
        };
        option.AcceptOnlyFromAmong("squared", "relative");
        return option;
    }

    /// <summary>How the inputs of samples to train on are laid out.</summary>
    public static Option<string?> Sampling()
    {
        var option = new Option<string?>("--sampling")
        {
            Description = "How inputs are drawn to train on: as a scrambled Sobol' sequence, as a Latin hypercube, uniformly, or uniformly but spread over the program's paths, each in proportion to the square root of its probability, or in batches where the samples so far leave most doubt (for programs whose runs are dear). What measures and bounds is uniform in any case."
                + $" Default: {SamplingDesigns.Default.Name()}.",
        };
        option.AcceptOnlyFromAmong([.. SamplingDesigns.All.Select(d => d.Name)]);
        return option;
    }

    /// <summary>The design that the option <see cref="Sampling"/> names.</summary>
    /// <exception cref="CommandException">It names one, and there are rows already.</exception>
    public static SamplingDesign DesignOf(ParseResult parse, Option<string?> sampling, string? rows)
    {
        string? name = parse.GetValue(sampling);
        return name is not null && rows is not null
            ? throw new CommandException(ExitCode.Usage, $"--sampling {name} draws samples; the rows of {rows} are what they are")
            : name is null ? SamplingDesigns.Default : SamplingDesigns.Named(name);
    }

    /// <summary>Whether a user's rows are within the ranges by all means.</summary>
    public static Option<bool> ExtendRanges() => new("--extend-ranges") { Description = "Widen the inputs' ranges so that they hold all rows of the file." };

    /// <summary>The user's own inputs.</summary>
    public static Option<FileInfo?> Profile() => new("--inputs")
    {
        Description = "Run the program on the rows of a CSV or Parquet file, its columns named after the inputs, instead of drawing inputs from the ranges: errors and bounds are then those of inputs like these.",
        HelpName = "FILE",
    };

    public static Option<int?> Steps() => OptionalCount(
        "--steps", $"Optimiser steps. Default: {FineTuneOptions.DefaultSteps(Optimizer.Adam)} of adam, at most {FineTuneOptions.DefaultSteps(Optimizer.Lm)} of lm.", least: 0);

    private static Action<OptionResult> AtLeast(long least) => result =>
    {
        foreach (Token token in result.Tokens)
        {
            if (long.TryParse(token.Value, CultureInfo.InvariantCulture, out long value) && value < least)
            {
                result.AddError($"{result.IdentifierToken?.Value} must be at least {least}, not {value}.");
            }
        }
    };

    private static ImmutableDictionary<string, Interval> ParseRanges(ArgumentResult result)
    {
        var ranges = ImmutableDictionary.CreateBuilder<string, Interval>();
        foreach (Token token in result.Tokens)
        {
            string[] sides = token.Value.Split('=', 2), bounds = sides.Length == 2 ? sides[1].Split(':') : [];
            bool isLogarithmic = bounds.Length == 3 && bounds[2] == "log";
            if (sides[0].Length > 0 && (bounds.Length == 2 || isLogarithmic) && TryParse(bounds[0], out double low) && TryParse(bounds[1], out double high)
                && new Interval(low, high) { IsLogarithmic = isLogarithmic } is { IsRange: true } range)
            {
                ranges[sides[0]] = range;
            }
            else
            {
                result.AddError($"--range {token.Value}: expected NAME=LOW:HIGH with numbers LOW < HIGH, such as x=0:1, or NAME=LOW:HIGH:log with 0 < LOW < HIGH.");
            }
        }

        return ranges.ToImmutable();
    }

    // Of m=2x3 the rows are m and what each has is m[].
    private static ImmutableDictionary<string, double> ParseExtents(ArgumentResult result)
    {
        var extents = ImmutableDictionary.CreateBuilder<string, double>();
        foreach (string token in result.Tokens.Select(t => t.Value))
        {
            string[] sides = token.Split('=', 2), lengths = sides[^1].Split('x');
            double[] numbers = [.. lengths.Select(l => TryParse(l, out double n) && n is >= 1 and <= MostElements && n == Math.Floor(n) ? n : 0)];
            if (sides.Length < 2 || sides[0].Length == 0 || numbers.Length > 2 || numbers.Contains(0))
            {
                result.AddError($"--extent {token}: expected NAME=VALUE with a whole number N from 1 to {MostElements}, such as p=9, or two, such as m=2x3.");
                continue;
            }

            extents[sides[0]] = numbers[0];
            if (numbers.Length == 2)
            {
                extents[sides[0] + "[]"] = numbers[1];
            }
        }

        return extents.ToImmutable();
    }

    /// <summary>The sides of NAME=VALUE, when the value is a finite number; else null.</summary>
    public static (string Name, double Value)? NamedNumber(string text)
    {
        string[] sides = text.Split('=', 2);
        return sides.Length == 2 && TryParse(sides[1], out double value) ? (sides[0], value) : null;
    }

    private static bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
