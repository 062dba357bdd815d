using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Corpus.Mining;
using Nsc.Corpus.Shards;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Preprocessing.Packages;
using Nsc.FrontEnd.Sampling;
using Nsc.FrontEnd.Tools;
using Nsc.Tests.FrontEnd.Execution;

namespace Nsc.Tests.Mining;

/// <summary>A small package, as one finds them: headers that are missing, calls across files, const left away, macros.</summary>
[Trait("speed", "slow")]
public sealed class ExeStackTests : IClassFixture<Sandbox>, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("nsc-test-").FullName;

    private readonly Sandbox _sandbox;

    public ExeStackTests(Sandbox sandbox)
    {
        _sandbox = sandbox;
        Write("vectors/include/vec.h", """
            #ifndef VEC_H
            #define VEC_H
            #define SQUARE(x) ((x) * (x))
            typedef struct { double x, y; } Vec;
            double norm(double v[2]);
            #endif
            """);
        Write("vectors/src/norm.c", """
            #include <math.h>
            #include "config.h"
            #include "vec.h"
            static const double scale[2] = { 1.5, 2.5 };
            static double part(double x, int i) { return SQUARE(scale[i] * x); }
            double norm(double v[2]) { return sqrt(part(v[0], 0) + part(v[1], 1)); }
            double same(const double v[2]) { return sqrt(part(v[0], 0) + part(v[1], 1)); }
            """);
        Write("vectors/src/angle.c", """
            #include <math.h>
            #include <stdio.h>
            #include "vec.h"
            double ratio(Vec a) { double v[2] = { a.x, a.y }; return a.x / (1 + norm(v)); }
            double logged(double x) { printf("%f\n", x); return x; }
            double outside(double x) { extern double elsewhere(double); return elsewhere(x); }
            double root_of(double x) { return sqrt(x - 2000); }
            const char *label(int code) { return code ? "on" : "off"; }
            """);
    }

    private string Packages => Path.Combine(_root, "packages");

    private string Corpus => Path.Combine(_root, "corpus");

    [Fact]
    public void Functions_are_cut_out_with_what_they_need_and_run_on_their_own()
    {
        IReadOnlyList<ShardRow> rows = Build().Load("vectors");
        Assert.Equal(["norm", "part", "ratio"], rows.Select(r => r.Function).Order(StringComparer.Ordinal));
        Assert.All(rows, row =>
        {
            var diagnostics = new DiagnosticBag();
            FrontEndOptions options = FrontEndOptions.Default with { Functions = [row.Function] };
            CProgram program = ClangFrontEnd.Load("unit.c", row.Source, options, _sandbox.Toolchain, diagnostics).Single();
            using NativeProgram native = _sandbox.Compile(program, diagnostics)!;
            Assert.Equal(50, ProgramSampler.Draw(program, native, 50, 1, diagnostics, TestContext.Current.CancellationToken)!.Count);
            Assert.Empty(diagnostics);
        });
    }

    [Fact]
    public void The_funnel_says_where_every_function_went()
    {
        MiningFunnel funnel = Build().Packages.Single().Funnel;
        Assert.Equal(2, funnel.Files);
        Assert.Equal(0, funnel.Unreadable);
        Assert.Equal(8, funnel.Functions);
        Assert.Equal(1, funnel.Duplicate);
        Assert.Equal(3, funnel.Kept);
        Assert.Equal(
            funnel.Functions,
            funnel.NotNumerical + funnel.Repeated + funnel.Refused.Values.Sum() + funnel.TooLarge + funnel.NoRange + funnel.Disagreeing + funnel.Duplicate + funnel.Kept);
    }

    [Fact]
    public void A_build_says_what_it_cost_and_how_much_of_it_was_clangs()
    {
        MiningEffort effort = Build().Packages.Single().Effort;
        Assert.Equal(7, effort.Examined);
        Assert.InRange(effort.ClangSeconds, double.Epsilon, effort.BusySeconds);
    }

    [Fact]
    public void A_headers_function_counts_for_the_first_file_that_includes_it_whoever_looked_at_it()
    {
        Write("vectors/include/mix.h", "static inline double mix(double a, double b, double t) { return a + (b - a) * t; }");
        Write("vectors/src/a.c", "#include \"mix.h\"\n");
        Write("vectors/src/z.c", "#include \"mix.h\"\ndouble twice(double a) { return mix(a, 2 * a, a) + mix(a, a, 0.5); }\n");
        ExeStack corpus = Build();
        Assert.Equal("src/a.c", corpus.Load("vectors").Single(r => r.Function == "mix").File);
        Assert.Equal(1, corpus.Packages.Single().Funnel.Repeated);
    }

    [Fact]
    public void The_same_sources_make_the_same_shard()
    {
        byte[] first = Shard();
        Directory.Delete(Corpus, recursive: true);
        Assert.Equal(first, Shard());

        byte[] Shard()
        {
            Build();
            return File.ReadAllBytes(Path.Combine(Corpus, "vectors.parquet"));
        }
    }

    [Fact]
    public void What_is_done_is_not_done_again_unless_it_is_damaged_or_another_version()
    {
        Build();
        var package = new SourcePackage("vectors", Path.Combine(Packages, "vectors"));
        Assert.False(Add(package, "1.0"));
        Assert.True(Add(package, "1.1"));
        string shard = Path.Combine(Corpus, "vectors.parquet");
        File.WriteAllBytes(shard, File.ReadAllBytes(shard)[..^1]);
        Assert.True(Add(package, "1.1"));
        File.WriteAllText(Path.Combine(Corpus, "manifest.json"), "{");
        Assert.True(Add(package, "1.1"));
    }

    [Fact]
    public void A_file_that_includes_what_is_not_its_own_is_not_read()
    {
        Write("secrets.h", "double secret(double x) { return x; }");
        Write("vectors/src/angle.c", $"#include \"{Path.Combine(Packages, "secrets.h")}\"\ndouble f(double x) {{ return secret(x); }}\n");
        Assert.Equal(1, Build().Packages.Single().Funnel.Unreadable);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Write(string name, string text)
    {
        string path = Path.Combine(Packages, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private ExeStack Build()
    {
        Assert.True(Add(new SourcePackage("vectors", Path.Combine(Packages, "vectors")), "1.0"));
        return ExeStack.Open(Corpus);
    }

    private bool Add(SourcePackage package, string version) => ExeStack.Open(Corpus).Add(
        package, version, 512, 2, _sandbox.Toolchain, progress: null, TestContext.Current.CancellationToken);
}
