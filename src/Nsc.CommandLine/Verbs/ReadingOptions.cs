// The options that say which function of a C file is read, and how, which every verb that takes one has.

using System.Collections.Immutable;
using System.CommandLine;
using Nsc.Core.Programs;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Projects;

namespace Nsc.CommandLine.Verbs;

internal sealed class ReadingOptions
{
    private readonly Option<string[]> _functions = Options.Function();
    private readonly Option<ImmutableDictionary<string, Interval>> _ranges = Options.Range();
    private readonly Option<ImmutableArray<FixedVariable>> _fixed = Options.Fix();
    private readonly Option<ImmutableDictionary<string, double>> _extents = Options.Extent();
    private readonly Option<string[]> _inputs = Options.Input();
    private readonly ProjectFlagOptions _project = new();

    /// <summary>Those about the function; the project's flags come beside them.</summary>
    private Option[] OfFunction => [_functions, _ranges, _fixed, _inputs, _extents];

    /// <summary>What was said of the function.</summary>
    public FrontEndOptions Of(ParseResult parse) => (FrontEndOptions.Default with
    {
        Functions = [.. parse.GetRequiredValue(_functions)], Ranges = parse.GetRequiredValue(_ranges), Inputs = [.. parse.GetRequiredValue(_inputs)],
        Extents = parse.GetRequiredValue(_extents).ToImmutableDictionary(e => e.Key, e => (int)e.Value),
    }).WithFixed(parse.GetRequiredValue(_fixed));

    /// <summary>What was said of the project.</summary>
    public ProjectOptions ProjectOf(ParseResult parse) => _project.Read(parse);

    /// <summary>The first option about the function that was given, or null.</summary>
    public string? Given(ParseResult parse) => OfFunction.FirstOrDefault(o => parse.GetResult(o) is { Implicit: false })?.Name;

    /// <summary>A verb with these options.</summary>
    public Command AddTo(Command verb)
    {
        foreach (Option option in OfFunction)
        {
            verb.Options.Add(option);
        }

        return verb.With(_project);
    }
}

internal static class ReadingVerbs
{
    /// <summary>The verb with these options.</summary>
    public static Command With(this Command verb, ReadingOptions options) => options.AddTo(verb);
}
