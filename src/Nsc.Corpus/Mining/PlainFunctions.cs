// Folders of our own C files, such as the idiom library, hold real functions too: with ranges, so that nothing has to be inferred.

using System.Collections.Immutable;
using System.Globalization;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Corpus.Building;
using Nsc.Corpus.Shards;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Preprocessing.Packages;
using Nsc.FrontEnd.Slicing;
using Nsc.FrontEnd.Tools;

namespace Nsc.Corpus.Mining;

public static class PlainFunctions
{
    /// <summary>The functions of a folder's C files that are not static, each as a unit of its own; those without a graph are left out.</summary>
    /// <param name="name">What they are attributed to.</param>
    public static IReadOnlyList<ShardRow> Load(string folder, string name, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        var package = new SourcePackage(name, folder);
        using var slicer = new SourceSlicer(package, toolchain);
        return [.. package.Files.SelectMany(file => LoadFile(file, package, slicer, toolchain, diagnostics))];
    }

    private static IEnumerable<ShardRow> LoadFile(string file, SourcePackage package, SourceSlicer slicer, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        FrontEndOptions all = FrontEndOptions.Covered with { AllFunctions = true };
        ImmutableArray<CProgram> programs = ClangFrontEnd.Load(file, File.ReadAllText(file), all, toolchain, diagnostics);
        var graphs = GraphBuilder.BuildBatch(programs, toolchain, GraphOptions.Short, diagnostics);
        var slices = slicer.Slice(file).Slices.DistinctBy(s => s.Function).ToDictionary(s => s.Function);
        var linker = new UnitLinker(slices.Values);
        for (int i = 0; i < programs.Length; i++)
        {
            ProgramSignature signature = programs[i].Signature;
            if (graphs[i] is { } graph && slices.TryGetValue(signature.Function, out Slice? slice))
            {
                string source = linker.Link(slice, Pragmas(signature.Inputs));
                string fingerprint = Behaviour.Of(graph, signature.Inputs).Fingerprint;
                yield return ShardRow.Of(signature.Function, source, new CorpusProgram(graph, signature.Inputs, programs[i].Tokens), fingerprint) with
                {
                    Package = package.Name, File = package.Relative(file),
                };
            }
        }
    }

    /// <summary>A range pragma for each input.</summary>
    internal static string Pragmas(IEnumerable<InputVariable> inputs) => string.Concat(inputs.Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"#pragma nsc input({i.Name}, {i.Range.Low:R}, {i.Range.High:R})\n")));
}
