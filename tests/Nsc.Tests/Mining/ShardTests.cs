using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Nsc.Core.Dataflow;
using Nsc.Corpus.Building;
using Nsc.Corpus.Mining;
using Nsc.Corpus.Shards;
using Nsc.FrontEnd.Preprocessing.Packages;
using Nsc.Tests.Cli;
using Nsc.Tests.FrontEnd.Execution;

namespace Nsc.Tests.Mining;

public sealed class ShardTests(Sandbox sandbox) : IClassFixture<Sandbox>
{
    private const string Source = "double cube(double x, double y) { return x * x * x + 0.5 * y; }\n";

    private const string Copyright = """
        Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
        Upstream-Name: shapes

        Files: *
        Copyright: somebody
        License: MIT
         The text of it.

        Files: shapes.c
               extra/*.c
        License: GPL-2+
        """;

    [Fact]
    public void A_part_of_a_corpus_that_was_changed_is_read_or_refused_also_when_the_manifest_goes_with_it()
    {
        using var folder = new MiningFolder();
        folder.Mine("shapes", Source, sandbox.Toolchain);
        string shard = Path.Combine(folder.Corpus, "shapes.parquet"), manifest = Path.Combine(folder.Corpus, "manifest.json"), entries = File.ReadAllText(manifest);
        byte[] good = File.ReadAllBytes(shard);
        ShardRow row = Assert.Single(Shard.Load(shard));
        string hash = Convert.ToHexStringLower(SHA256.HashData(good));
        for (int seed = 0; seed < 120; seed++)
        {
            byte[] mutant = Mutation.Of(good, seed);
            if (seed % 2 == 0)
            {
                // A whole file with a row that makes no sense.
                Shard.Save(shard, [seed % 4 == 0 ? row with { Graph = Mutation.Of(row.Graph, seed) } : row with { Inputs = Mutation.Of(row.Inputs, seed) }]);
                mutant = File.ReadAllBytes(shard);
            }

            File.WriteAllBytes(shard, mutant);
            File.WriteAllText(manifest, entries.Replace(hash, Convert.ToHexStringLower(SHA256.HashData(mutant)), StringComparison.Ordinal));
            Outcome outcome = Workplace.Run("exestack", "stats", "--corpus", folder.Corpus);
            Assert.True(outcome.ExitCode is 0 or 3 && !outcome.Error.Contains("internal error", StringComparison.Ordinal), $"seed {seed}: {outcome.ExitCode} {outcome.Error}");
        }

        File.WriteAllBytes(shard, good);
        for (int seed = 0; seed < 60; seed++)
        {
            File.WriteAllText(manifest, Mutation.Of(entries, seed));
            Outcome outcome = Workplace.Run("exestack", "stats", "--corpus", folder.Corpus);
            Assert.True(outcome.ExitCode is 0 or 3 && !outcome.Error.Contains("internal error", StringComparison.Ordinal), $"manifest, seed {seed}: {outcome.ExitCode} {outcome.Error}");
        }
    }

    [Fact]
    public void A_row_holds_the_licence_a_hash_of_the_source_and_the_value_of_every_node_on_shared_points()
    {
        using var folder = new MiningFolder();
        folder.Write("packages/shapes/debian/copyright", Copyright);
        folder.Mine("shapes", Source, sandbox.Toolchain);
        ShardRow row = Assert.Single(ExeStack.Open(folder.Corpus).Load("shapes"));
        Assert.Equal("GPL-2+", row.Licence);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(row.Source))), row.SourceHash);

        float[] samples = MemoryMarshal.Cast<byte, float>(row.Samples).ToArray();
        CorpusProgram program = row.Program();
        int width = program.Inputs.Length + row.Nodes;
        Assert.Equal(ShardRow.SampleCount * width, samples.Length);
        double[] inputs = [.. Enumerable.Range(0, ShardRow.SampleCount).SelectMany(s => samples[(s * width)..((s * width) + 2)]).Select(x => (double)x)];
        double[] outputs = new GraphEvaluator(program.Graph).EvaluateOutputs(inputs, ShardRow.SampleCount);
        for (int s = 0; s < ShardRow.SampleCount; s++)
        {
            double stored = samples[(s * width) + 2 + program.Graph.Outputs[0]];
            Assert.Equal(outputs[s], stored, Math.Abs(stored) * 1e-5 + 1e-3);
        }
    }

    [Theory]
    [InlineData("a.c", "MIT")]
    [InlineData("shapes.c", "GPL-2+")]
    [InlineData("extra/deep/b.c", "GPL-2+")]
    public void The_last_paragraph_that_names_a_file_says_its_licence(string file, string licence)
    {
        using var folder = new MiningFolder();
        folder.Write("p/debian/copyright", Copyright);
        Assert.Equal(licence, DebianCopyright.Of(folder["p"]).LicenceOf(file));
    }

    [Theory]
    [InlineData("This package was put together by hand.\n\nFiles: *\nLicense: MIT\n")]
    [InlineData("")]
    [InlineData("Format: x\n\nFiles: ((((*\nLicense:\n")]
    public void A_statement_in_prose_or_a_damaged_one_says_nothing(string text)
    {
        using var folder = new MiningFolder();
        folder.Write("p/debian/copyright", text);
        Assert.Equal(ShardRow.UnknownLicence, DebianCopyright.Of(folder["p"]).LicenceOf("a.c"));
    }

    [Fact]
    public void A_build_that_is_stopped_keeps_the_packages_that_were_done()
    {
        using var folder = new MiningFolder();
        folder.Mine("first", Source, sandbox.Toolchain);
        folder.Write("packages/second/second.c", Source.Replace("cube", "other", StringComparison.Ordinal) + Source);
        using var stop = new CancellationTokenSource();
        var second = new SourcePackage("second", folder["packages/second"]);
        Assert.ThrowsAny<OperationCanceledException>(() => ExeStack.Open(folder.Corpus).Add(
            second, "1.0", 512, 1, sandbox.Toolchain, new Stopping(stop), stop.Token));

        ExeStack corpus = ExeStack.Open(folder.Corpus);
        Assert.Equal("first", Assert.Single(corpus.Packages).Package);
        Assert.Equal("cube", Assert.Single(corpus.Load("first")).Function);
        var first = new SourcePackage("first", folder["packages/first"]);
        Assert.False(corpus.Add(first, "1.0", 512, 1, sandbox.Toolchain, null, TestContext.Current.CancellationToken));
        Assert.True(corpus.Add(second, "1.0", 512, 1, sandbox.Toolchain, null, TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFiles(folder.Corpus, "*.tmp"));
    }

    private sealed class Stopping(CancellationTokenSource stop) : IProgress<ExeStackProgress>
    {
        public void Report(ExeStackProgress value) => stop.Cancel();
    }
}
