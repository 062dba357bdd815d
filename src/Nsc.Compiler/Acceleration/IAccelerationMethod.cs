// The ways to approximate a function. Each gives a ladder of approximations; which rung is taken, and of which method, is decided by measurement.

using System.Collections.Immutable;
using Nsc.Compiler.Evaluation;
using Nsc.Core.Programs;
using Nsc.Export.Approximations;

namespace Nsc.Compiler.Acceleration;

/// <summary>An approximation that may take the function's place.</summary>
/// <param name="Method">Its method's name.</param>
/// <param name="Keeps">Whether it keeps the bound on the samples that choices are made on, by itself: without a second opinion that calls the original.</param>
internal sealed record Candidate(string Method, IApproximation Approximation, bool Keeps);

/// <summary>A way to approximate a function.</summary>
internal interface IAccelerationMethod
{
    string Name { get; }

    /// <summary>Whether an approximation that does not keep the bound by itself can with its guard.</summary>
    bool HasSecondOpinion => false;

    /// <summary>Why it cannot approximate such a program, in words, or null.</summary>
    string? Objection(ProgramSignature signature) => null;

    /// <summary>Approximations, the fastest first, each made when it is asked for. None, with a remark or an error, where there is no way.</summary>
    IEnumerable<Candidate> Ladder(AccelerationTask task);
}

public static class AccelerationMethods
{
    public const string Net = "net", Chebyshev = "chebyshev", Polynomial = "polynomial", Table = "table";

    /// <summary>Any of them: what measurement says.</summary>
    public const string Auto = "auto";

    /// <summary>The names that can be asked for.</summary>
    public static ImmutableArray<string> Names { get; } = [.. All.Select(m => m.Name), Auto];

    internal static ImmutableArray<IAccelerationMethod> All => [new NetMethod(), new ChebyshevMethod(), new PolynomialMethod(), new TableMethod()];

    /// <summary>The candidates of a ladder that are worth measuring: up to the first that keeps the bound, without those that nothing makes keep it.</summary>
    internal static List<Candidate> Shortlist(IAccelerationMethod method, IEnumerable<Candidate> ladder)
    {
        var tried = new List<Candidate>();
        foreach (Candidate candidate in ladder)
        {
            if (!method.HasSecondOpinion)
            {
                tried.Clear();
            }

            tried.Add(candidate);
            if (candidate.Keeps)
            {
                break;
            }
        }

        return tried;
    }

    /// <summary>The fastest that keeps the bound and gains; the most accurate where none does.</summary>
    internal static int Choice(IReadOnlyList<Measured> measured, ErrorLimit limit)
    {
        int[] kept = [.. Enumerable.Range(0, measured.Count).Where(i => measured[i].Objection(limit) is null)];
        return kept.Length > 0 ? kept.MinBy(i => measured[i].AcceleratedNs) : Enumerable.Range(0, measured.Count).MinBy(i => measured[i].Nmse);
    }
}
