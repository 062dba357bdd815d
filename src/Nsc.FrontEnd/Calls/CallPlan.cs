// How a real function is called with numbers, although its parameters may be pointers that say neither how far they reach nor
// whether they are read or written. Everything that a pointer may reach is at first both an input and an output; the
// function's graph tells later what it is.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Checking;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Calls;

/// <summary>A parameter and what it is given.</summary>
/// <param name="Shape">Of the value, or of the array that the pointer is made to point to.</param>
/// <param name="IsWritable">Whether the function can write it, so that the caller sees it.</param>
/// <param name="Fixed">A count or a step has this value; null for what is an input.</param>
internal sealed record Argument(string Name, Shape Shape, bool IsPointer, bool IsWritable, int? Fixed);

/// <summary>An output of a call.</summary>
/// <param name="Place">What it is read from after the call: the result or what a pointer reached.</param>
/// <param name="Input">The input that had the place before the call; -1 for the result.</param>
internal sealed record CallOutput(string Name, string Place, ScalarKind Kind, int Input);

/// <summary>A call of a function.</summary>
/// <param name="Refusal">Why there is none; null when there is.</param>
internal sealed record CallPlan(string Function, ImmutableArray<Argument> Arguments, Shape? Result, string? Refusal)
{
    /// <summary>The name of the local variable that takes the result.</summary>
    public const string ResultName = "result";

    public static CallPlan Refused(string reason) => new("", [], null, reason);

    /// <summary>Whether the function takes scalars and gives one, and can be called as it is.</summary>
    public bool IsPlain => Result is Shape.Scalar && Arguments.All(a => a.Shape is Shape.Scalar && a.Fixed is null);

    /// <summary>Integers decide about loops and tables: a graph holds for those within a range. This is the widest.</summary>
    private const int LargestInteger = 100;

    /// <summary>All scalars that may be inputs, in order, with the widest ranges of their kinds that are tried.</summary>
    public ImmutableArray<InputVariable> Inputs { get; } =
    [
        .. Arguments.Where(a => a.Fixed is null).SelectMany(a => a.Shape.Leaves(a.Name))
            .Select(l => new InputVariable(Plain(l.Name), l.Kind, WidestRange(l))),
    ];

    /// <summary>All scalars that may be outputs, the result's first.</summary>
    public ImmutableArray<CallOutput> Outputs { get; } = [.. OutputsOf(Arguments, Result)];

    private static IEnumerable<CallOutput> OutputsOf(ImmutableArray<Argument> arguments, Shape? result)
    {
        foreach (Leaf leaf in result?.Leaves(ResultName) ?? [])
        {
            yield return new CallOutput(Plain(leaf.Name), leaf.Name, leaf.Kind, -1);
        }

        int input = 0;
        foreach (Argument argument in arguments.Where(a => a.Fixed is null))
        {
            foreach (Leaf leaf in argument.Shape.Leaves(argument.Name))
            {
                if (argument.IsWritable)
                {
                    yield return new CallOutput(Plain(leaf.Name), leaf.Name, leaf.Kind, input);
                }

                input++;
            }
        }
    }

    // An enumeration, and a truth value, has a range of its own.
    private static Interval WidestRange(Leaf leaf) => leaf.Kind switch
    {
        ScalarKind.Bool or ScalarKind.Float or ScalarKind.Double => leaf.DefaultRange,
        _ when leaf.DefaultRange.Low < -1 || leaf.DefaultRange.High > 1 => leaf.DefaultRange,
        ScalarKind.UInt8 or ScalarKind.UInt16 or ScalarKind.UInt32 or ScalarKind.UInt64 => new Interval(0, LargestInteger),
        _ => new Interval(-LargestInteger, LargestInteger),
    };

    private static string Plain(string name) => name.Replace("[", "_", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', '_');
}
