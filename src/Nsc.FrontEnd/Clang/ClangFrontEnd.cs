// The front end in one screen: C text in, checked programs with signatures and entries out.

using System.Collections.Immutable;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Clang.Interop;

namespace Nsc.FrontEnd.Clang;

/// <summary>Reads C through libclang. Whatever is wrong with the text ends in the bag; nothing is thrown for it.</summary>
public static class ClangFrontEnd
{
    /// <summary>The largest text that is read, in bytes.</summary>
    public const int LargestSource = 4 << 20;

    private const int MostMessages = 200;

    /// <summary>
    /// Checks the functions that the options choose and gives each its signature and entry. With several functions, those
    /// that are refused leave the others intact.
    /// </summary>
    /// <param name="path">Names the text in messages; its folder is where local headers are.</param>
    /// <returns>The supported programs in source order, or as named; they share one <see cref="CProgram.Source"/>.</returns>
    public static ImmutableArray<CProgram> Load(
        string path, string source, FrontEndOptions options, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        var found = new DiagnosticBag();
        var programs = DeepStack.Run(() =>
        {
            using ParsedUnit? unit = ParsedUnit.Parse(path, source, options.ClangArguments, toolchain, found);
            return unit is null ? [] : ProgramBuilder.Build(unit, options, found);
        });
        AddBounded(found, path, diagnostics);
        return programs;
    }

    /// <summary>
    /// The tokens of a file, or of one function's definition followed by those of the functions that it calls.
    /// </summary>
    public static ImmutableArray<SourceToken> Tokenize(
        string path, string source, Toolchain toolchain, DiagnosticBag diagnostics, string? function = null)
    {
        var found = new DiagnosticBag();
        var tokens = DeepStack.Run(() =>
        {
            using ParsedUnit? unit = ParsedUnit.Parse(path, source, [], toolchain, found);
            return unit is null ? [] : Tokens(unit, function, found);
        });
        AddBounded(found, path, diagnostics);
        return tokens;
    }

    private static ImmutableArray<SourceToken> Tokens(ParsedUnit unit, string? function, DiagnosticBag diagnostics)
    {
        if (function is null)
        {
            return [.. Tokenizer.TokensOf(unit.Unit, LibClang.getCursorExtent(unit.Unit.Root))];
        }

        if (!unit.Index.Defines(function))
        {
            diagnostics.ReportUnknownFunction(unit.Source, function, [.. unit.Index.InMainFile.Select(f => f.Name)]);
            return [];
        }

        var ignored = new DiagnosticBag();
        return [.. Tokenizer.TokensOf(unit, new SupportCheck(unit.Index, new TypeCheck()).Check(function, ignored))];
    }

    private static void AddBounded(DiagnosticBag found, string path, DiagnosticBag diagnostics)
    {
        diagnostics.AddRange(found.OrderByDescending(d => d.Severity).Take(MostMessages).Order(DiagnosticOrder.ByPlace));
        if (found.Count > MostMessages)
        {
            diagnostics.ReportTooManyFindings(path, found.Count - MostMessages);
        }
    }
}
