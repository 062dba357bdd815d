// Where training programs come from: generated, real, varied. Each kind has its share of what is trained on.

namespace Nsc.Training.Supervision;

/// <summary>Programs of one kind.</summary>
/// <param name="Weight">Their share of the programs of a step, against the other sources' weights.</param>
public sealed record TrainingSource(string Name, IReadOnlyList<TrainingProgram> Programs, double Weight);
