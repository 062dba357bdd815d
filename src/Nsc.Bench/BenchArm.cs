// What a row of a bench is about: where its surrogates start, and what is done with the samples beside taking steps.

using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;

namespace Nsc.Bench;

/// <summary>A start and a treatment. The name says all of it, such as dataflow+calibration+subspace, which is what finetune does.</summary>
/// <param name="Start">The architecture of the model that emits the start, or <see cref="DataEfficiency.RandomArm"/>.</param>
/// <param name="IsCalibrated">Whether the last layer is scaled and shifted to fit the samples before the first step.</param>
/// <param name="IsInSubspace">Whether the first layer looks along the program's active subspace alone, and stays in it.</param>
public sealed record BenchArm(string Start, bool IsCalibrated = false, bool IsInSubspace = false)
{
    private const string Calibration = "+calibration", Subspace = "+subspace";

    /// <summary>Training from scratch, which every ratio is taken to.</summary>
    public static readonly BenchArm Random = new(DataEfficiency.RandomArm);

    /// <summary>What reports and files call it.</summary>
    public string Name => $"{Start}{(IsCalibrated ? Calibration : "")}{(IsInSubspace ? Subspace : "")}";

    /// <summary>The arm of a name; its start may be unknown.</summary>
    public static BenchArm Parse(string name)
    {
        (string start, bool isInSubspace) = Without(name, Subspace);
        (start, bool isCalibrated) = Without(start, Calibration);
        return new BenchArm(start, isCalibrated, isInSubspace);
    }

    /// <summary>How it is trained.</summary>
    public FineTuneOptions Apply(FineTuneOptions options) => options with { Calibrates = IsCalibrated, KeepsSubspace = IsInSubspace };

    private static (string Name, bool Had) Without(string name, string ending) =>
        name.EndsWith(ending, StringComparison.Ordinal) ? (name[..^ending.Length], true) : (name, false);
}
