// Builds a training corpus from generated C: text, clang, dataflow, filters. Generated programs go the way that a user's
// program goes, so CompNet trains on what it will meet.

using System.Collections.Immutable;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Ranks;
using Nsc.Corpus.Generator;
using Nsc.Corpus.Generator.Drafting;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Sources;
using Nsc.FrontEnd.Tools;

namespace Nsc.Corpus.Building;

/// <summary>Which generated programs a corpus takes.</summary>
/// <param name="UnitSize">Functions in one translation unit, hence in one call of clang.</param>
/// <param name="MaxNodes">Programs with more values are left out.</param>
/// <param name="Workers">Units that a process builds at the same time.</param>
public sealed record GeneratedCorpusOptions(int Programs, ulong Seed, int UnitSize = 1000, int MaxNodes = 192, int Workers = 2);

public static class GeneratedCorpus
{
    /// <summary>
    /// Generates until <c>options.Programs</c> useful, distinct programs are found. Nothing whose behaviour is in
    /// <paramref name="excluded"/> is taken, which keeps training and held-out programs apart; what is taken is added to it.
    /// The programs depend on the number, the seed and the size of the units alone: units are taken in their order, whichever
    /// of the <paramref name="ranks"/> built them. All ranks get the same result, and all stop when one is cancelled.
    /// </summary>
    public static (ImmutableArray<CorpusProgram> Programs, Funnel Funnel) Build(
        GeneratedCorpusOptions options, Toolchain toolchain, HashSet<string> excluded,
        IProgress<Funnel>? progress = null, IRanks? ranks = null, CancellationToken cancellationToken = default)
    {
        ranks ??= new SingleRank();
        var programs = ImmutableArray.CreateBuilder<CorpusProgram>(options.Programs);
        Funnel funnel = Funnel.Empty;
        for (ulong wave = 0; programs.Count < options.Programs; wave++)
        {
            foreach (UnitResult unit in BuildWave(options, wave, toolchain, ranks, cancellationToken).TakeWhile(_ => programs.Count < options.Programs))
            {
                (int kept, int duplicates) = (0, 0);
                foreach (UsefulProgram useful in unit.Useful.TakeWhile(_ => programs.Count < options.Programs))
                {
                    if (excluded.Add(useful.Fingerprint))
                    {
                        programs.Add(useful.Program);
                        kept++;
                    }
                    else
                    {
                        duplicates++;
                    }
                }

                funnel += unit.Funnel with { Kept = kept, Duplicate = duplicates };
            }

            progress?.Report(funnel);
        }

        return (programs.ToImmutable(), funnel);
    }

    /// <summary>The programs that <see cref="Build"/> finds with these options, each as a unit of its own that can be executed.</summary>
    public static ImmutableArray<CProgram> Sources(GeneratedCorpusOptions options, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        var generator = new ProgramGenerator(new GeneratorOptions());
        var programs = ImmutableArray.CreateBuilder<CProgram>(options.Programs);
        var taken = new HashSet<string>();
        for (ulong unit = 0; programs.Count < options.Programs; unit++)
        {
            foreach (UsefulProgram useful in BuildUnit(options, unit, toolchain).Useful)
            {
                if (programs.Count < options.Programs && taken.Add(useful.Fingerprint))
                {
                    GeneratedFunction function = generator.Function(UnitSeed(options, unit), useful.Index);
                    programs.AddRange(ClangFrontEnd.Load(
                        $"{function.Idiom}-{unit}-{useful.Index}.c", ProgramGenerator.Prelude + function.Text, FrontEndOptions.Covered, toolchain, diagnostics));
                }
            }
        }

        return programs.ToImmutable();
    }

    // The units of a wave, in their order: each rank builds as many as it has workers, and all exchange them.
    private static IEnumerable<UnitResult> BuildWave(
        GeneratedCorpusOptions options, ulong wave, Toolchain toolchain, IRanks ranks, CancellationToken cancellationToken)
    {
        var built = new UnitResult[options.Workers];
        ulong first = ((wave * (ulong)ranks.Count) + (ulong)ranks.Rank) * (ulong)options.Workers;
        if (!cancellationToken.IsCancellationRequested)
        {
            Parallel.For(0, options.Workers, new ParallelOptions { MaxDegreeOfParallelism = options.Workers }, w =>
                built[w] = BuildUnit(options, first + (ulong)w, toolchain));
        }

        byte[][] exchanged = ranks.Gather(cancellationToken.IsCancellationRequested ? [] : UnitResult.ToBytes(built));
        return Array.TrueForAll(exchanged, e => e.Length > 0)
            ? exchanged.SelectMany(UnitResult.FromBytes)
            : throw new OperationCanceledException(cancellationToken);
    }

    private static ulong UnitSeed(GeneratedCorpusOptions options, ulong unit) => options.Seed + (unit << 20);

    private static UnitResult BuildUnit(GeneratedCorpusOptions options, ulong index, Toolchain toolchain)
    {
        GeneratedUnit unit = new ProgramGenerator(new GeneratorOptions()).Unit(UnitSeed(options, index), options.UnitSize);
        ImmutableArray<CProgram> loaded = ClangFrontEnd.Load(
            $"generated-{index}.c", unit.Source, FrontEndOptions.Covered with { AllFunctions = true }, toolchain, new DiagnosticBag());
        var graphs = GraphBuilder.BuildBatch(loaded, toolchain, GraphOptions.Short, new DiagnosticBag());
        Funnel funnel = Funnel.Empty with { Generated = options.UnitSize, Refused = options.UnitSize - loaded.Length };
        var useful = new List<UsefulProgram>();
        for (int i = 0; i < loaded.Length; i++)
        {
            ImmutableArray<InputVariable> inputs = loaded[i].Signature.Inputs;
            (string? fingerprint, Funnel fallen) = ProgramFilter.Judge(graphs[i], inputs, options.MaxNodes);
            funnel += fallen;
            if (fingerprint is not null)
            {
                useful.Add(new UsefulProgram(unit.Functions.IndexOf(loaded[i].Signature.Function), new CorpusProgram(graphs[i]!, inputs, loaded[i].Tokens), fingerprint));
            }
        }

        return new UnitResult(useful, funnel);
    }
}
