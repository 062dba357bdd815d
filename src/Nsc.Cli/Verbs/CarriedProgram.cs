// The program that a surrogate carries, or another version of it, checked again before anything is done with it.

using System.Collections.Immutable;
using Nsc.Cli.Output;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Sources;

namespace Nsc.Cli.Verbs;

internal static class CarriedProgram
{
    /// <summary>
    /// Parses it; ends the verb with messages when it is refused. A surrogate's file is as hostile as any other: its stored entry is not used.
    /// </summary>
    /// <param name="file">A C file that takes the place of the carried unit; null for that.</param>
    public static CProgram Parse(Surrogate surrogate, FileInfo? file, Pipeline pipeline, DiagnosticBag diagnostics, Terminal terminal)
    {
        FrontEndOptions options = FrontEndOptions.For(surrogate.Signature);
        ImmutableArray<CProgram> programs = file is null
            ? pipeline.ParseUnit(surrogate.Program.Path, surrogate.Program.Source, options)
            : pipeline.Parse(file.ToString(), SourceFiles.ReadSource(file.ToString()), options);
        diagnostics.ShowAndStopOnErrors(terminal);
        RequireSameVariables(surrogate.Signature, programs[0].Signature);
        return programs[0];
    }

    private static void RequireSameVariables(ProgramSignature expected, ProgramSignature found)
    {
        if (!expected.Inputs.Select(i => i.Name).SequenceEqual(found.Inputs.Select(i => i.Name))
            || !expected.Outputs.Select(o => o.Name).SequenceEqual(found.Outputs.Select(o => o.Name)))
        {
            throw new CommandException(
                ExitCode.Refused,
                $"the program's inputs and outputs are not the surrogate's: ({Names(found)}) instead of ({Names(expected)})");
        }

        static string Names(ProgramSignature signature) =>
            $"{string.Join(", ", signature.Inputs.Select(i => i.Name))} -> {string.Join(", ", signature.Outputs.Select(o => o.Name))}";
    }
}
