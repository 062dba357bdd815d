// The front end in one screen: C text in, checked programs with signatures and entries out.

using System.Collections.Immutable;
using System.Text;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Calls;
using Nsc.FrontEnd.Checking;
using Nsc.FrontEnd.Mining;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Projects;
using Nsc.FrontEnd.Slicing;
using Nsc.FrontEnd.Sources;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd;

/// <summary>Reads C through libclang. Whatever is wrong with the text ends in the bag; nothing is thrown for it.</summary>
public static class ClangFrontEnd
{
    /// <summary>The largest text that is read, in bytes, before and after preprocessing.</summary>
    public const int LargestSource = SourceText.Largest;

    private const int MostMessages = 200;

    /// <summary>
    /// Checks the functions that the options choose and gives each its signature and entry. With several functions, those
    /// that are refused leave the others intact.
    /// </summary>
    /// <param name="path">Names the text in messages; its folder is where local headers are.</param>
    /// <returns>
    /// The supported programs in source order, or as named. They share one <see cref="CProgram.Source"/>: a unit that holds what they need
    /// and includes nothing.
    /// </returns>
    public static ImmutableArray<CProgram> Load(
        string path, string source, FrontEndOptions options, Toolchain toolchain, DiagnosticBag diagnostics) =>
        Read(path, source, diagnostics, (written, found) =>
        {
            using var cache = new ProjectCache(options.Project, toolchain);
            ProjectContext project = ImplementationSection.Opened(cache.ContextOf(path, found), written, options.Functions, found);
            using ParsedFile? file = found.HasErrors ? null : ParsedFile.Read(written, project, toolchain, found);
            using var others = new ProjectFiles(project, cache, new SourcePlace(SourceLocation.InFile(path), null), found);
            return file is null ? [] : MadeOf([.. file.Text.Read, .. others.Files, .. project.DatabasePath is { } database ? [database] : (string[])[]],
                ProgramBuilder.Build(file.Text, file.Unit, options, toolchain, found, others));
        });

    /// <summary>A unit without the numbers that its lines have in the file: two that are alike so mean the same.</summary>
    public static string WithoutLineNumbers(string unit) => UnitText.WithoutMarkers(unit);

    private static ImmutableArray<CProgram> MadeOf(IEnumerable<string> files, ImmutableArray<CProgram> programs)
    {
        ImmutableArray<string> all = [.. files.Distinct().Order(StringComparer.Ordinal)];
        return [.. programs.Select(p => p with { Files = all })];
    }

    /// <summary>The same for a unit that was stored, perhaps by a stranger: a text that includes nothing, or it is refused.</summary>
    public static ImmutableArray<CProgram> LoadUnit(
        string path, string unit, FrontEndOptions options, Toolchain toolchain, DiagnosticBag diagnostics) =>
        Read(path, unit, diagnostics, (stored, found) =>
        {
            using ParsedFile? file = ParsedFile.OfUnit(stored, toolchain, found);
            return file is null ? [] : ProgramBuilder.Build(file.Text, file.Unit, options, toolchain, found);
        });

    /// <summary>All functions of a file that compute numbers, each as <see cref="Load"/> finds it alone. The file is read and parsed once.</summary>
    /// <param name="project">What was read of it before.</param>
    /// <param name="diagnostics">Why the file cannot be read.</param>
    public static void Survey(
        string path, string source, ProjectCache project, Toolchain toolchain, ISurveyor surveyor, DiagnosticBag diagnostics) =>
        Read<CProgram>(path, source, diagnostics, (written, found) =>
        {
            ProjectContext context = project.ContextOf(path, found);
            using ParsedFile? file = found.HasErrors ? null : ParsedFile.Read(written, context, toolchain, found);
            using var others = new ProjectFiles(context, project, new SourcePlace(SourceLocation.InFile(path), null), found);
            if (file is not null)
            {
                ProgramBuilder.Survey(file, FrontEndOptions.Default with { Project = project.Options }, toolchain, others, surveyor, found);
            }

            return [];
        });

    /// <summary>
    /// All functions of a file and of its own headers that compute numbers, with what nobody says of them guessed: how far their pointers reach, and
    /// which of their inputs and outputs matter. The file is read and parsed once.
    /// </summary>
    /// <param name="maxNodes">The most values that a graph may have.</param>
    public static void Mine(
        string path, string source, ProjectCache project, int maxNodes, Toolchain toolchain, IMiner miner, DiagnosticBag diagnostics) =>
        Read<CProgram>(path, source, diagnostics, (_, found) =>
        {
            ProjectContext context = project.ContextOf(path, found);
            using var others = new ProjectFiles(context, project, new SourcePlace(SourceLocation.InFile(path), null), []);
            if (!found.HasErrors && project.Parsed(path) is { } file) // Another file may have needed it.
            {
                ProgramBuilder.Mine(file, FrontEndOptions.Guessing with { Project = project.Options }, maxNodes, toolchain, others, miner);
            }

            return [];
        });

