// What a call of a surrogate would take, without making one: nets of the same shape with random weights are exported as accelerate exports them, with
// a guard over the ranges, and timed like every function. The time grows with the outputs, each of which has a net, and for each net with the inputs;
// what three sizes take says it for all.

using System.Globalization;
using Nsc.Compiler.Exporting;
using Nsc.Compiler.Models;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Export;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Sampling;
using Nsc.FrontEnd.Projects;
using Nsc.FrontEnd.Tools;

namespace Nsc.Compiler.Scanning;

/// <param name="Shape">The smallest net that a surrogate is made of.</param>
/// <param name="Call">Nanoseconds that a call takes in any case.</param>
/// <param name="Output">Nanoseconds for each output.</param>
/// <param name="Weight">Nanoseconds for each output and each input.</param>
public sealed record NetCost(NetShape Shape, double Call, double Output, double Weight)
{
    private const int Rows = 64, ManyInputs = 16, ManyOutputs = 8, Attempts = 3;

    /// <summary>Nanoseconds of a call of a surrogate with so many inputs and outputs.</summary>
    public double Of(int inputs, int outputs) => Call + (outputs * (Output + (inputs * Weight)));

    /// <summary>Measures it on this machine; null when <paramref name="diagnostics"/> say why that cannot be done.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal static NetCost? Measure(NetShape shape, Toolchain toolchain, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var (one, wide, many) = (Time(1, 1), Time(ManyInputs, 1), Time(1, ManyOutputs));
        if (wide - one is not { } forInputs || many - one is not { } forOutputs)
        {
            return null;
        }

        double weight = Math.Max(0, forInputs / (ManyInputs - 1)), output = Math.Max(0, (forOutputs / (ManyOutputs - 1)) - weight);
        return new NetCost(shape, Math.Max(0, one!.Value - output - weight), output, weight);

        double? Time(int inputs, int outputs) => diagnostics.HasErrors ? null : TimeOf(shape, inputs, outputs, toolchain, diagnostics, cancellationToken);
    }

    private static double? TimeOf(NetShape shape, int inputs, int outputs, Toolchain toolchain, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var folder = new ScratchFolder(); // It belongs to no project.
        if (ClangFrontEnd.Load(folder["net.c"], SourceOf(inputs, outputs), FrontEndOptions.Default, toolchain, diagnostics).FirstOrDefault() is not { } program)
        {
            return null;
        }

        Surrogate surrogate = Starts.Random(program, graph: null, shape, seed: 1);
        string text = CExport.Write(surrogate, new ExportOptions(program.DropIn, SurrogateGuard.OfRanges(surrogate)));
        if (ExportedRun.Rebuild(text, program, ProjectOptions.None, toolchain, diagnostics, program.Signature.Function) is not { } net)
        {
            return null;
        }

        using NativeProgram? loop = NativeProgram.Compile(TimedLoop.Over(TimedLoop.AddTo(net), Rows), toolchain, diagnostics);
        double[] rows = InputSampler.Draw(program.Signature, Rows, new SplitMix64(1));

        // On a busy machine a run may be stopped before its end. Without a cost nothing is said of gains.
        return loop is null ? null
            : Enumerable.Range(0, Attempts).Select(_ => ProgramTimer.Roughly(loop, rows, Rows, cancellationToken)).FirstOrDefault(nanoseconds => nanoseconds is not null);
    }

    private static string SourceOf(int inputs, int outputs)
    {
        IEnumerable<string> parameters = Enumerable.Range(0, inputs).Select(i => string.Create(CultureInfo.InvariantCulture, $"double x{i}"));
        IEnumerable<string> sums = Enumerable.Range(0, outputs).Select(k => string.Create(CultureInfo.InvariantCulture, $"  out[{k}] = x0 + {k};\n"));
        string used = string.Concat(Enumerable.Range(1, inputs - 1).Select(i => string.Create(CultureInfo.InvariantCulture, $" + x{i}")));
        return string.Create(CultureInfo.InvariantCulture, $"void net({string.Join(", ", parameters)}, double out[{outputs}]) {{\n{string.Concat(sums)}  out[0] = x0{used};\n}}\n");
    }
}
