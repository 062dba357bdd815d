// A net's way down, step by step.

namespace Nsc.Engine.Trainers;

internal interface IDescent
{
    double[] Weights { get; }

    /// <summary>Whether all rows lead, not only the first ones.</summary>
    bool IsOnAllRows { get; }

    /// <summary>Takes a step; false when there is none worth taking.</summary>
    bool Advance();
}
