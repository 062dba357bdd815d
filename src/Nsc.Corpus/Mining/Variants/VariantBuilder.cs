// Data augmentation: each real function becomes many variants, with other constants, operators, calls, ranges and callers. Its structure stays. All variants of a function go through clang in one run.

using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Corpus.Building;
using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;
using Nsc.Corpus.Shards;
using Nsc.Corpus.SourceText;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Tools;

namespace Nsc.Corpus.Mining.Variants;

/// <summary>Which variants are made.</summary>
/// <param name="PerFunction">How many are tried of each real function.</param>
/// <param name="MaxNodes">Variants with more values are left out.</param>
/// <param name="CheckedShare">Of one function in this many, all kept variants are executed and compared with their graphs.</param>
public sealed record VariantOptions(int PerFunction = 24, ulong Seed = 1, int MaxNodes = 512, int CheckedShare = 16);

/// <summary>What became of the variants of some functions.</summary>
/// <param name="Executed">Variants that were executed.</param>
/// <param name="Agreed">Those whose execution gave what the graph gives.</param>
public sealed record VariantFunnel(Funnel Funnel, int Executed, int Agreed)
{
    public static readonly VariantFunnel Empty = new(Funnel.Empty, 0, 0);

    public static VariantFunnel operator +(VariantFunnel a, VariantFunnel b) => new(a.Funnel + b.Funnel, a.Executed + b.Executed, a.Agreed + b.Agreed);
}

/// <summary>Makes variants. Deterministic: the seed and the function decide.</summary>
public sealed class VariantBuilder(VariantOptions options, Toolchain toolchain, VariantCheck? check)
{
    // Each time, the variants that clang complained about are left out.
    private const int MostAttempts = 4;

    /// <summary>Useful variants of a real function, distinct from each other and from it; other functions' are not known here.</summary>
    public (List<ShardRow> Variants, VariantFunnel Funnel) Build(ShardRow original)
    {
        Funnel funnel = Funnel.Empty with { Generated = options.PerFunction };
        TranslationUnit unit = TranslationUnit.Parse(original.Source);
        if (VariantWriter.Create(unit, original.Function) is not { } writer)
        {
            return ([], new VariantFunnel(funnel with { Refused = options.PerFunction }, 0, 0));
        }

        ulong seed = SeedOf(original);
        CorpusProgram program = original.Program();
        (double mean, double deviation) = FirstOutput(program);
        var drafts = Enumerable.Range(0, options.PerFunction).Select(i => writer.Draft(new Rng(seed, i), program.Inputs, mean, deviation)).ToList();
        LoadedVariants loaded = Load(writer, drafts);
        var graphs = GraphBuilder.BuildBatch(loaded.Programs, toolchain, GraphOptions.Short, new DiagnosticBag());
        funnel = funnel with { Refused = options.PerFunction - loaded.Programs.Length };

        var kept = new List<BuiltVariant>();
        var taken = new HashSet<string> { original.Fingerprint };
        for (int i = 0; i < loaded.Programs.Length; i++)
        {
            ImmutableArray<InputVariable> inputs = loaded.Programs[i].Signature.Inputs;
            (string? fingerprint, Funnel fallen) = ProgramFilter.Judge(graphs[i], inputs, options.MaxNodes);
            funnel += fallen;
            if (fingerprint is not null && taken.Add(fingerprint))
            {
                kept.Add(new BuiltVariant(loaded.Drafts[i], loaded.Programs[i], graphs[i]!, fingerprint));
            }
            else if (fingerprint is not null)
            {
                funnel = funnel with { Duplicate = funnel.Duplicate + 1 };
            }
        }

        return Checked(original, writer, kept, funnel, isChecked: seed % (ulong)options.CheckedShare == 0);
    }

    private (List<ShardRow> Variants, VariantFunnel Funnel) Checked(
        ShardRow original, VariantWriter writer, List<BuiltVariant> kept, Funnel funnel, bool isChecked)
    {
        var disagreeing = isChecked && check is not null ? check.Disagreeing(kept) : null;
        List<BuiltVariant> good = [.. kept.Where((_, i) => disagreeing is null || !disagreeing.Contains(i))];
        int executed = disagreeing is null ? 0 : kept.Count;
        funnel = funnel with { Kept = good.Count, Refused = funnel.Refused + kept.Count - good.Count };
        return ([.. good.Select(v => RowOf(original, writer, v))], new VariantFunnel(funnel, executed, executed == 0 ? 0 : good.Count));
    }

    private static ShardRow RowOf(ShardRow original, VariantWriter writer, BuiltVariant variant)
    {
        (string source, string function) = writer.Alone(variant.Draft);
        return ShardRow.Of(function, source, new CorpusProgram(variant.Graph, variant.Program.Signature.Inputs, variant.Program.Tokens), variant.Fingerprint) with
        {
            MadeFrom = original.Function, Package = original.Package, Version = original.Version, File = original.File, Licence = original.Licence,
        };
    }

    private LoadedVariants Load(VariantWriter writer, List<VariantDraft> drafts)
    {
        for (int attempt = 0; attempt < MostAttempts && drafts.Count > 0; attempt++)
        {
            VariantUnit unit = writer.Together(drafts);
            var diagnostics = new DiagnosticBag();
            FrontEndOptions chosen = FrontEndOptions.Covered with { Functions = [.. unit.Functions] };
            ImmutableArray<CProgram> programs = ClangFrontEnd.Load("variants.c", unit.Source, chosen, toolchain, diagnostics);
            if (programs.Length > 0)
            {
                return new LoadedVariants([.. programs.Select(p => drafts[unit.Functions.IndexOf(p.Signature.Function)])], programs);
            }

            HashSet<int> guilty = [.. diagnostics.Where(d => d.Severity == Severity.Error).SelectMany(d => unit.At(d.Location.Line))];
            if (guilty.Count == 0)
            {
                break;
            }

            drafts = [.. drafts.Where((_, i) => !guilty.Contains(i))];
        }

        return new LoadedVariants([], []);
    }

    private ulong SeedOf(ShardRow row) => BinaryPrimitives.ReadUInt64LittleEndian(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{options.Seed} {row.Package} {row.File} {row.Function}")));

    private static (double Mean, double Deviation) FirstOutput(CorpusProgram program)
    {
        int width = program.Graph.Outputs.Length;
        double[] outputs = new GraphEvaluator(program.Graph).EvaluateOutputs(Behaviour.Points(program.Inputs), ProbePoints.Count);
        double[] first = ProbePoints.Column(outputs, 0, width);
        double mean = first.Average();
        return (mean, Math.Sqrt(first.Average(v => (v - mean) * (v - mean))));
    }

    private sealed record LoadedVariants(List<VariantDraft> Drafts, ImmutableArray<CProgram> Programs);
}

/// <summary>A variant that is worth keeping.</summary>
internal sealed record BuiltVariant(VariantDraft Draft, CProgram Program, DataflowGraph Graph, string Fingerprint);
