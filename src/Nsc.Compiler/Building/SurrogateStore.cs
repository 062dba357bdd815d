// Nets by what they depend on, in a folder that checkouts and machines may share. Only nets are kept: the texts that hold them are written, and what is
// promised of these is measured, by each build itself, so that a stranger's entry can neither bring in code nor vouch for an error.

using Nsc.Core.Diagnostics;
using Nsc.Core.Files;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Core.Text;
using Nsc.FrontEnd;

namespace Nsc.Compiler.Building;

/// <param name="folder">Where they lie: <c>ab/abcdef....surrogate</c>.</param>
internal sealed class SurrogateStore(string folder)
{
    /// <summary>The nets of a key, or those that <paramref name="make"/> makes, which are kept then.</summary>
    /// <param name="program">What they must be of.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="isFresh">Whether those that are there do not count.</param>
    /// <param name="diagnostics">Says which entries cannot be used, or written.</param>
    public (Surrogate[] Nets, bool AreKept)? Obtain(string key, CProgram program, int count, bool isFresh, DiagnosticBag diagnostics, Func<Surrogate[]?> make)
    {
        Surrogate[] kept = isFresh ? [] : [.. Enumerable.Range(0, count).Select(i => Load(PathOf(key, i), program, diagnostics)).OfType<Surrogate>()];
        if (kept.Length == count)
        {
            return (kept, true);
        }

        if (make() is not { } made)
        {
            return null;
        }

        for (int i = 0; i < made.Length; i++)
        {
            Save(PathOf(key, i), made[i], diagnostics);
        }

        return (made, false);
    }

    private string PathOf(string key, int index) => Path.Combine(folder, key[..2], $"{key}-{index}.surrogate");

    private static Surrogate? Load(string path, CProgram program, DiagnosticBag diagnostics)
    {
        FileKind kind = FileIdentity.Of(path).Kind;
        if (kind == FileKind.Missing)
        {
            return null;
        }

        string? objection;
        try
        {
            Surrogate? stored = kind == FileKind.File ? SurrogateFile.Load(path) : null;
            objection = stored is null ? "it is no file" : IsOf(stored.Program, program) ? null : "it holds another program";
            if (objection is null)
            {
                return stored! with { Program = program, Provenance = stored.Provenance with { SourceHash = Provenance.HashOf(program.Source) } };
            }
        }
        catch (Exception failure) when (failure is ContainerException or IOException or UnauthorizedAccessException)
        {
            objection = failure.Message;
        }

        Warn(diagnostics, path, $"this entry is not used: {PrintableText.OneLine(objection)}");
        return null;
    }

    private static void Save(string path, Surrogate net, DiagnosticBag diagnostics)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            SurrogateFile.Save(path, net);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Warn(diagnostics, path, $"the next build trains again: {PrintableText.OneLine(failure.Message)}");
        }
    }

    private static bool IsOf(CProgram stored, CProgram program) =>
        ClangFrontEnd.WithoutLineNumbers(stored.Source) == ClangFrontEnd.WithoutLineNumbers(program.Source) && stored.Signature.Function == program.Signature.Function
        && stored.Signature.Inputs.SequenceEqual(program.Signature.Inputs) && stored.Signature.Outputs.SequenceEqual(program.Signature.Outputs);

    private static void Warn(DiagnosticBag diagnostics, string path, string message) =>
        diagnostics.Add(new Diagnostic(Severity.Warning, "cache-entry", SourceLocation.InFile(path), message));
}
