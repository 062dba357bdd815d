// What stands for a function in a C file: a network, an interpolant, a table, a polynomial. What is written around it, such as the guard and the rest of the
// program, is the same for all and stands in CFile.

using System.Collections.Immutable;
using System.Text;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;

namespace Nsc.Export.Approximations;

/// <summary>An approximation of a function that can be written as C.</summary>
public interface IApproximation
{
    ProgramSignature Signature { get; }

    /// <summary>What the names of all its tables and functions begin with, an identifier.</summary>
    string Name { get; }

    /// <summary>What kind of thing it is, such as "neural surrogate".</summary>
    string Kind { get; }

    /// <summary>How large it is, such as "9-16-16-1 tanh".</summary>
    string Size { get; }

    ApproximationOrigin Origin { get; }

    /// <summary>For each input where a guard believes it.</summary>
    ImmutableArray<Interval> Believed { get; }

    /// <summary>What each output may answer.</summary>
    ImmutableArray<OutputAnswer> Answers { get; }

    /// <summary>
    /// Writes its functions: <c>static inline void NAME_one(const double *in, double *out)</c>, whose outputs that are whole numbers are not rounded yet, and for
    /// other files <c>NAME</c> and <c>NAME_batch</c>.
    /// </summary>
    /// <param name="isPrivate">Whether other files must not see it.</param>
    /// <param name="hasMany">Whether there is <c>static void NAME_many(const double *in, double *out, size_t count)</c>, which is NAME_one for many rows.</param>
    void Write(StringBuilder text, bool isPrivate, bool hasMany);

    /// <summary>Whether many rows at a time take less than one by one: where a row is so much arithmetic that vectors of rows pay for the buffers between them.</summary>
    bool GainsByBlocks => false;

    /// <summary>What the function in the original's place says of inputs within the ranges, as statements that <c>return 0</c> where the original must answer.</summary>
    string Doubt => "";

    /// <summary>Writes what <see cref="Doubt"/> needs.</summary>
    void WriteDoubt(StringBuilder text)
    {
    }

    /// <summary>What it answers for inputs (samples, inputs), row-major: the same arithmetic, but for a network's precision.</summary>
    double[] Answer(double[] inputs);
}

/// <summary>What an approximation was made from.</summary>
/// <param name="SourceHash">SHA-256 of the program's source.</param>
/// <param name="Samples">How many of the program's answers.</param>
public sealed record ApproximationOrigin(string ToolVersion, string SourceHash, int Samples);
