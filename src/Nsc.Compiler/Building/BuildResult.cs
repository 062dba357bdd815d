// What became of a project.

using System.Collections.Immutable;
using Nsc.Compiler.Evaluation;
using Nsc.Core.Diagnostics;

namespace Nsc.Compiler.Building;

/// <summary>What became of a function.</summary>
public enum BuildStatus
{
    /// <summary>Nothing that matters has changed.</summary>
    Current,

    /// <summary>Made, with nets that were there.</summary>
    Remade,

    /// <summary>Made, with nets that were trained.</summary>
    Trained,

    /// <summary>A bound is broken; what was made before is as it was.</summary>
    Missed,

    /// <summary>The diagnostics say why nothing can be made.</summary>
    Refused,
}

/// <summary>What was measured on what was made.</summary>
/// <param name="Net">The net's shape.</param>
/// <param name="Nmse">On samples that nothing was trained on.</param>
/// <param name="OriginalNs">Nanoseconds a call of the function; null where no file has its place.</param>
/// <param name="AcceleratedNs">The same of the function in its place.</param>
/// <param name="Sentences">What is known of the error.</param>
/// <param name="Bounds">The same, in numbers.</param>
public sealed record BuildFacts(string Function, string Net, double Nmse, double? OriginalNs, double? AcceleratedNs, ImmutableArray<string> Sentences, ImmutableArray<OutputBound> Bounds);

/// <summary>A function of a project.</summary>
/// <param name="Facts">Null where nothing could be measured.</param>
/// <param name="Miss">What was promised and not kept, in words, or null.</param>
public sealed record BuiltFunction(BuildFunction Asked, BuildStatus Status, BuildFacts? Facts, string? Miss, ImmutableArray<Diagnostic> Diagnostics, TimeSpan Duration)
{
    /// <summary>Its name, as far as it is known.</summary>
    public string Name => Facts?.Function ?? Asked.Function ?? System.IO.Path.GetFileName(Asked.File);
}

/// <summary>All functions of a project, in the file's order.</summary>
/// <param name="Read">Full paths of all files that were read, the project file among them.</param>
public sealed record BuildResult(ImmutableArray<BuiltFunction> Functions, ImmutableArray<string> Read);
