// The whole way from a C file to the same file with a function replaced by its guarded surrogate: compile, sample, fine-tune the surrogate and
// a twin, choose a guard, write, measure what was written.

using System.Collections.Immutable;
using System.Globalization;
using Nsc.Compiler.Evaluation;
using Nsc.Compiler.Exporting;
using Nsc.Compiler.Input;
using Nsc.Compiler.Models;
using Nsc.Compiler.Sampling;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Paths;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Sampling.Designs;
using Nsc.Core.Surrogates;
using Nsc.Core.Text;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Refining;
using Nsc.Export;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Projects;
using Nsc.FrontEnd.Sampling;
using Nsc.FrontEnd.Tools;

namespace Nsc.Compiler.Acceleration;

/// <summary>One acceleration. Its methods are the phases, in the order in which <see cref="Run"/> calls them; null means that the diagnostics say why.</summary>
internal sealed class Accelerator(AccelerateRequest request, DiagnosticBag diagnostics, Action<string> progress, CancellationToken cancellationToken)
{
    public const int TimedRounds = 9;
    private const int TimedRows = 256;

    /// <summary>Without a largest error, what counts as one: this part of an output's standard deviation.</summary>
    private const double DefaultErrorInDeviations = 0.1;

    // Another seed for the twin, far from those that a user counts through.
    private const long TwinSeed = 1L << 32;

    private readonly Toolchain? _toolchain = Tools.Find(diagnostics);
    private ProjectOptions _project = ProjectOptions.None;
    private DataflowGraph? _graph;
    private InputProfile? _profile;

    public Accelerated? Run(CSource source)
    {
        _project = source.Project;
        if (_toolchain is null || Take(source) is not { } taken || OverProfile(taken) is not { } program || Compile(program) is not { } compiled || Sample(program) is not { } samples
            || Front(program, compiled, samples) is not { Count: > 0 } front)
        {
            return null;
        }

        Candidate chosen = Choice(front);
        if (Measure(program, chosen.Write([]), samples.Proving, chosen.Allowed) is not { } proved)
        {
            return null;
        }

        string text = chosen.Write([.. Promise(chosen.Guard.First, chosen.Allowed), $"Of {program.Signature.Function}(), on {(request.Profile is null ? "other inputs drawn alike" : "other rows of the profile, for inputs that are distributed like these")}:", .. proved.Error.Sentences()]);
        return new Accelerated(text, chosen.Guard, proved.Nmse, proved.OriginalNs, proved.AcceleratedNs, proved.Error, Objection(proved))
        {
            Front = [.. front.Where(c => c.Measured is not null).Select(c => new FrontPoint(
                c.Guard.First.Topology.Hidden, c.Measured!.Nmse, c.Measured.AcceleratedNs, Objection(c.Measured) is null, c == chosen))],
        };
    }

    // A guarded surrogate of each size. Where there is a choice, they are measured on what the guard is chosen on; the bound comes from other samples.
    private List<Candidate>? Front(CProgram program, Surrogate compiled, Samples samples)
    {
        ImmutableArray<ImmutableArray<int>> sizes = request.Hidden is not { } hidden ? [compiled.Topology.Hidden] : hidden.IsEmpty ? NetSizes.All : [hidden];
        DomainGuard domain = ExportFlow.Domain(program);
        SampleSet choosing = domain.Without(samples.Choosing);
        Surrogate start = request.Loss == OutputLoss.Relative ? Refinement.ByLogarithm(compiled, samples.Training, _graph, request.Compile.Seed) : compiled;
        var front = new List<Candidate>();
        foreach (ImmutableArray<int> size in sizes)
        {
            if (FineTune(Reshaping.To(start, size, request.Compile.Seed), samples) is not var (surrogate, second))
            {
                return null;
            }

            double[] allowed = request.Limit.Allowed(program.Signature) ?? [.. Deviations(surrogate, samples.Choosing).Select(d => DefaultErrorInDeviations * d)];
            SurrogateGuard guard = ChooseGuard(surrogate, second, choosing, allowed);
            var candidate = new Candidate(guard, allowed, notes => CExport.Write(surrogate, new ExportOptions(program.DropIn, guard, Notes: notes, Domain: domain)));
            Measured? measured = sizes.Length == 1 ? null : Measure(program, candidate.Write([]), choosing, allowed);
            if (sizes.Length > 1 && measured is null)
            {
                return null;
            }

            front.Add(candidate with { Measured = measured });
        }

        return front;
    }

    // The fastest that keeps the bound and gains; the most accurate where none does.
    private Candidate Choice(List<Candidate> front) => front.Count == 1 ? front[0]
        : front.Where(c => Objection(c.Measured!) is null).MinBy(c => c.Measured!.AcceleratedNs) ?? front.MinBy(c => c.Measured!.Nmse)!;

    private string? Objection(Measured measured) => request.Limit.Objection(measured.Error) ?? SpeedObjection(measured.OriginalNs, measured.AcceleratedNs);

