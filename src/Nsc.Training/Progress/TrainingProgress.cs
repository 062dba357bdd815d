// What a training run reports while it runs.

namespace Nsc.Training.Progress;

/// <summary>The state of a training run after a step.</summary>
/// <param name="Step">Steps done, of <paramref name="Steps"/>.</param>
/// <param name="Loss">Smoothed training loss.</param>
/// <param name="ProgramsPerSecond">Programs trained on per second since the run was started or resumed.</param>
/// <param name="TimeLeft">Estimated time to the last step.</param>
/// <param name="Curve">All looks at held-out programs so far.</param>
public sealed record TrainingProgress(
    int Step, int Steps, double Loss, double ProgramsPerSecond, TimeSpan TimeLeft, ValidationCurve Curve);