    /// <summary>
    /// For each of some programs of one source a unit of its own as text to keep: what the function needs, and pragmas that say what its signature says.
    /// <see cref="LoadUnit"/> reads it.
    /// </summary>
    public static ImmutableArray<string> TextsOf(IReadOnlyList<CProgram> programs, Toolchain toolchain) => programs.Count == 0 ? [] :
        Read(programs[0].Path, programs[0].Source, [], (stored, found) =>
        {
            using ParsedFile file = ParsedFile.OfUnit(stored, toolchain, found) ?? throw new InvalidOperationException($"the unit of '{stored.Path}' cannot be read again");
            var parts = new SourceParts(file.Text, file.Unit);
            return programs.Select(p => UnitSlice.TextOf(parts, file.Unit.Index.Find(p.Signature.Function)!, _ => null, UnitPragmas.Of(p.Signature))).ToImmutableArray();
        });

    /// <summary>
    /// The checked unit of some functions of a file, whatever their signatures; null when the diagnostics say why there is none. For text that nsc has
    /// written around a program, such as an exported surrogate. What there is to say of the project was said when the program was read.
    /// </summary>
    public static string? UnitOf(
        string path, string source, IReadOnlyList<string> functions, ProjectOptions options, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        var findings = new DiagnosticBag();
        string? unit = Read(path, source, findings, (written, found) =>
        {
            using var cache = new ProjectCache(options, toolchain);
            ProjectContext project = cache.ContextOf(path, found);
            using ParsedFile? file = found.HasErrors ? null : ParsedFile.Read(written, project, toolchain, found);
            using var others = new ProjectFiles(project, cache, new SourcePlace(SourceLocation.InFile(path), null), found);
            return file is not null && ProgramBuilder.UnitOf(file, functions, others, toolchain, found) is { } unit ? [unit] : ImmutableArray<string>.Empty;
        }).FirstOrDefault();
        diagnostics.AddRange(findings.Where(f => f.Severity == Severity.Error));
        return unit;
    }

    /// <summary>
    /// The tokens that a file itself has after preprocessing, or those of one function's definition followed by those of the functions that it calls.
    /// </summary>
    public static ImmutableArray<SourceToken> Tokenize(
        string path, string source, Toolchain toolchain, DiagnosticBag diagnostics, string? function = null) =>
        Read(path, source, diagnostics, (written, found) =>
        {
            using ParsedFile? file = ParsedFile.Read(written, ProjectContext.None, toolchain, found);
            return file is null ? [] : Tokens(file, function, found);
        });

    private static ImmutableArray<SourceToken> Tokens(ParsedFile file, string? function, DiagnosticBag diagnostics)
    {
        FunctionIndex index = file.Unit.Index;
        diagnostics.AddRange(file.Unit.Messages.Select(m => m.Message));
        if (diagnostics.HasErrors)
        {
            return [];
        }

        if (function is null)
        {
            return [.. Tokenizer.TokensOf(file.Unit.Unit, LibClang.getCursorExtent(file.Unit.Unit.Root), file.Text.IsOfMain)];
        }

        if (!index.Defines(function))
        {
            diagnostics.ReportUnknownFunction(file.Text.Source, function, [.. index.Functions.Where(f => file.Text.IsOfMain(f.Extent.Start)).Select(f => f.Name)]);
            return [];
        }

        var ignored = new DiagnosticBag();
        return [.. Tokenizer.TokensOf(file.Unit, new SupportCheck(index, new TypeCheck()).Check(function, ignored))];
    }

    // Outside, messages are bounded and in order, and a text that is none never gets in.
    private static ImmutableArray<T> Read<T>(string path, string text, DiagnosticBag diagnostics, Func<SourceText, DiagnosticBag, ImmutableArray<T>> read)
    {
        var found = new DiagnosticBag();
        ImmutableArray<T> result = SourceOf(path, text, found) is { } source ? DeepStack.Run(() => read(source, found)) : [];
        diagnostics.AddRange(found.OrderByDescending(d => d.Severity).Take(MostMessages).Order(DiagnosticOrder.ByPlace));
        if (found.Count > MostMessages)
        {
            diagnostics.ReportTooManyFindings(path, found.Count - MostMessages);
        }

        return result;
    }

    private static SourceText? SourceOf(string path, string text, DiagnosticBag diagnostics)
    {
        int size = Encoding.UTF8.GetByteCount(text);
        if (size > SourceText.Largest)
        {
            diagnostics.ReportSourceTooLarge(path, size);
            return null;
        }

        var source = new SourceText(path, text);
        int nul = source.Utf8.Span.IndexOf((byte)0);
        if (nul >= 0)
        {
            diagnostics.ReportNulByte(source, nul);
        }

        return nul < 0 ? source : null;
    }
}
