// Folders of our own C files, such as the idiom library, hold real functions too: with ranges, so that nothing has to be inferred.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Corpus.Building;
using Nsc.Corpus.Shards;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Preprocessing.Packages;
using Nsc.FrontEnd.Tools;

namespace Nsc.Corpus.Mining;

public static class PlainFunctions
{
    /// <summary>The functions of a folder's C files that are not static, each as a unit of its own; those without a graph are left out.</summary>
    /// <param name="name">What they are attributed to.</param>
    public static IReadOnlyList<ShardRow> Load(string folder, string name, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        var package = new SourcePackage(name, folder);
        return [.. package.Files.SelectMany(file => LoadFile(file, package, toolchain, diagnostics))];
    }

    private static IEnumerable<ShardRow> LoadFile(string file, SourcePackage package, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        FrontEndOptions all = FrontEndOptions.Covered with { AllFunctions = true };
        ImmutableArray<CProgram> programs = ClangFrontEnd.Load(file, File.ReadAllText(file), all, toolchain, diagnostics);
        var graphs = GraphBuilder.BuildBatch(programs, toolchain, GraphOptions.Short, diagnostics);
        ImmutableArray<string> texts = ClangFrontEnd.TextsOf(programs, toolchain);
        for (int i = 0; i < programs.Length; i++)
        {
            ProgramSignature signature = programs[i].Signature;
            if (graphs[i] is { } graph)
            {
                string fingerprint = Behaviour.Of(graph, signature.Inputs).Fingerprint;
                yield return ShardRow.Of(signature.Function, texts[i], new CorpusProgram(graph, signature.Inputs, programs[i].Tokens), fingerprint) with
                {
                    Package = package.Name, File = package.Relative(file),
                };
            }
        }
    }
}
