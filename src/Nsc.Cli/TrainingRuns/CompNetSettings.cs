// The options of train-compnet that give the network its shape and the training its numbers: what scripts/search varies.

using System.CommandLine;
using Nsc.CommandLine;
using Nsc.Engine.Emission;
using Nsc.Training.Supervision;

namespace Nsc.Cli.TrainingRuns;

internal static class CompNetSettings
{
    /// <summary>How much the error after fine-tuning counts in the training of the dataflow CompNet.</summary>
    public const double UsualFineTunedWeight = 3;

    private static readonly CompNetOptions s_shape = new();
    private static readonly TrainingOptions s_training = new();

    private static readonly Option<string> s_architecture = new Option<string>("--arch")
    {
        Description = "What to train: the CompNet that follows the dataflow, or a baseline.", DefaultValueFactory = _ => Architectures.Dataflow,
    }.AcceptOnlyFromAmong([.. Architectures.All]);

    private static readonly Option<int> s_width = Options.Count("--width", "Size of a value's state.", s_shape.Width);
    private static readonly Option<int> s_heads = Options.Count("--heads", "Attention heads of the composing block; they divide twice the width.", s_shape.Heads);
    private static readonly Option<int> s_feedForward = Options.Count("--feed-forward", "Hidden units of the composing block.", s_shape.FeedForward);
    private static readonly Option<int> s_emissionWidth = Options.Count("--emission-width", "Hidden units of the head that emits weights.", s_shape.EmissionWidth);
    private static readonly Option<int> s_surrogateWidth = Options.Count("--surrogate-width", "Width of a surrogate's hidden layers.", s_shape.SurrogateWidth);
    private static readonly Option<int> s_steps = Options.Count("--steps", "Optimiser steps.", s_training.Steps);
    private static readonly Option<int> s_batch = Options.Count("--batch", "Programs in a step.", s_training.ProgramsPerStep);

    // maml takes its inner steps on 16 of them.
    private static readonly Option<int> s_samples = Options.Count("--samples", "Samples of a program in a step.", s_training.SamplesPerProgram, least: 16);
    private static readonly Option<int> s_values = Options.Count("--values", "Supervised values of a program at most, its results included.", s_training.ValuesPerProgram);
    private static readonly Option<double> s_resultWeight = Options.Number(
        "--result-weight", "Weight of a result in the loss, an intermediate value's being 1.", s_training.ResultWeight);

    private static readonly Option<double> s_logWeight = Options.Number("--log-weight", "Weight of the error's logarithm in the loss.", s_training.LogWeight);
    private static readonly Option<double> s_fineTunedWeight = Options.Number(
        "--fine-tuned-weight", "Weight in the loss of the error that fine-tuning would leave, that of the error without it being 1; the baselines' is 0.",
        result => result.GetValue(s_architecture) == Architectures.Dataflow ? UsualFineTunedWeight : s_training.FineTunedWeight);

    private static readonly Option<double> s_learningRate = Options.Number("--learning-rate", "Peak learning rate.", s_training.LearningRate);
    private static readonly Option<int> s_lookEvery = Options.Count(
        "--look-every", "Steps between two looks at held-out programs.", s_training.LookEverySteps);

    public static void AddTo(Command command)
    {
        foreach (Option option in (Option[])
            [
                s_architecture, s_width, s_heads, s_feedForward, s_emissionWidth, s_surrogateWidth, s_steps, s_batch, s_samples, s_values,
                s_resultWeight, s_logWeight, s_fineTunedWeight, s_learningRate, s_lookEvery,
            ])
        {
            command.Add(option);
        }
    }

    /// <exception cref="CommandException">There is no network of the shape.</exception>
    public static CompNetOptions Shape(ParseResult parse)
    {
        CompNetOptions shape = s_shape with
        {
            Architecture = parse.GetValue(s_architecture)!, Width = parse.GetValue(s_width), Heads = parse.GetValue(s_heads),
            FeedForward = parse.GetValue(s_feedForward), EmissionWidth = parse.GetValue(s_emissionWidth), SurrogateWidth = parse.GetValue(s_surrogateWidth),
        };
        return shape.IsSound ? shape : throw new CommandException(
            ExitCode.Usage, "there is no network of this shape", "the heads must divide twice the width, and no number may be beyond reason");
    }

    /// <summary>The training's numbers; who shares the work is for the caller to say.</summary>
    public static TrainingOptions Training(ParseResult parse) => s_training with
    {
        Steps = parse.GetValue(s_steps), ProgramsPerStep = parse.GetValue(s_batch), SamplesPerProgram = parse.GetValue(s_samples),
        ValuesPerProgram = parse.GetValue(s_values), ResultWeight = parse.GetValue(s_resultWeight), LogWeight = parse.GetValue(s_logWeight),
        FineTunedWeight = parse.GetValue(s_fineTunedWeight),
        LearningRate = parse.GetValue(s_learningRate), WarmUpSteps = Math.Min(s_training.WarmUpSteps, (parse.GetValue(s_steps) / 10) + 1),
        LookEverySteps = parse.GetValue(s_lookEvery),
    };
}
