// From a package of C sources to functions that CompNet can learn from, with a count of what fell where.

using System.Collections.Immutable;
using System.Globalization;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Corpus.Building;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Clang;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Llvm;
using Nsc.FrontEnd.Mining;

namespace Nsc.Corpus.Mining;

/// <summary>A real function that can be executed on its own.</summary>
/// <param name="Package">The source package that it comes from.</param>
/// <param name="File">The file, as the package names it.</param>
/// <param name="Source">A self-contained unit, with pragmas for the inferred ranges.</param>
/// <param name="Fingerprint">Equal for functions that behave alike on the probes.</param>
public sealed record RealFunction(
    string Package, string File, string Name, string Source, CorpusProgram Program, string Fingerprint);

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
    /// <summary>The function of a slice if it is useful, and what it adds to the funnel. Duplicates are not yet removed.</summary>
    public static (RealFunction? Function, MiningFunnel Funnel) Examine(
        Slice slice, Linker linker, string file, string package, Toolchain toolchain, SandboxRunner runner, int maxNodes)
    {
        var diagnostics = new DiagnosticBag();
        HashSet<int> constant = ReadOnlyPointers(slice, linker, file, toolchain);
        CProgram? program = Load(slice, linker, constant, file, toolchain, diagnostics);
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

        using NativeProgram? native = NativeProgram.Compile(program!, toolchain, diagnostics, SandboxLimits.Default, runner);
        if (native is null)
        {
            return (null, MiningFunnel.Empty with { Refused = MiningFunnel.Empty.Refused.Add("not-executable", 1) });
        }

        if (RangeInference.Infer(graph, program!.Signature.Inputs, points => native.Run(points)) is not { } inputs
            || Behaviour.Of(graph, inputs) is not { Verdict: Verdict.Useful } behaviour)
        {
            return (null, MiningFunnel.Empty with { NoRange = 1 });
        }

        string source = linker.Link(slice, Pragmas(inputs), constant);
        return (new RealFunction(package, file, slice.Function, source, new CorpusProgram(graph, inputs, program.Tokens), behaviour.Fingerprint), MiningFunnel.Empty);
    }

    // Much code leaves const away. A pointer that can be made one to a constant without an error is an input.
    private static HashSet<int> ReadOnlyPointers(Slice slice, Linker linker, string file, Toolchain toolchain)
    {
        var constant = new HashSet<int>();
        for (int i = 0; i < slice.Pointers.Length; i++)
        {
            var diagnostics = new DiagnosticBag();
            Load(slice, linker, new HashSet<int> { i }, file, toolchain, diagnostics);
            if (!diagnostics.Any(d => d.Severity == Severity.Error && d.Id.StartsWith("clang-", StringComparison.Ordinal)))
            {
                constant.Add(i);
            }
        }

        return constant;
    }

    private static CProgram? Load(
        Slice slice, Linker linker, HashSet<int> constant, string file, Toolchain toolchain, DiagnosticBag diagnostics) =>
        ClangFrontEnd.Load(
            file, linker.Link(slice, "", constant), FrontEndOptions.Default with { Functions = [slice.Function] }, toolchain, diagnostics).FirstOrDefault();

    // All inputs below a parameter have the same range, so one pragma for each parameter says them all.
    private static string Pragmas(ImmutableArray<InputVariable> inputs) => string.Concat(inputs
        .DistinctBy(i => i.Parameter)
        .Select(i => string.Create(CultureInfo.InvariantCulture, $"#pragma nsc input({i.Parameter}, {i.Range.Low:R}, {i.Range.High:R})\n")));
}
