// Where fine-tuning and evaluation get their samples: the surrogate's own program, another version of it, or somebody's table.

using System.Collections.Immutable;
using Nsc.Compiler.Input;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Sampling.Designs;
using Nsc.Core.Surrogates;
using Nsc.FrontEnd.Tools;

namespace Nsc.Compiler.Sampling;

/// <summary>Rows that somebody has, such as those of a file.</summary>
/// <param name="Name">What messages call them.</param>
public sealed record SampleTable(SampleSet Rows, string Name)
{
    /// <summary>What is to be said of how they were read.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];
}

/// <summary>The samples of a surrogate's program.</summary>
/// <param name="Program">A version of the program that takes the place of the carried one; null for that.</param>
/// <param name="Table">Rows that take the place of running the program; null to run it.</param>
/// <param name="Count">How many samples are drawn, or how many rows, drawn at random; null for a number that depends on the purpose, or all rows.</param>
public sealed record SampleSource(CSource? Program = null, SampleTable? Table = null, int? Count = null)
{
    /// <summary>Inputs on which the program is run, in place of drawn ones; null to draw.</summary>
    public InputProfile? Profile { get; init; }

    /// <summary>The program, where it is sampled several times; null to build it for each.</summary>
    internal SampledProgram? Built { get; init; }

    /// <summary>The same with the profile's rows run, a table from then on; null when <paramref name="diagnostics"/> say why that cannot be.</summary>
    /// <param name="seed">Draws the rows where not all are taken.</param>
    internal SampleSource? Answered(Surrogate surrogate, ulong seed, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        if (Profile is null)
        {
            return this;
        }

        if (Tools.Find(diagnostics) is not Toolchain toolchain || CarriedProgram.Parse(surrogate, Program, toolchain, diagnostics) is not CProgram program
            || Profile.Run(program, Count, seed, toolchain, diagnostics, cancellationToken) is not { } rows)
        {
            return null;
        }

        return new SampleSource(Program, new SampleTable(rows, Profile.Name));
    }

    /// <summary>The samples for a surrogate; null when <paramref name="diagnostics"/> say why they cannot be had.</summary>
    /// <param name="fallback">How many are drawn when no number is given.</param>
    internal SampleSet? Obtain(
        Surrogate surrogate, int fallback, long seed, SamplePurpose purpose, DiagnosticBag diagnostics, CancellationToken cancellationToken,
        SamplingDesign design = SamplingDesign.Uniform) =>
        Table is not null ? TakeRows(surrogate.Signature, SampleSeeds.For(seed, purpose), diagnostics) : Draw(surrogate, Count ?? fallback, seed, purpose, diagnostics, cancellationToken, design, isChecked: true);

    /// <summary>
    /// Samples that none of the surrogates was trained on: of a table, the rows that they have not seen, with a note when others are left out.
    /// Null when there are none.
    /// </summary>
    internal SampleSet? ObtainUnseen(
        Surrogate surrogate, Surrogate? second, int fallback, long seed, SamplePurpose purpose, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        if (Profile is not null)
        {
            return Answered(surrogate, SampleSeeds.For(seed, purpose), diagnostics, cancellationToken)?.ObtainUnseen(surrogate, second, fallback, seed, purpose, diagnostics, cancellationToken);
        }

        SampleSet? samples = Obtain(surrogate, fallback, seed, purpose, diagnostics, cancellationToken);
        if (Table is null || samples is null)
        {
            return samples;
        }

        SampleSet unseen = surrogate.Provenance.SeenRows().Union(second?.Provenance.SeenRows() ?? RowFingerprints.None).Unseen(samples);
        if (unseen.Count == 0)
        {
            diagnostics.Refuse(
                Refusal.Input, $"all {samples.Count} samples of '{Table.Name}' were trained on; they say nothing of the error on others",
                "hold some out: nsc finetune --data FILE --held-out N, then use the same file here");
            return null;
        }

        if (unseen.Count < samples.Count)
        {
            diagnostics.Remark($"{samples.Count - unseen.Count} of {samples.Count} rows of '{Table.Name}' were trained on and are left out");
        }

        return unseen;
    }

    /// <summary>So many samples of the program, the carried one or the one in its place, whatever <see cref="Count"/> says.</summary>
    /// <param name="isChecked">Whether undefined behaviour on them is looked for, which once in a run is enough.</param>
    internal SampleSet? Draw(
        Surrogate surrogate, int count, long seed, SamplePurpose purpose, DiagnosticBag diagnostics, CancellationToken cancellationToken,
        SamplingDesign design = SamplingDesign.Uniform, bool isChecked = false)
    {
        using SampledProgram? own = Built is null ? new SampledProgram(surrogate, Program) : null;
        return (Built ?? own)!.Draw(count, seed, purpose, design, diagnostics, cancellationToken, isChecked);
    }

    private SampleSet? TakeRows(ProgramSignature signature, ulong seed, DiagnosticBag diagnostics)
    {
        SampleSet rows = Table!.Rows;
        foreach (string remark in ((string?[])[.. Table.Remarks, FractionalInputs.Remark(signature, rows.X, Table.Name), OutsideRanges.Remark(signature, rows.X, Table.Name)]).OfType<string>())
        {
            diagnostics.Remark(remark);
        }

        if (Count is not { } count)
        {
            return rows;
        }

        if (count > rows.Count)
        {
            diagnostics.Refuse(Refusal.Input, $"'{Table.Name}' has {rows.Count} samples, not {count}");
            return null;
        }

        return rows.Take(RowDraw.Of(rows.Count, count, seed));
    }
}