    private CProgram? Take(CSource source)
    {
        ImmutableArray<CProgram> programs = ClangFrontEnd.Load(source.Path, source.Text, request.Compile.Reading with { Project = _project }, _toolchain!, diagnostics);
        if (diagnostics.HasErrors)
        {
            return null;
        }

        if (programs.Length != 1)
        {
            diagnostics.Refuse(Refusal.Request, "one function at a time can be accelerated; name it with --function");
            return null;
        }

        if (programs[0].DropInObstacle is { } obstacle)
        {
            diagnostics.Refuse(Refusal.Input, $"'{programs[0].Signature.Function}' cannot be replaced in its file: {obstacle}", !programs[0].Signature.Ignored.IsEmpty ? null : "make it a variable of the file, or a member of a structure that is handed over");
            return null;
        }

        return programs[0].DropIn is not null ? programs[0] : AsUnit(programs[0]);
    }

    // The function as it is taken, or over ranges that hold the whole profile.
    private CProgram? OverProfile(CProgram program)
    {
        _profile = request.Profile?.Invoke(program.Signature);
        if (_profile is null || !request.ExtendsRanges)
        {
            return program;
        }

        (ProgramSignature signature, string? obstacle) = RangeExtension.Over(program.Signature, _profile.Inputs);
        if (obstacle is not null)
        {
            diagnostics.Refuse(Refusal.Input, $"'{_profile.Name}': {obstacle}");
            return null;
        }

        return program with { Signature = signature };
    }

    // Where macros or conditions cut through the definition, the function with what it needs takes the file's place.
    private CProgram? AsUnit(CProgram program)
    {
        ImmutableArray<CProgram> unit = ClangFrontEnd.LoadUnit(program.Path, program.Source, FrontEndOptions.For(program.Signature), _toolchain!, diagnostics);
        diagnostics.Remark($"the definition of '{program.Signature.Function}' cannot be replaced in the file's own text, since macros or conditions cut through it: what is written is the function and what it needs, preprocessed");
        return unit.FirstOrDefault();
    }

    // A program without a dataflow graph can still be learned from its samples.
    private Surrogate? Compile(CProgram program)
    {
        CompileOptions options = request.Compile;
        if (CompilerModel.Load(options.Model, options.ToBaseline, diagnostics) is not { } model)
        {
            return null;
        }

        var found = new DiagnosticBag();
        DataflowGraph? graph = _graph = GraphBuilder.Build(program, _toolchain!, GraphOptions.Default, found);
        found = graph is null ? Starts.WithoutGraph(found) : found;
        Surrogate? start = found.HasErrors ? null
            : graph is null ? Starts.Random(program, graph, model.Net.Options.Nets, options.Seed)
            : Starts.Sound(Starts.Emit(model, SurrogateEmitter.Analyse(model.Net, program, graph, interprets: true, found), options.Seed), found);
        diagnostics.AddRange(found);
        diagnostics.AddRange(graph is null ? [] : UnmetEqualities.Notes(program, graph));
        return found.HasErrors ? null : start;
    }

    private Samples? Sample(CProgram program)
    {
        progress("sampling");
        DataflowGraph? graph = request.IsSpread ? GraphBuilder.Build(program, _toolchain!, GraphOptions.Default, diagnostics) : null;
        using NativeProgram? native = NativeProgram.Compile(program, _toolchain!, diagnostics);
        if (native is null || diagnostics.HasErrors)
        {
            return null;
        }

        if (_profile is not null)
        {
            return OfProfile(program, _profile);
        }

        int half = request.HeldOut / 2;
        var samples = new Samples(
            Training(SamplePurpose.FineTuning), Training(SamplePurpose.Twin), Uniform(SamplePurpose.GuardChoice, half), Uniform(SamplePurpose.Bound, request.HeldOut - half));
        if (diagnostics.HasErrors)
        {
            return null;
        }

        UndefinedBehaviourCheck.Run(program, samples.Training, _toolchain!, diagnostics, cancellationToken);
        return samples;

        ulong Seed(SamplePurpose purpose) => SampleSeeds.For(request.Compile.Seed, purpose);
        SampleSet Uniform(SamplePurpose purpose, int rows) => Drawn(purpose, rows, SamplingDesign.Uniform);
        SampleSet Drawn(SamplePurpose purpose, int rows, SamplingDesign design) =>
            ProgramSampler.Draw(program, native, rows, Seed(purpose), diagnostics, cancellationToken, design);
        SampleSet Training(SamplePurpose purpose)
        {
            int watched = request.Tuning.HeldOutCount(request.Samples);
            return graph is null
                ? Drawn(purpose, request.Samples, request.Design)
                : ProgramSampler.DrawOverPaths(program, native, graph, request.Samples - watched, watched, Seed(purpose), diagnostics, cancellationToken);
        }
    }

