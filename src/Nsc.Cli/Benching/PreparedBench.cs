// What the benches of fine-tuning are run on: the programs and arms that the options choose, made ready while a line tells how far it is.

using System.CommandLine;
using Nsc.Bench;
using Nsc.Bench.Preparation;
using Nsc.CommandLine;
using Nsc.Compiler.Models;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Tools;

namespace Nsc.Cli.Benching;

internal static class PreparedBench
{
    /// <summary>The kernels of AxBench that come with the program.</summary>
    public static readonly string? Parrot = Shipped.Find("data/parrot");

    /// <summary>Loads, samples and compiles what the options choose; says which programs could not be.</summary>
    /// <param name="functions">Names of those of the programs that are wanted; null for all.</param>
    /// <param name="fallback">The folder of programs when the options name none.</param>
    /// <param name="poolSize">The most samples that one fine-tuning takes.</param>
    /// <param name="reading">How large functions of C files may be; null for what the covering topology holds.</param>
    /// <param name="pools">Where training samples come from; null for uniform ones.</param>
    /// <exception cref="CommandException">No program is left.</exception>
    public static BenchSetup Of(
        ParseResult parse, BenchArms arms, long seed, int poolSize, int seeds, Terminal terminal, CancellationToken cancellationToken,
        string[]? functions = null, string? fallback = null, BenchPool? pools = null, FrontEndOptions? reading = null)
    {
        var diagnostics = new DiagnosticBag();
        Toolchain toolchain = SourceFiles.RequireToolchain();
        CProgram[] programs = [.. BenchProgramsOptions.Load(parse, seed, toolchain, diagnostics, fallback, reading).Where(p => functions is null || functions.Contains(p.Signature.Function))];
        var preparation = new BenchPreparation(toolchain, arms.Models, poolSize, seeds, pools);
        List<BenchProgram> prepared = preparation.Prepare(programs, diagnostics, ready => terminal.Progress(() => $"sampling {ready}/{programs.Length}"), cancellationToken);
        terminal.Show(diagnostics.Where(d => d.Severity == Severity.Error).Select(d => prepared.Count > 0 ? d with { Severity = Severity.Note } : d));
        return prepared.Count > 0
            ? new BenchSetup(prepared, arms)
            : throw new CommandException(ExitCode.Refused, "no program to measure on");
    }
}
