// Finds the dataflow of slices. Those of one file share most of their text, and one run of clang.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Calls;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Slicing;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Mining;

/// <summary>What became of a slice: a function, or the reason why it is none, by the diagnostic's name.</summary>
public readonly record struct ProbeResult(MinedFunction? Function, string? Refusal);

public sealed class SliceProbe(UnitLinker linker, Toolchain toolchain, int maxNodes)
{
    /// <summary>
    /// A series that converges needs fewer iterations than a graph unrolls by default. Whether so few are enough, native code tells.
    /// </summary>
    private const int FewIterations = 8;

    /// <summary>Among millions of functions there is always one that takes minutes. A graph as small as those that are kept does not need more.</summary>
    private const int MostSteps = 50_000;

    /// <summary>Probes slices of one file, whose functions have different names.</summary>
    public ProbeResult[] Probe(IReadOnlyList<Slice> slices)
    {
        var results = slices.Select(s => new ProbeResult(null, s.Flaw ?? (s.Call is null ? "unsupported-type" : s.Call.Refusal) ?? linker.FlawOf(s))).ToArray();
        int[] open = [.. Enumerable.Range(0, slices.Count).Where(i => results[i].Refusal is null)];
        foreach ((int index, ProbeResult result) in open.Zip(ProbeOpen([.. open.Select(i => slices[i])])))
        {
            results[index] = result;
        }

        return results;
    }

    private ProbeResult[] ProbeOpen(Slice[] slices)
    {
        ProbeResult[] results = ProbeOnce(slices, GraphOptions.Short.MaxIterations);
        int[] large = [.. Enumerable.Range(0, slices.Length).Where(i => results[i].Refusal == "too-large")];
        foreach ((int index, ProbeResult result) in large.Zip(ProbeOnce([.. large.Select(i => slices[i])], FewIterations)))
        {
            results[index] = result;
        }

        return results;
    }

    private ProbeResult[] ProbeOnce(Slice[] slices, int iterations)
    {
        if (slices.Length == 0)
        {
            return [];
        }

        var diagnostics = new DiagnosticBag();
        string unit = slices.Length == 1 ? linker.Link(slices[0], "") : linker.Link(slices);
        CProgram[] programs = [.. slices.Select((s, i) => ProgramOf(s, unit, $"{CProgram.DefaultEntryName}_{i}"))];
        var options = new GraphOptions(iterations, MaxNodes: maxNodes + slices.Max(s => s.Call!.Inputs.Length), MaxSteps: MostSteps);
        ImmutableArray<DataflowGraph?> graphs = GraphBuilder.BuildBatch(programs, toolchain, options, diagnostics);
        if (slices.Length > 1 && diagnostics.Any(d => d.Id is "not-compiled" or "passes"))
        {
            return [.. slices.SelectMany(s => ProbeOnce([s], iterations))];
        }

        return [.. slices.Select((s, i) => graphs[i] is { } graph ? MinedFunction.Of(s, linker, graph, options) : new ProbeResult(null, ReasonOf(s, diagnostics)))];
    }

    private static string ReasonOf(Slice slice, DiagnosticBag diagnostics) =>
        diagnostics.FirstOrDefault(d => d.Severity == Severity.Error && d.Location.File == slice.Function)?.Id ?? "no-reason";

    // The path is the function's name, so that diagnostics say whose they are.
    private static CProgram ProgramOf(Slice slice, string unit, string entryName)
    {
        TriedCall call = slice.Call!;
        ImmutableArray<string> inputs = [.. call.Inputs.Select((i, k) => CallWriter.Typed(i.Kind, $"nsc_in[{k}]"))];
        ImmutableArray<string?> targets = [.. call.Outputs.Select((_, k) => $"nsc_out[{k}]")];
        string header = $"void {entryName}(const double *nsc_in, double *nsc_out)";
        var signature = new ProgramSignature(
            slice.Function, "", call.Inputs, call.Outputs);
        return new CProgram(slice.Function, unit, $"{header};\n{header}\n{{\n{call.Write(inputs, targets)}}}\n", signature, entryName);
    }
}