    // Of a profile one half is trained on, by the twin too; of the other half the first part chooses the guard and the second one proves. No row is in two of them.
    private Samples? OfProfile(CProgram program, InputProfile profile)
    {
        if (OutsideRanges.Remark(program.Signature, profile.Inputs, profile.Name) is { } remark)
        {
            diagnostics.Remark(remark);
        }

        if (profile.Run(program, null, _toolchain!, diagnostics, cancellationToken) is not { } rows)
        {
            return null;
        }

        long seed = request.Compile.Seed;
        (SampleSet heldOut, SampleSet others) = RowFingerprints.HoldOut(rows, Math.Min(request.HeldOut, rows.Count / 2), SampleSeeds.For(seed, SamplePurpose.HeldOut));
        (SampleSet choosing, SampleSet proving) = RowFingerprints.HoldOut(heldOut, heldOut.Count / 2, SampleSeeds.For(seed, SamplePurpose.GuardChoice));
        SampleSet training = RowFingerprints.HoldOut(others, Math.Min(request.Samples, others.Count), SampleSeeds.For(seed, SamplePurpose.FineTuning)).HeldOut;
        if (choosing.Count == 0 || proving.Count == 0)
        {
            diagnostics.Refuse(Refusal.Input, $"'{profile.Name}' has {rows.Count} usable rows; that is too few to train on some and to measure on others");
            return null;
        }

        return new Samples(training, training, choosing, proving);
    }

    private (Surrogate Surrogate, Surrogate Second)? FineTune(Surrogate compiled, Samples samples)
    {
        if ((SurrogateFineTuner.Objection(compiled, samples.Training) ?? SurrogateFineTuner.Objection(compiled, samples.Twin)) is { } objection)
        {
            diagnostics.Refuse(Refusal.Input, objection);
            return null;
        }

        progress("fine-tuning the surrogate and its twin");
        Surrogate twin = Starts.Random(compiled.Program, graph: null, NetShape.Of(compiled.Topology), request.Compile.Seed + TwinSeed);
        twin = request.Loss == OutputLoss.Relative ? twin.WithLogarithms(samples.Twin) : twin;
        FineTuned[] tuned = SurrogateFineTuner.RunAll([(compiled, samples.Training), (twin, samples.Twin)], request.Tuning, null, cancellationToken);
        return (tuned[0].Surrogate, tuned[1].Surrogate);
    }

    // Of the outputs over all inputs: samples that are spread over the paths would not tell.
    private IEnumerable<double> Deviations(Surrogate surrogate, SampleSet heldOut) => request.IsSpread
        ? Enumerable.Range(0, heldOut.OutputCount).Select(k => ErrorMetrics.Scale(heldOut, k))
        : surrogate.OutputDeviation;

    // The ranges alone where that keeps the promise, else with the twin's opinion.
    private SurrogateGuard ChooseGuard(Surrogate surrogate, Surrogate second, SampleSet choosing, double[] allowed)
    {
        (double rate, double confidence) = (request.Limit.Rate, request.Limit.Confidence);
        SurrogateGuard guard = SurrogateGuard.OfRanges(surrogate);
        return guard.Keeps(choosing, allowed, rate, confidence) ? guard : SurrogateGuard.Choose(surrogate, second, choosing, allowed, rate, confidence);
    }

    private ImmutableArray<string> Promise(Surrogate surrogate, double[] allowed) =>
    [
        $"The guard is chosen for at most {DirectedRounding.Percent(request.Limit.Rate)}% of inputs to err at any output by more than this:",
        .. surrogate.Signature.Outputs.Select((output, k) => $"  {output.Name}: {DirectedRounding.Up(allowed[k], 4)}"),
    ];

    // On the file itself: its text is compiled, run and timed.
    private Measured? Measure(CProgram original, string text, SampleSet samples, double[] allowed)
    {
        progress("measuring");
        if (ExportedRun.Of(text, original, _project, isDropIn: true, isGuarded: true, samples, _toolchain!, diagnostics, cancellationToken) is not { } answers
            || ExportedRun.Rebuild(text, original, _project, _toolchain!, diagnostics, original.Signature.Function) is not { } replaced)
        {
            return null;
        }

        double[]? times = ProgramTimer.Measure(
            [original, replaced], samples.Slice(0, Math.Min(TimedRows, samples.Count)).X, TimedRounds, _toolchain!, diagnostics, cancellationToken);
        return times is null || diagnostics.HasErrors
            ? null
            : new Measured(ErrorMetrics.Measure(samples, answers.Outputs).Nmse, times[0], times[1],
                BoundedError.Of(original.Signature, samples, answers, allowed, isAllowed: true, request.Limit));
    }

    private static string? SpeedObjection(double original, double accelerated) => original / accelerated > 1
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"the program itself is faster: {original:F1} ns a call against {accelerated:F1} ns; keep the program");

    private sealed record Samples(SampleSet Training, SampleSet Twin, SampleSet Choosing, SampleSet Proving);

    private sealed record Measured(double Nmse, double OriginalNs, double AcceleratedNs, BoundedError Error);

    /// <param name="Write">Writes the file, with notes.</param>
    private sealed record Candidate(SurrogateGuard Guard, double[] Allowed, Func<ImmutableArray<string>, string> Write)
    {
        /// <summary>What the choice goes by; null where there is none to make.</summary>
        public Measured? Measured { get; init; }
    }
}
