// The program that a surrogate carries, or another version of it, checked again before anything is done with it.

using System.Collections.Immutable;
using Nsc.Compiler.Input;
using Nsc.Core.Diagnostics;
using Nsc.Core.Files;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Projects;
using Nsc.FrontEnd.Tools;

namespace Nsc.Compiler.Sampling;

internal static class CarriedProgram
{
    /// <summary>
    /// Parses it; null when it is refused. A surrogate's file is as hostile as any other: its stored entry is not used.
    /// </summary>
    /// <param name="other">A text that takes the place of the carried unit; null for that.</param>
    public static CProgram? Parse(Surrogate surrogate, CSource? other, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        FrontEndOptions options = FrontEndOptions.For(surrogate.Signature);
        ImmutableArray<CProgram> programs = other is null
            ? ClangFrontEnd.LoadUnit(surrogate.Program.Path, surrogate.Program.Source, options, toolchain, diagnostics)
            : ClangFrontEnd.Load(other.Path, other.Text, options with { Project = other.Project }, toolchain, diagnostics);
        if (diagnostics.HasErrors)
        {
            return null;
        }

        RequireSameVariables(surrogate.Signature, programs[0].Signature, diagnostics);
        return diagnostics.HasErrors ? null : programs[0];
    }

    /// <summary>
    /// The program in the file that was compiled, when that is still there, gives the same unit and can take a surrogate in; else the carried one and why.
    /// </summary>
    public static (CProgram Program, string? Obstacle) AsWritten(CProgram carried, ProjectOptions project, Toolchain toolchain)
    {
        var ignored = new DiagnosticBag();
        string changed = $"'{carried.Path}' is not the file that was compiled";
        if (FileIdentity.Of(carried.Path).Kind != FileKind.File || CSource.Read(carried.Path, ignored) is not { } source)
        {
            return (carried, changed);
        }

        var programs = ClangFrontEnd.Load(source.Path, source.Text, FrontEndOptions.For(carried.Signature) with { Project = project }, toolchain, ignored);
        return programs is not [var written] || written.Source != carried.Source ? (carried, changed)
            : written.DropIn is not null ? (written, null)
            : (carried, written.DropInObstacle ?? $"the definition of '{carried.Signature.Function}' cannot be replaced in '{carried.Path}', since macros or conditions cut through it");
    }

    private static void RequireSameVariables(ProgramSignature expected, ProgramSignature found, DiagnosticBag diagnostics)
    {
        if (!expected.Inputs.Select(i => i.Name).SequenceEqual(found.Inputs.Select(i => i.Name))
            || !expected.Outputs.Select(o => o.Name).SequenceEqual(found.Outputs.Select(o => o.Name)))
        {
            diagnostics.Refuse(Refusal.Input, $"the program's inputs and outputs are not the surrogate's: ({Names(found)}) instead of ({Names(expected)})");
        }

        static string Names(ProgramSignature signature) =>
            $"{string.Join(", ", signature.Inputs.Select(i => i.Name))} -> {string.Join(", ", signature.Outputs.Select(o => o.Name))}";
    }
}
