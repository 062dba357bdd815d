using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Corpus.Building;
using Nsc.Corpus.Mining.Variants;
using Nsc.Corpus.Shards;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.Tests.FrontEnd.Execution;

namespace Nsc.Tests.Mining;

public sealed class VariantTests(Sandbox sandbox) : IClassFixture<Sandbox>
{
    private const string Source = """
        #include <math.h>
        typedef struct { double x, y; } Vec;
        static const double weight[3] = { 0.25, -1.5, 2.0 };
        static double bend(double t);
        static double bend(double t) { return t > 0.5 ? sqrt(t) : -0.75 * t; }
        // A comment.
        #pragma nsc input(p, 0, 1)
        #pragma nsc input(at.x, -2, 2)
        double mixture(const double p[3], Vec at)
        {
            double sum = 1.0;
            for (int i = 0; i < 3; i++)
                sum += weight[i] * p[i] / (2.5 + bend(p[2 - i]));
            return sum * cos(at.x - 3 * at.y);
        }
        #pragma nsc input(angle, -3, 3)
        double wave(double angle, double gain) { return gain * sin(2.0 * angle) + 0.5; }
        """;

    private readonly IReadOnlyList<ShardRow> _originals = MiningFolder.Plain(Source, sandbox.Toolchain);

    [Fact]
    public void Every_variant_stands_alone_and_its_text_gives_its_graph()
    {
        (List<ShardRow> variants, VariantFunnel funnel) = Build("mixture", 24);
        Assert.True(variants.Count >= 12, $"only {variants.Count} are useful");
        Assert.Equal(funnel.Funnel.Kept, variants.Count);
        Assert.All(variants, v =>
        {
            Assert.Equal("mixture", v.MadeFrom);
            var diagnostics = new DiagnosticBag();
            CProgram program = ClangFrontEnd.Load(
                "variant.c", v.Source, FrontEndOptions.Default with { Functions = [v.Function] }, sandbox.Toolchain, diagnostics).Single();
            var graph = GraphBuilder.Build(program, sandbox.Toolchain, new GraphOptions(), diagnostics)!;
            Assert.Equal(v.Fingerprint, Behaviour.Of(graph, program.Signature.Inputs).Fingerprint);
            Assert.Empty(diagnostics);
        });
    }

    [Fact]
    public void Variants_of_a_function_keep_what_its_pragmas_say()
    {
        IReadOnlyList<ShardRow> rows = MiningFolder.Plain("""
            static double level = 0.5;
            void lift(double by) { level = 0.5 * by; }
            #pragma nsc extent(p, 3)
            #pragma nsc fix(n, 3)
            #pragma nsc ignore(count)
            double blend(const double *p, int n, int *count) { double sum = level; for (int i = 0; i < n; i++) sum += 0.25 * p[i] * p[i]; *count = n; return sum; }
            """, sandbox.Toolchain);
        (List<ShardRow> variants, _) = new VariantBuilder(new VariantOptions(48), sandbox.Toolchain, null).Build(rows.Single(r => r.Function == "blend"));
        Assert.True(variants.Count >= 12, $"only {variants.Count} are useful");
        Assert.Contains(variants, v => v.Function == "blend_composed");
        Assert.All(variants, v => Assert.Contains("#pragma nsc fix(n, 3)\n", v.Source, StringComparison.Ordinal));
        Assert.All(variants, v => Assert.Contains("#pragma nsc ignore(count)\n", v.Source, StringComparison.Ordinal));
        Assert.All(variants, v => Assert.Contains("level", v.Inputs, StringComparison.Ordinal));
    }

