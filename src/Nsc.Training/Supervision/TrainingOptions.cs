// The numbers of a training run. They are written into the checkpoint, and a resumed run must agree with them.

namespace Nsc.Training.Supervision;

/// <summary>How CompNet is trained.</summary>
/// <param name="Steps">Optimiser steps of the whole run; the learning rate follows a cosine over them.</param>
/// <param name="ProgramsPerStep">Programs in a step, over all workers.</param>
/// <param name="SamplesPerProgram">Input samples drawn anew for each program each time that it is seen.</param>
/// <param name="ValuesPerProgram">Supervised values of a program at most, its results included.</param>
/// <param name="ResultWeight">Weight of a result against an intermediate value.</param>
/// <param name="LogWeight">Weight of the error's logarithm in the loss; see <see cref="CompNetLoss"/>.</param>
/// <param name="Workers">Threads that share a step, over all processes of the job; each computes the gradients of its part.</param>
/// <param name="LookEverySteps">Steps between two looks at the held-out programs.</param>
/// <param name="FineTunedWeight">Weight of the error after fine-tuning against the error before it; see <see cref="CompNetLoss"/>.</param>
public sealed record TrainingOptions(
    int Steps = 20_000,
    int ProgramsPerStep = 128,
    int SamplesPerProgram = 64,
    int ValuesPerProgram = 12,
    double ResultWeight = 4,
    double LogWeight = 0.3,
    double LearningRate = 1e-3,
    double WeightDecay = 0.01,
    int WarmUpSteps = 500,
    double ClipNorm = 1,
    int Workers = 2,
    long Seed = 1,
    int LookEverySteps = 1000,
    double FineTunedWeight = 0)
{
    /// <summary>The learning rate at a step: linear warm-up, then a cosine down to 2% of the peak.</summary>
    public double LearningRateAt(int step)
    {
        double warmUp = Math.Min(1, (step + 1.0) / WarmUpSteps);
        double cosine = 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, (double)step / Steps)));
        return LearningRate * warmUp * (0.02 + (0.98 * cosine));
    }
}
