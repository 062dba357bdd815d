// The errors on each path through a program, with the conditions that lead there.

using Nsc.Core.Dataflow.Paths;

namespace Nsc.Compiler.Evaluation;

/// <param name="Line">Of the source; null where unknown.</param>
public sealed record PathBranch(int? Line, string Condition);

/// <param name="Branch">An index of the branches that tell paths apart.</param>
public sealed record PathDecision(int Branch, int? Line, string Condition, bool Holds);

/// <param name="Conditions">What is decided on the path; null for the paths that share the last row.</param>
public sealed record MeasuredPath(PathDecision[]? Conditions, int Paths, double Probability, int Samples, double? Nmse, double? MaxError);

/// <param name="Sorted">The number of inputs that the probabilities are from.</param>
/// <param name="AllBranches">The branches of the program, those that do not tell paths apart included.</param>
public sealed record PathFindings(string File, string[] Approximations, int Sorted, int AllBranches, PathBranch[] Branches, MeasuredPath[] Paths);
