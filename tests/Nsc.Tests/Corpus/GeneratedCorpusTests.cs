using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Corpus.Building;
using Nsc.FrontEnd.Tools;

namespace Nsc.Tests.Corpus;

public sealed class GeneratedCorpusTests : IDisposable
{
    private static readonly GeneratedCorpusOptions s_options = new(Programs: 40, Seed: 5, UnitSize: 40);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nsc-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_build_depends_on_its_options_alone_and_takes_nothing_that_is_excluded()
    {
        var first = Build([]);
        var taken = new HashSet<string>(first.Programs.Select(p => Behaviour.Of(p.Graph, p.Inputs).Fingerprint));
        Assert.Equal(40, taken.Count);
        Assert.Equal(Save(first.Programs, "a"), Save(Build([]).Programs, "b"));
        Assert.DoesNotContain(Build([.. taken]).Programs, p => taken.Contains(Behaviour.Of(p.Graph, p.Inputs).Fingerprint));
        Assert.True(first.Funnel.Generated >= first.Funnel.Kept + first.Funnel.Refused);
    }

    [Fact]
    public void The_sources_of_a_build_are_programs_of_their_own_with_the_same_behaviour()
    {
        Toolchain toolchain = Toolchain.Find()!;
        var built = Build([]).Programs.Select(p => Behaviour.Of(p.Graph, p.Inputs).Fingerprint).Take(5);
        var sources = GeneratedCorpus.Sources(s_options with { Programs = 5 }, toolchain, new DiagnosticBag());
        var graphs = sources.Select(s => Nsc.FrontEnd.Lowering.GraphBuilder.Build(s, toolchain, new Nsc.FrontEnd.Lowering.Values.GraphOptions(), new DiagnosticBag())!);
        Assert.Equal(built, sources.Zip(graphs).Select(p => Behaviour.Of(p.Second, p.First.Signature.Inputs).Fingerprint));
    }

    [Fact]
    public void A_corpus_file_brings_back_its_programs_and_a_damaged_one_is_not_used()
    {
        var programs = Build([]).Programs;
        string hash = Save(programs, "c"), path = Path.Combine(_folder.FullName, "c");
        var loaded = CorpusFile.TryLoad(path)!.Value;
        Assert.Equal(hash, loaded.Hash);
        Assert.Equal(programs.Select(p => p.Graph.Nodes), loaded.Programs.Select(p => p.Graph.Nodes));
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 4;
        File.WriteAllBytes(path, bytes);
        Assert.Null(CorpusFile.TryLoad(path));
        File.WriteAllBytes(path, bytes[..20]);
        Assert.Null(CorpusFile.TryLoad(path));
    }

    [Fact]
    public void Constant_and_infinite_programs_are_told_apart_from_useful_ones()
    {
        ImmutableArray<InputVariable> inputs = [new("x", ScalarKind.Double, Interval.Default)];
        Assert.Equal(Verdict.Useful, Judge(new Node(Opcode.Sin, ValueKind.Double, 0)));
        Assert.Equal(Verdict.Constant, Judge(new Node(Opcode.Subtract, ValueKind.Double, 0, 0)));
        Assert.Equal(Verdict.NotFinite, Judge(new Node(Opcode.Log, ValueKind.Double, 0)));

        Verdict Judge(Node node) => Behaviour.Of(new DataflowGraph([Node.ForInput(0, ValueKind.Double), node], 1, [1], []), inputs).Verdict;
    }

    private static (ImmutableArray<CorpusProgram> Programs, Funnel Funnel) Build(HashSet<string> excluded) =>
        GeneratedCorpus.Build(s_options, Toolchain.Find()!, excluded, cancellationToken: TestContext.Current.CancellationToken);

    private string Save(IReadOnlyList<CorpusProgram> programs, string name) => CorpusFile.Save(Path.Combine(_folder.FullName, name), programs);
}
