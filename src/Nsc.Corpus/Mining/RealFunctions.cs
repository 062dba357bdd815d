// From a package of C sources to functions that CompNet can learn from, with a count of what fell where.

using System.Collections.Immutable;
using System.Globalization;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Corpus.Building;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Clang;
using Nsc.FrontEnd.Llvm;
using Nsc.FrontEnd.Mining;

namespace Nsc.Corpus.Mining;

/// <summary>A real function that can be executed on its own.</summary>
/// <param name="Package">The source package that it comes from.</param>
/// <param name="File">The file, as the package names it.</param>
/// <param name="Source">A self-contained unit, with pragmas for the inferred ranges.</param>
/// <param name="Fingerprint">Equal for functions that behave alike on the probes.</param>
public sealed record RealFunction(
    string Package, string File, string Name, string Source, DataflowGraph Graph, ImmutableArray<InputVariable> Inputs, string Fingerprint);

/// <summary>How many files and functions were seen, and how many fell at each filter; the front end's refusals by their reason.</summary>
public sealed record MiningFunnel(
    int Files, int Unreadable, int Functions, int NotNumerical, ImmutableSortedDictionary<string, int> Refused, int TooLarge, int NoRange,
    int Duplicate, int Kept)
{
    public static readonly MiningFunnel Empty = new(0, 0, 0, 0, ImmutableSortedDictionary<string, int>.Empty, 0, 0, 0, 0);

    public static MiningFunnel operator +(MiningFunnel a, MiningFunnel b) => new(
        a.Files + b.Files, a.Unreadable + b.Unreadable, a.Functions + b.Functions, a.NotNumerical + b.NotNumerical,
        b.Refused.Aggregate(a.Refused, (sum, r) => sum.SetItem(r.Key, sum.GetValueOrDefault(r.Key) + r.Value)),
        a.TooLarge + b.TooLarge, a.NoRange + b.NoRange, a.Duplicate + b.Duplicate, a.Kept + b.Kept);
}

public static class RealFunctions
{
    /// <summary>The useful functions of one file, duplicates not yet removed, and its part of the funnel.</summary>
    public static (ImmutableArray<RealFunction> Functions, MiningFunnel Funnel) Of(
        string file, SourcePackage package, Toolchain toolchain, int maxNodes)
    {
        SlicedFile sliced = SourceSlicer.Slice(file, package, toolchain);
        MiningFunnel funnel = MiningFunnel.Empty with
        {
            Files = 1, Unreadable = sliced.IsReadable ? 0 : 1, Functions = sliced.Functions, NotNumerical = sliced.Functions - sliced.Slices.Length,
        };
        var kept = ImmutableArray.CreateBuilder<RealFunction>();
        foreach (Slice slice in sliced.Slices)
        {
            (RealFunction? function, MiningFunnel part) = Examine(slice, package.Relative(file), package.Name, toolchain, maxNodes);
            funnel += part;
            if (function is not null)
            {
                kept.Add(function);
            }
        }

        return (kept.ToImmutable(), funnel);
    }

    private static (RealFunction? Function, MiningFunnel Funnel) Examine(
        Slice slice, string file, string package, Toolchain toolchain, int maxNodes)
    {
        var diagnostics = new DiagnosticBag();
        FrontEndOptions options = FrontEndOptions.Default with { Functions = [slice.Function] };
        CProgram? program = ClangFrontEnd.Load(file, slice.Text, options, toolchain, diagnostics).FirstOrDefault();
        DataflowGraph? graph = program is null ? null : GraphBuilder.Build(program, toolchain, new GraphOptions(), diagnostics);
        if (graph is null)
        {
            string reason = diagnostics.FirstOrDefault(d => d.Severity == Severity.Error)?.Id ?? "no-reason";
            return (null, MiningFunnel.Empty with { Refused = MiningFunnel.Empty.Refused.Add(reason, 1) });
        }

        if (graph.Nodes.Length > maxNodes)
        {
            return (null, MiningFunnel.Empty with { TooLarge = 1 });
        }

        if (RangeInference.Infer(graph, program!.Signature.Inputs) is not { } inputs
            || Behaviour.Of(graph, inputs) is not { Verdict: Verdict.Useful } behaviour)
        {
            return (null, MiningFunnel.Empty with { NoRange = 1 });
        }

        string source = WithRanges(slice, inputs);
        return (new RealFunction(package, file, slice.Function, source, graph, inputs, behaviour.Fingerprint), MiningFunnel.Empty);
    }

    // Ranges are the same for all inputs below a parameter, so one pragma for each parameter says them all.
    private static string WithRanges(Slice slice, ImmutableArray<InputVariable> inputs)
    {
        IEnumerable<string> pragmas = inputs
            .Select(i => (Parameter: i.Name.Split('.', '[')[0], i.Range))
            .DistinctBy(i => i.Parameter)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"#pragma nsc input({i.Parameter}, {i.Range.Low:R}, {i.Range.High:R})\n"));
        return slice.Text.Insert(slice.Start, string.Concat(pragmas));
    }
}