    [Fact]
    public void Variants_behave_unlike_each_other_and_unlike_the_original()
    {
        List<ShardRow> variants = Build("mixture", 48).Variants;
        string[] all = [.. variants.Select(v => v.Fingerprint), Original("mixture").Fingerprint];
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void Indices_and_loop_bounds_stay_and_everything_else_changes()
    {
        string[] sources = [.. Build("mixture", 96).Variants.Select(v => v.Source)];
        Assert.All(sources, s => Assert.Contains("for (int i = 0; i < 3; i++)", s, StringComparison.Ordinal));
        Assert.All(sources, s => Assert.Contains("p[2 - i]", s, StringComparison.Ordinal));
        Assert.All(sources, s => Assert.Contains("weight[3]", s, StringComparison.Ordinal));
        Assert.Contains(sources, s => !s.Contains("{ 0.25, -1.5, 2.0 }", StringComparison.Ordinal));
        Assert.Contains(sources, s => !s.Contains("-0.75 * t", StringComparison.Ordinal));
        Assert.Contains(sources, s => !s.Contains("cos(at.x", StringComparison.Ordinal));
        Assert.Contains(sources, s => !s.Contains("input(p[0], 0, 1)", StringComparison.Ordinal));
        Assert.Contains(sources, s => s.Contains("mixture_composed", StringComparison.Ordinal));
    }

    [Fact]
    public void Composition_brings_more_inputs_but_never_more_than_sixteen()
    {
        int[] inputs = [.. Build("mixture", 96).Variants.Select(v => v.Program().Inputs.Length)];
        Assert.Contains(inputs, n => n > 5);
        Assert.All(inputs, n => Assert.InRange(n, 1, 16));
    }

    [Fact]
    public void The_same_seed_gives_the_same_variants_and_another_one_others()
    {
        string[] first = [.. Build("wave", 24).Variants.Select(v => v.SourceHash)];
        Assert.Equal(first, Build("wave", 24).Variants.Select(v => v.SourceHash));
        Assert.NotEqual(first, Build("wave", 24, seed: 2).Variants.Select(v => v.SourceHash));
    }

    [Fact]
    public void Executed_variants_do_what_their_graphs_say()
    {
        var options = new VariantOptions(24, CheckedShare: 1);
        var builder = new VariantBuilder(options, sandbox.Toolchain, new VariantCheck(sandbox.Toolchain));
        VariantFunnel funnel = builder.Build(Original("mixture")).Funnel;
        Assert.True(funnel.Executed >= 12);
        Assert.Equal(funnel.Executed, funnel.Agreed);
    }

    [Fact]
    public void A_variant_that_does_not_compile_costs_the_others_nothing()
    {
        // Where a pointer and a number are added, some variants multiply them.
        IReadOnlyList<ShardRow> rows = MiningFolder.Plain("""
            double pick(const double p[4], double x) { const double *q = p + 1; return *(q + 1) * x + 2.5 * *q; }
            """, sandbox.Toolchain);
        (List<ShardRow> variants, VariantFunnel funnel) = new VariantBuilder(new VariantOptions(32), sandbox.Toolchain, null).Build(rows.Single());
        Assert.True(funnel.Funnel.Refused > 0, "none was refused");
        Assert.True(variants.Count >= 8, $"only {variants.Count} are useful");
    }

    [Fact]
    public void Made_variants_are_not_made_again_unless_they_are_damaged_or_the_functions_change()
    {
        using var folder = new MiningFolder();
        Assert.True(Add(_originals, 4));
        Assert.False(Add(_originals, 4));
        Assert.True(Add(_originals, 5));
        Assert.True(Add([_originals[0]], 5));
        File.WriteAllBytes(Path.Combine(folder.Corpus, "plain.variants.parquet"), [1, 2, 3]);
        Assert.True(Add([_originals[0]], 5));
        Assert.NotEmpty(VariantCorpus.Open(folder.Corpus).Load("plain"));

        bool Add(IReadOnlyList<ShardRow> rows, int perFunction) => VariantCorpus.Open(folder.Corpus).Add(
            "plain", rows, new VariantOptions(perFunction), 2, sandbox.Toolchain, null, TestContext.Current.CancellationToken);
    }

    private ShardRow Original(string function) => _originals.Single(r => r.Function == function);

    private (List<ShardRow> Variants, VariantFunnel Funnel) Build(string function, int count, ulong seed = 1) =>
        new VariantBuilder(new VariantOptions(count, seed), sandbox.Toolchain, null).Build(Original(function));
}
