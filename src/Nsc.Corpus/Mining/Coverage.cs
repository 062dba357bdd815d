// What training programs are made of beside what real functions are made of. Every hole in the mixture comes back as a wrong
// surrogate: a generator that never writes a negative literal teaches the wrong sign.

using System.Collections.Immutable;
using System.Globalization;
using Nsc.Core.Dataflow;
using Nsc.Corpus.Building;

namespace Nsc.Corpus.Mining;

/// <summary>Programs of one origin.</summary>
public sealed record CoverageSource(string Name, IReadOnlyList<CorpusProgram> Programs);

/// <summary>A bucket of a histogram: its share in each source, and in all training sources together.</summary>
public sealed record CoverageBucket(string Name, double Real, ImmutableArray<double> Sources, double Training)
{
    /// <summary>How many times as common it is in real functions as in training.</summary>
    public double Excess => Real / Math.Max(Training, 1e-6);
}

public sealed record CoverageHistogram(string Name, ImmutableArray<CoverageBucket> Buckets);

/// <summary>A bucket that real functions fill and training does not.</summary>
public sealed record CoverageHole(string Histogram, CoverageBucket Bucket);

/// <summary>Histograms of real functions and of training's sources side by side.</summary>
public sealed record Coverage(ImmutableArray<string> Sources, ImmutableArray<int> Counts, int RealCount, ImmutableArray<CoverageHistogram> Histograms)
{
    private const double HoleExcess = 4;
    private const double SmallestHole = 0.005;

    private static readonly (string Name, Func<CorpusProgram, IEnumerable<string>> Buckets)[] s_measures =
    [
        ("opcodes", p => p.Graph.Nodes.Where(n => n.Opcode is not (Opcode.Input or Opcode.Constant)).Select(n => n.Opcode.ToString()).Distinct()),
        ("constants", p => p.Graph.Nodes.Where(n => n.Opcode == Opcode.Constant).Select(ConstantBucket)),
        ("inputs", p => [Number(p.Inputs.Length)]),
        ("outputs", p => [p.Graph.Outputs.Length <= 4 ? Number(p.Graph.Outputs.Length) : PowerBucket(p.Graph.Outputs.Length)]),
        ("depth", p => [PowerBucket(p.Graph.Levels().Max())]),
        ("values", p => [PowerBucket(p.Graph.Nodes.Length)]),
        ("input kinds", p => p.Inputs.Select(i => i.Kind.ToString())),
        ("range widths", p => p.Inputs.Select(i => string.Create(CultureInfo.InvariantCulture, $"1e{Math.Floor(Math.Log10(i.Range.High - i.Range.Low)),3:+0;-0;+0}"))),
    ];

    /// <summary>Buckets at least four times as common in real functions as in training, the largest excess times share first.</summary>
    public IEnumerable<CoverageHole> Holes => Histograms
        .SelectMany(h => h.Buckets.Where(b => b.Real >= SmallestHole && b.Excess >= HoleExcess).Select(b => new CoverageHole(h.Name, b)))
        .OrderByDescending(h => h.Bucket.Real - h.Bucket.Training);

    /// <summary>Counts; a bucket's share is that of programs for opcodes, else that of all constants, inputs, and so on.</summary>
    public static Coverage Of(IReadOnlyList<CorpusProgram> real, IReadOnlyList<CoverageSource> training) => new(
        [.. training.Select(s => s.Name)], [.. training.Select(s => s.Programs.Count)], real.Count,
        [.. s_measures.Select(m => Histogram(m.Name, m.Buckets, real, training))]);

    private static CoverageHistogram Histogram(
        string name, Func<CorpusProgram, IEnumerable<string>> buckets, IReadOnlyList<CorpusProgram> real, IReadOnlyList<CoverageSource> training)
    {
        bool isShareOfPrograms = name == "opcodes";
        Dictionary<string, double> ofReal = Shares(real, buckets, isShareOfPrograms);
        Dictionary<string, double>[] ofSources = [.. training.Select(s => Shares(s.Programs, buckets, isShareOfPrograms))];
        Dictionary<string, double> ofAll = Shares([.. training.SelectMany(s => s.Programs)], buckets, isShareOfPrograms);
        return new CoverageHistogram(name, [.. ofReal.Keys.Union(ofAll.Keys).OrderBy(SortKey, StringComparer.Ordinal).Select(b => new CoverageBucket(
            b, ofReal.GetValueOrDefault(b), [.. ofSources.Select(s => s.GetValueOrDefault(b))], ofAll.GetValueOrDefault(b)))]);
    }

    private static Dictionary<string, double> Shares(
        IReadOnlyList<CorpusProgram> programs, Func<CorpusProgram, IEnumerable<string>> buckets, bool isShareOfPrograms)
    {
        Dictionary<string, int> counts = programs.SelectMany(buckets).CountBy(b => b).ToDictionary();
        double total = isShareOfPrograms ? programs.Count : counts.Values.Sum();
        return counts.ToDictionary(c => c.Key, c => c.Value / total);
    }

    private static string ConstantBucket(Node constant)
    {
        double value = constant.ConstantValue;
        string sign = value < 0 ? "-" : "+";
        return value == 0 ? "0" : Math.Abs(value) == 1 ? sign + "1"
            : double.IsFinite(value) ? string.Create(CultureInfo.InvariantCulture, $"{sign}1e{Math.Clamp(Math.Floor(Math.Log10(Math.Abs(value))), -12, 12):+00;-00;+00}")
            : "not finite";
    }

    private static string PowerBucket(int value)
    {
        int low = 1 << System.Numerics.BitOperations.Log2((uint)Math.Max(1, value));
        return $"{Number(low)}-{Number((2 * low) - 1)}";
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    // Numbers by their size, everything else by its name.
    private static string SortKey(string bucket)
    {
        string digits = string.Concat(bucket.TakeWhile(char.IsAsciiDigit));
        return digits.Length > 0 ? digits.PadLeft(9, '0') : bucket;
    }
}
