// What the bench measures on: the functions of C files, generated ones that were held out, or the real ones of a corpus.

using Nsc.Compiler.Input;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Corpus.Building;
using Nsc.Corpus.Mining;
using Nsc.Corpus.Splitting;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Tools;

namespace Nsc.Bench.Preparation;

public static class BenchPrograms
{
    /// <summary>All functions of C files.</summary>
    /// <param name="heldOutHalf">Which half, by their names: true for the one that is never trained on, false for the other, null for both.</param>
    /// <param name="reading">How large they may be.</param>
    public static CProgram[] OfFiles(IEnumerable<CSource> files, bool? heldOutHalf, FrontEndOptions reading, Toolchain toolchain, DiagnosticBag diagnostics) =>
    [
        .. files.SelectMany(f => ClangFrontEnd.Load(f.Path, f.Text, reading with { AllFunctions = true }, toolchain, diagnostics))
            .Where(p => heldOutHalf is null || heldOutHalf == DefaultHeldOut.IsIdiom(p.Signature.Function)),
    ];

    /// <summary>Generated functions that training with the seed holds out.</summary>
    public static CProgram[] Generated(int count, long seed, Toolchain toolchain) =>
        [.. GeneratedCorpus.Sources(GeneratedPrograms.HeldOutOptions(seed, count), toolchain, new DiagnosticBag())];

    /// <summary>The functions of a corpus's held-out packages; null when it has none of these packages.</summary>
    public static CProgram[]? OfCorpus(ExeStack corpus, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        string[] packages = [.. corpus.Packages.Select(p => p.Package).Where(p => DefaultHeldOut.Packages.Contains(p))];
        return packages.Length == 0
            ? null
            :
            [
                .. packages.SelectMany(corpus.Load).SelectMany(row => ClangFrontEnd.Load(
                    $"{row.Package}/{row.File}", row.Source, FrontEndOptions.Covered with { Functions = [row.Function] }, toolchain, diagnostics)),
            ];
    }

    /// <summary>
    /// The programs that a list does not name. The first word of a line is FUNCTION or, of a corpus, PACKAGE/FUNCTION; '#' begins a comment.
    /// </summary>
    public static CProgram[] Without(CProgram[] programs, string list)
    {
        HashSet<string> names =
        [
            .. list.Split('\n').Select(line => line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 0)
                .Select(words => words[0]),
        ];
        return [.. programs.Where(p => !names.Contains(p.Signature.Function) && !names.Contains($"{p.Path.Split('/')[0]}/{p.Signature.Function}"))];
    }

    /// <summary>No more than a number of programs, spread evenly over all.</summary>
    public static CProgram[] Spread(CProgram[] programs, int most) => programs.Length <= most
        ? programs
        : [.. Enumerable.Range(0, most).Select(i => programs[(int)((long)i * programs.Length / most)])];
}
