// The generated part of a training corpus: built once, kept in a cache, shared by the ranks of a job.

using System.Collections.Immutable;
using System.Text;
using Nsc.Core.Ranks;
using Nsc.FrontEnd.Tools;

namespace Nsc.Corpus.Building;

/// <summary>Generated programs, of which the first ones are held out.</summary>
/// <param name="Hash">Identifies them.</param>
public sealed record GeneratedPrograms(ImmutableArray<CorpusProgram> HeldOut, ImmutableArray<CorpusProgram> Training, string Hash)
{
    private const int HeldOutCount = 200;

    /// <summary>Where a folder keeps the programs of a training run.</summary>
    public static string CacheFile(string folder, long seed, int programs) => Path.Combine(folder, $"corpus-{seed}-{programs}.bin");

    /// <summary>
    /// Reads the programs, or builds them. Rank 0 says whether they are there; if so all read them, else all build them. Null when this rank does
    /// not find the file that rank 0 does.
    /// </summary>
    /// <param name="file">What <see cref="CacheFile"/> gives.</param>
    /// <param name="toolchain">Asked for only when something is built.</param>
    /// <param name="progress">Told after each wave of units what became of the programs.</param>
    public static GeneratedPrograms? Load(
        string file, int programs, long seed, int workers, Func<Toolchain> toolchain, IRanks ranks, IProgress<Funnel>? progress, CancellationToken cancellationToken)
    {
        var loaded = CorpusFile.TryLoad(file);
        bool isThere = ranks.Gather([loaded is null ? (byte)0 : (byte)1])[0][0] != 0;
        if (!isThere)
        {
            loaded = Build(file, programs, seed, workers, toolchain(), ranks, progress, cancellationToken);
        }

        return loaded is { } all ? new GeneratedPrograms(all.Programs[..HeldOutCount], all.Programs[HeldOutCount..], all.Hash) : null;
    }

    /// <summary>The held-out programs of a training run with a seed: the same ones for every size of its corpus.</summary>
    public static GeneratedCorpusOptions HeldOutOptions(long seed, int count) => new(count, unchecked((ulong)seed * 2 * 0x9E3779B97F4A7C15), UnitSize: 500);

    private static (ImmutableArray<CorpusProgram> Programs, string Hash) Build(
        string file, int programs, long seed, int workers, Toolchain toolchain, IRanks ranks, IProgress<Funnel>? progress, CancellationToken cancellationToken)
    {
        var taken = new HashSet<string>();
        var heldOut = GeneratedCorpus.Build(HeldOutOptions(seed, HeldOutCount) with { Workers = workers }, toolchain, taken, null, ranks, cancellationToken);
        var training = GeneratedCorpus.Build(
            new GeneratedCorpusOptions(programs, TrainingSeed(seed), Workers: workers), toolchain, taken, progress, ranks, cancellationToken);
        ImmutableArray<CorpusProgram> all = [.. heldOut.Programs, .. training.Programs];
        byte[] hash = [];
        if (ranks.Rank == 0)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            hash = Encoding.ASCII.GetBytes(CorpusFile.Save(file, all));
        }

        return (all, Encoding.ASCII.GetString(ranks.Gather(hash)[0]));
    }

    private static ulong TrainingSeed(long seed) => unchecked((((ulong)seed * 2) + 1) * 0x9E3779B97F4A7C15);
}
