// The options about the project that a C file belongs to, which every verb that reads C has. They are spelled as compilers and clang's own
// tools spell them, with or without a space before the value.

using System.CommandLine;
using Nsc.FrontEnd.Projects;

namespace Nsc.CommandLine;

internal sealed class ProjectFlagOptions
{
    /// <summary>The option that stands for each argument after <c>--</c>.</summary>
    private const string AfterDashes = "--flag";

    private static readonly string[] s_glued = ["-isystem", "-iquote", "-I", "-D", "-U"];

    private readonly Option<string[]> _include = Flag("-I", "Folder in which headers are looked for.", "DIR");
    private readonly Option<string[]> _system = Flag("-isystem", "The same, after those of -I.", "DIR");
    private readonly Option<string[]> _quote = Flag("-iquote", "The same, for headers in quotes.", "DIR");
    private readonly Option<string[]> _define = Flag("-D", "Macro, 1 unless a value is given.", "NAME[=VALUE]");
    private readonly Option<string[]> _undefine = Flag("-U", "Macro that is not defined.", "NAME");
    private readonly Option<string[]> _first = Flag("-include", "File that is read before the text.", "FILE");
    private readonly Option<string?> _standard = new("-std") { Description = "The C standard, such as c99; gnu17 without it.", HelpName = "S" };
    private readonly Option<string[]> _others = new(AfterDashes) { Hidden = true };
    private readonly Option<string?> _database = new("-p")
    {
        Description = "compile_commands.json, or its folder, with the project's flags. Default: the nearest one upwards from FILE, or in a folder build there.", HelpName = "DIR|FILE",
    };

    private readonly Option<string[]> _with = Flag("--with", "C file in which callees and constant tables are looked for too.", "FILE.c");
    private readonly Option<string?> _root = new("--root")
    {
        Description = "Folder that included files may lie in. Default: the project's by -p, else git's, else the working folder above FILE.", HelpName = "DIR",
    };

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All => [_include, _system, _quote, _define, _undefine, _first, _standard, _database, _with, _root, _others];

    /// <summary>What was said.</summary>
    public ProjectOptions Read(ParseResult parse)
    {
        IEnumerable<string> Flags(Option<string[]> option) => (parse.GetValue(option) ?? []).SelectMany(value => new[] { option.Name, value });
        string[] standard = parse.GetValue(_standard) is { } named ? [$"-std={named}"] : [];
        return new ProjectOptions(
            [.. Flags(_include), .. Flags(_quote), .. Flags(_system), .. Flags(_define), .. Flags(_undefine), .. Flags(_first), .. standard, .. parse.GetValue(_others) ?? []],
            parse.GetValue(_database), [.. parse.GetValue(_with) ?? []], parse.GetValue(_root));
    }

    /// <summary>
    /// The arguments as the parser wants them: a flag apart from a value that is glued to it, and what stands after <c>--</c> as an option, for a
    /// verb that takes such flags.
    /// </summary>
    public static string[] Prepare(RootCommand root, string[] arguments)
    {
        Command? verb = root.Subcommands.FirstOrDefault(c => arguments.Length > 0 && c.Name == arguments[0]);
        if (verb?.Options.Any(o => o.Name == AfterDashes) != true)
        {
            return arguments;
        }

        int dashes = Array.IndexOf(arguments, "--");
        IEnumerable<string> before = dashes < 0 ? arguments : arguments[..dashes], after = dashes < 0 ? [] : arguments[(dashes + 1)..];
        return [.. before.SelectMany(Apart), .. after.SelectMany(a => new[] { $"{AfterDashes}={a}" })];
    }

    private static string[] Apart(string argument) => s_glued.FirstOrDefault(f => argument.StartsWith(f, StringComparison.Ordinal)) is { } flag && argument.Length > flag.Length
        ? [flag, argument[flag.Length..]] : [argument];

    private static Option<string[]> Flag(string name, string description, string value) => new(name)
    {
        Description = description + " May be repeated.", HelpName = value, Arity = ArgumentArity.ZeroOrMore, DefaultValueFactory = _ => [],
    };
}

internal static class ProjectFlags
{
    /// <summary>The verb with these options; it then takes flags of a compiler after <c>--</c> too.</summary>
    public static Command With(this Command verb, ProjectFlagOptions options)
    {
        foreach (Option option in options.All)
        {
            verb.Options.Add(option);
        }

        return verb;
    }
}
