// What a project file asks for: functions, what is to be made of each, and what is promised of it.

using System.Collections.Immutable;
using Nsc.Compiler.Evaluation;
using Nsc.Core.Programs;
using Nsc.Export;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Projects;

namespace Nsc.Compiler.Building;

/// <summary>A project file that makes sense. All paths are absolute.</summary>
/// <param name="Path">The file itself.</param>
/// <param name="Folder">Where what is made goes, and what is known of it.</param>
/// <param name="Model">The CompNet checkpoint; null for the default one.</param>
public sealed record BuildProject(string Path, string Folder, string? Model, ImmutableArray<BuildFunction> Functions);

/// <summary>A function of a project file.</summary>
/// <param name="File">The C file.</param>
/// <param name="Function">Its name; null for the one that the file marks, or its only one.</param>
/// <param name="Flags">Compiler flags, the paths among them absolute.</param>
/// <param name="Database">A compile_commands.json; null for the nearest one.</param>
/// <param name="With">C files in which callees are looked for too.</param>
/// <param name="Root">The folder that included files may lie in.</param>
/// <param name="Samples">Samples to fine-tune on; null for the usual number.</param>
/// <param name="Hidden">The widths of the hidden layers: null for the model's, empty for those that are chosen by measuring.</param>
public sealed record BuildFunction(
    string File, string? Function, ImmutableSortedDictionary<string, Interval> Ranges, ImmutableSortedDictionary<string, double> Fixed, ImmutableSortedDictionary<string, int> Extents,
    ImmutableArray<string> Inputs, ImmutableArray<string> Flags, string? Database, ImmutableArray<string> With, string Root, int? Samples, int? HeldOut, ImmutableArray<int>? Hidden,
    ErrorLimit Limit, long Seed, ImmutableArray<BuildOutput> Outputs)
{
    /// <summary>Whether loops stay as they are that do nothing but call the function, in place of blocks of rows for the net.</summary>
    public bool KeepsLoops { get; init; }

    /// <summary>How the file is read.</summary>
    internal FrontEndOptions Reading => FrontEndOptions.Default with
    {
        Functions = Function is null ? [] : [Function], Ranges = Ranges.ToImmutableDictionary(), Fixed = Fixed.ToImmutableDictionary(), Extents = Extents.ToImmutableDictionary(),
        Inputs = Inputs, Project = Project,
    };

    internal ProjectOptions Project => new(Flags, Database, With, Root);
}

/// <summary>A file that is made of a function.</summary>
/// <param name="Kind">One of <see cref="BuildOutput.Kinds"/>.</param>
public sealed record BuildOutput(string Kind, string Path)
{
    /// <summary>The function's file with its guarded surrogate, as <c>accelerate</c> writes it.</summary>
    public const string AcceleratedKind = "accelerated";

    /// <summary>The surrogate, as <c>finetune</c> writes it.</summary>
    public const string SurrogateKind = "surrogate";

    /// <summary>All kinds: these two, and the formats of <c>export</c>.</summary>
    public static readonly ImmutableArray<string> Kinds = [AcceleratedKind, SurrogateKind, .. Exporters.All.Select(e => e.Format)];
}
