// What surrogates are for: fine-tuned on a few samples, measured, run, written as source code.

using System.Collections.Immutable;
using Nsc.Compiler.Evaluation;
using Nsc.Compiler.Exporting;
using Nsc.Compiler.FineTuning;
using Nsc.Compiler.Input;
using Nsc.Compiler.Sampling;
using Nsc.Compiler.Tuning;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine.Search;
using Nsc.Engine.Sensitivity;

namespace Nsc.Compiler;

public static partial class SurrogateCompiler
{
    /// <summary>How many samples <see cref="Evaluate(Surrogate, int, long, CancellationToken)"/> draws.</summary>
    public const int DefaultEvaluationSamples = 1024;

    /// <summary>Samples a function of a C text, which is built and run in a sandbox. Inputs on which it fails are left out, with warnings.</summary>
    public static Result<Sampled> Sample(CSource source, SampleRequest? request = null, CancellationToken cancellationToken = default) =>
        Sample(sampler => sampler.Take(source), request ?? new SampleRequest(), cancellationToken);

    /// <summary>Samples the program that a surrogate carries.</summary>
    /// <param name="other">A text whose function of the same signature takes its place; null for that.</param>
    public static Result<Sampled> Sample(Surrogate surrogate, SampleRequest? request = null, CSource? other = null, CancellationToken cancellationToken = default) =>
        Sample(sampler => sampler.Take(surrogate, other), request ?? new SampleRequest(), cancellationToken);

    private static Result<Sampled> Sample(Func<Sampler, CProgram?> take, SampleRequest request, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        var sampler = new Sampler(request, diagnostics, cancellationToken);
        return Result<Sampled>.Of(take(sampler) is { } program ? sampler.Run(program) : null, diagnostics);
    }

    /// <summary>Fine-tunes a surrogate on samples of its program, which is built and run in a sandbox.</summary>
    /// <param name="samples">How many samples are drawn to train on; others are drawn to measure on.</param>
    /// <param name="seed">Of every random choice: the same seed gives the same surrogate.</param>
    public static Result<FineTuneResult> FineTune(Surrogate surrogate, int samples, long seed = 1, CancellationToken cancellationToken = default)
    {
        var request = new FineTuneRequest { Samples = new SampleSource(Count: samples) };
        return FineTune(surrogate, request with { Options = request.Options with { Seed = seed } }, null, cancellationToken);
    }

    /// <summary>Fine-tunes a surrogate as a request says.</summary>
    /// <param name="progress">Told in words what goes on.</param>
    public static Result<FineTuneResult> FineTune(
        Surrogate surrogate, FineTuneRequest request, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        var diagnostics = new DiagnosticBag();
        return Result<FineTuneResult>.Of(FineTuner.Run(surrogate, request, diagnostics, progress, cancellationToken), diagnostics);
    }

    /// <summary>Measures a surrogate on new samples of its program, which is run in a sandbox.</summary>
    public static Result<Evaluated> Evaluate(
        Surrogate surrogate, int samples = DefaultEvaluationSamples, long seed = 1, CancellationToken cancellationToken = default) =>
        Evaluate(surrogate, new SampleSource(Count: samples), new ErrorLimit(), seed, byPath: false, cancellationToken);

    /// <summary>Measures a surrogate on samples that it was not tuned on.</summary>
    /// <param name="limit">What is to be said of the error on all inputs.</param>
    /// <param name="byPath">Whether it is measured on each path through the program too, on as many new samples.</param>
    public static Result<Evaluated> Evaluate(
        Surrogate surrogate, SampleSource source, ErrorLimit limit, long seed = 1, bool byPath = false, CancellationToken cancellationToken = default)
    {
        var diagnostics = new DiagnosticBag();
        if (source.Answered(surrogate, SampleSeeds.For(seed, SamplePurpose.Evaluation), diagnostics, cancellationToken) is not { } answered)
        {
            return Result<Evaluated>.Of(null, diagnostics);
        }

        source = answered;
        SampleSet? samples = source.ObtainUnseen(surrogate, null, DefaultEvaluationSamples, seed, SamplePurpose.Evaluation, diagnostics, cancellationToken);
        Evaluated? evaluated = samples is null ? null : Evaluated.Of(surrogate, samples, limit);
        if (evaluated is not null && byPath)
        {
            evaluated = evaluated with
            {
                Paths = ProgramPaths.Of(surrogate, source.Program, diagnostics)?
                    .Measure(surrogate, source.Table is null ? null : samples, samples!, seed, cancellationToken),
            };
        }

        return Result<Evaluated>.Of(evaluated, diagnostics);
    }

    /// <summary>Finds inputs at which the outputs of a surrogate's program are as wanted. The program, which is run in a sandbox, has the last word.</summary>
    public static Result<TuningResult> Tune(Surrogate surrogate, TuneRequest request, CancellationToken cancellationToken = default)
    {
        var diagnostics = new DiagnosticBag();
        return Result<TuningResult>.Of(Tuner.Run(surrogate, request, diagnostics, cancellationToken), diagnostics);
    }

    /// <summary>The front of the two outputs that a request wants to be small or large.</summary>
    public static Result<TuningFront> TuneFront(Surrogate surrogate, TuneRequest request, CancellationToken cancellationToken = default)
    {
        var diagnostics = new DiagnosticBag();
        return Result<TuningFront>.Of(Tuner.Front(surrogate, request, diagnostics, cancellationToken), diagnostics);
    }

    /// <summary>A surrogate's outputs (samples, outputs), row-major, for inputs (samples, inputs), row-major, in the program's units.</summary>
    public static double[] Run(Surrogate surrogate, ReadOnlySpan<double> inputs) => surrogate.Answer(inputs);

    /// <summary>
    /// The derivatives of a surrogate's outputs by its inputs, (samples, outputs, inputs), row-major, in the program's units; of a whole number those of what
    /// is rounded to it.
    /// </summary>
    public static double[] Jacobian(Surrogate surrogate, ReadOnlySpan<double> inputs) => new SurrogateJacobian(surrogate).At(inputs);

    /// <summary>Which inputs decide each output of a surrogate, as shares of its variance over the ranges.</summary>
    public static ImmutableArray<OutputSensitivity> Sensitivity(Surrogate surrogate) => SobolIndices.Of(surrogate);

    /// <summary>Writes a surrogate as source code or as a model file, and measures what is written when the request promises something.</summary>
    public static Result<Exported> Export(Surrogate surrogate, ExportRequest? request = null, CancellationToken cancellationToken = default)
    {
        var diagnostics = new DiagnosticBag();
        return Result<Exported>.Of(ExportFlow.Run(surrogate, request ?? new ExportRequest(), diagnostics, cancellationToken), diagnostics);
    }
}
