// A file's functions, each by itself: what reading a whole project for the functions that can be compiled asks of the front end.

using System.Collections.Immutable;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;

namespace Nsc.FrontEnd;

/// <summary>A function that computes numbers.</summary>
/// <param name="Place">Its name in the file.</param>
/// <param name="Program">What it is when it is compiled alone; null when the findings say why it cannot be.</param>
/// <param name="Guessed">For each of the program's inputs whether nobody gave its range, so that it is the default of its type.</param>
/// <param name="Findings">What was found on the way, in order.</param>
public sealed record SurveyedFunction(
    string Name, SourceLocation Place, CProgram? Program, ImmutableArray<bool> Guessed, ImmutableArray<Diagnostic> Findings);

/// <summary>What a file defines.</summary>
/// <param name="Numeric">The names of the functions that compute numbers, in order.</param>
/// <param name="Others">How many functions do not, by the reason.</param>
public sealed record FileSurvey(ImmutableArray<string> Numeric, ImmutableSortedDictionary<string, int> Others);

/// <summary>Told of a survey while it goes on.</summary>
public interface ISurveyor
{
    /// <summary>The file was read.</summary>
    void Begin(FileSurvey survey);

    /// <summary>One of its functions that compute numbers was looked at, in order.</summary>
    void Found(SurveyedFunction function);

    /// <summary>Some of those with a program once more, as programs of one source with entries of their own, which one run of clang compiles.</summary>
    /// <param name="alone">What <see cref="Found"/> told of them.</param>
    void Together(IReadOnlyList<SurveyedFunction> alone, IReadOnlyList<CProgram> programs);
}
