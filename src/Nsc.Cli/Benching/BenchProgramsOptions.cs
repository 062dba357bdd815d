// The options that say what the bench measures on, and what is wrong with them.

using System.CommandLine;
using Nsc.Bench.Preparation;
using Nsc.Cli.Mining;
using Nsc.CommandLine;
using Nsc.Compiler.Input;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Corpus.Mining;
using Nsc.Corpus.Splitting;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Tools;

namespace Nsc.Cli.Benching;

internal static class BenchProgramsOptions
{
    private static readonly Option<DirectoryInfo?> s_folder = new("--programs")
    {
        Description = "Measure on all functions of the C files of a folder.", HelpName = "DIR",
    };

    private static readonly Option<bool> s_heldOutHalf = new("--held-out-half")
    {
        Description = "Of --programs, only the half that is never trained on (chosen by the functions' names).",
    };

    private static readonly Option<bool> s_trainingHalf = new("--training-half")
    {
        Description = "Of --programs, only the other half: what choices may be made by, where it was not trained on.",
    };

    private static readonly Option<int> s_generated = Options.Count(
        "--generated", "Measure on this many held-out generated functions (those of train-compnet with the same --seed).", 0, least: 0);

    private static readonly Option<DirectoryInfo?> s_corpus = new("--corpus")
    {
        Description = "Measure on the functions of the held-out packages of an exestack corpus.", HelpName = "DIR",
    };

    private static readonly Option<FileInfo?> s_leaveOut = new("--leave-out")
    {
        Description = "Leave out the functions that a text file names, FUNCTION or, of a corpus, PACKAGE/FUNCTION first in each line; '#' begins a comment.", HelpName = "FILE",
    };

    private static readonly Option<int?> s_most = Options.OptionalCount("--most", "Measure on no more functions than this, spread evenly over all.");

    public static void AddTo(Command command)
    {
        foreach (Option option in (Option[])[s_folder, s_heldOutHalf, s_trainingHalf, s_generated, s_corpus, s_leaveOut, s_most])
        {
            command.Add(option);
        }
    }

    /// <summary>The programs that the options choose.</summary>
    /// <param name="fallback">The folder to take when they choose nothing; null when they must.</param>
    /// <param name="reading">How large functions of C files may be; null for what the covering topology holds.</param>
    /// <exception cref="CommandException">The options choose nothing, or several things.</exception>
    public static CProgram[] Load(ParseResult parse, long seed, Toolchain toolchain, DiagnosticBag diagnostics, string? fallback = null, FrontEndOptions? reading = null)
    {
        (DirectoryInfo? folder, DirectoryInfo? corpus, int generated) = (parse.GetValue(s_folder), parse.GetValue(s_corpus), parse.GetValue(s_generated));
        if (folder is null && corpus is null && generated == 0 && fallback is not null)
        {
            folder = new DirectoryInfo(fallback);
        }

        if ((generated > 0 ? 1 : 0) + (folder is null ? 0 : 1) + (corpus is null ? 0 : 1) != 1)
        {
            throw new CommandException(ExitCode.Usage, "give one of --programs DIR, --generated N and --corpus DIR");
        }

        if ((folder ?? corpus) is { Exists: false } missing)
        {
            throw new CommandException(ExitCode.Refused, $"no such folder: '{missing}'");
        }

        CProgram[] programs = folder is not null ? BenchPrograms.OfFiles(FilesOf(folder), ChosenHalf(parse), reading ?? FrontEndOptions.Covered, toolchain, diagnostics)
            : corpus is not null ? FromCorpus(corpus, toolchain, diagnostics)
            : BenchPrograms.Generated(generated, seed, toolchain);
        return BenchPrograms.Spread(LeaveOut(programs, parse.GetValue(s_leaveOut)), parse.GetValue(s_most) ?? programs.Length);
    }

    // Whether a function's half is wanted: true for the held-out one, null for both.
    private static bool? ChosenHalf(ParseResult parse) => (parse.GetValue(s_heldOutHalf), parse.GetValue(s_trainingHalf)) switch
    {
        (true, true) => throw new CommandException(ExitCode.Usage, "--held-out-half and --training-half exclude each other"),
        (true, false) => true,
        (false, true) => false,
        (false, false) => null,
    };

    private static IEnumerable<CSource> FilesOf(DirectoryInfo folder) =>
        folder.EnumerateFiles("*.c").OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => SourceFiles.Read(f.FullName) with { Path = f.ToString() });

    private static CProgram[] FromCorpus(DirectoryInfo folder, Toolchain toolchain, DiagnosticBag diagnostics) =>
        BenchPrograms.OfCorpus(ExeStack.Open(ExeStackOptions.ExistingCorpus(folder, withVariants: false).FullName), toolchain, diagnostics)
            ?? throw new CommandException(ExitCode.Refused, $"'{folder}' has none of the held-out packages: {string.Join(", ", DefaultHeldOut.Packages)}");

    // A list may name functions of other sets too. One that names none of these is more likely the wrong file.
    private static CProgram[] LeaveOut(CProgram[] programs, FileInfo? list)
    {
        if (list is null)
        {
            return programs;
        }

        CProgram[] left = BenchPrograms.Without(programs, SourceFiles.Read(list.FullName).Text);
        return left.Length == programs.Length
            ? throw new CommandException(ExitCode.Refused, $"'{list}' names none of the functions to be measured")
            : left.Length == 0 ? throw new CommandException(ExitCode.Refused, $"'{list}' leaves out all functions") : left;
    }
}
