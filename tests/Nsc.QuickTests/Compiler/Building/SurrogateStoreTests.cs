using Nsc.Compiler.Building;
using Nsc.Core.Diagnostics;
using Nsc.Core.Surrogates;
using Nsc.Tests.Core.Surrogates;

namespace Nsc.Tests.Compiler.Building;

public sealed class SurrogateStoreTests : IDisposable
{
    private const string Key = "abcdef";

    private static readonly Surrogate s_net = SampleSurrogates.Create(new Topology(1, [3], 1));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nsc-store-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_was_made_once_is_taken_the_next_time()
    {
        Assert.False(Obtain(() => [s_net], out _).AreKept);
        (Surrogate[] nets, bool areKept) = Obtain(() => throw new InvalidOperationException("made again"), out DiagnosticBag diagnostics);
        Assert.True(areKept);
        Assert.Empty(diagnostics);
        Assert.Equal(s_net.Layers[0].Weight, nets[0].Layers[0].Weight);
    }

    [Fact]
    public void Lines_may_have_moved_since()
    {
        Obtain(() => [s_net], out _);
        Surrogate moved = s_net with { Program = s_net.Program with { Source = "# 7\n" + s_net.Program.Source } };
        var diagnostics = new DiagnosticBag();
        var (nets, areKept) = new SurrogateStore(_folder.FullName).Obtain(Key, moved.Program, 1, isFresh: false, diagnostics, () => null)!.Value;
        Assert.True(areKept);
        Assert.Same(moved.Program, nets[0].Program);
        Assert.Null(SurrogateFile.Objection(nets[0]));
    }

    [Theory]
    [InlineData("damaged", "this entry is not used")]
    [InlineData("another program", "it holds another program")]
    [InlineData("folder", "it is no file")]
    public void An_entry_that_is_not_what_it_must_be_is_said_and_not_used(string kind, string message)
    {
        Obtain(() => [s_net], out _);
        string entry = Directory.GetFiles(_folder.FullName, "*.surrogate", SearchOption.AllDirectories).Single();
        if (kind == "damaged")
        {
            byte[] bytes = File.ReadAllBytes(entry);
            bytes[^1] ^= 1;
            File.WriteAllBytes(entry, bytes);
        }
        else if (kind == "folder")
        {
            File.Delete(entry);
            Directory.CreateDirectory(entry);
        }
        else
        {
            const string Other = "float f(float x) { return 2; }\n";
            SurrogateFile.Save(entry, s_net with { Program = s_net.Program with { Source = Other }, Provenance = s_net.Provenance with { SourceHash = Provenance.HashOf(Other) } });
        }

        Assert.False(Obtain(() => [s_net], out DiagnosticBag diagnostics).AreKept);
        Assert.Contains(diagnostics, d => d.Severity == Severity.Warning && d.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Two_writers_at_once_leave_one_whole_entry()
    {
        Parallel.For(0, 16, _ => new SurrogateStore(_folder.FullName).Obtain(Key, s_net.Program, 1, isFresh: true, new DiagnosticBag(), () => [s_net]));
        string[] files = Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories);
        Assert.Equal(s_net.Layers[0].Weight, SurrogateFile.Load(Assert.Single(files)).Layers[0].Weight);
    }

    private (Surrogate[] Nets, bool AreKept) Obtain(Func<Surrogate[]?> make, out DiagnosticBag diagnostics) =>
        new SurrogateStore(_folder.FullName).Obtain(Key, s_net.Program, 1, isFresh: false, diagnostics = new DiagnosticBag(), make)!.Value;
}
