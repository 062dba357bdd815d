// Reads nsc.json. The file is hostile like any other: all that is wrong with it is said at once, with lines and columns, and no path leads out
// of the project's folder.

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Nsc.Compiler.Evaluation;
using Nsc.Compiler.Input;
using Nsc.Core.Diagnostics;
using Nsc.Core.Files;
using Nsc.Core.Programs;
using Nsc.Engine;
using Nsc.FrontEnd.Projects;

namespace Nsc.Compiler.Building;

/// <param name="root">The folder that everything that is read must lie in.</param>
/// <param name="output">The folder that everything that is made goes to.</param>
internal sealed class ProjectFile(string path, string root, string output, DiagnosticBag diagnostics)
{
    /// <summary>Its usual name.</summary>
    public const string Name = "nsc.json";

    private const string RootHint = "--root names a folder that holds all of it";
    private const int Largest = 16 << 20, MostFunctions = 10_000;
    private static readonly string[] s_projectMembers = ["model", "seed", "flags", "database", "with", "functions"];
    private static readonly string[] s_functionMembers =
    [
        "file", "function", "ranges", "fix", "extents", "inputs", "flags", "with", "samples", "heldOut", "topology", "maxError", "rate", "confidence", "seed", "keepLoops", "outputs",
    ];

    private readonly string _folder = Path.GetDirectoryName(path)!;
    private readonly Dictionary<BuildOutput, JsonPlace> _places = new(ReferenceEqualityComparer.Instance);

    /// <summary>Reads a project; null where <paramref name="diagnostics"/> say why it makes no sense.</summary>
    /// <param name="path">The file, which names it in messages.</param>
    /// <param name="root">The folder that its files may lie in; null for the file's own.</param>
    /// <param name="output">The folder that what is made goes to; null for the file's own.</param>
    public static BuildProject? Read(string path, string? root, string? output, DiagnosticBag diagnostics)
    {
        if (FileIdentity.ReadingObjection(path) is { } objection)
        {
            diagnostics.Refuse(Refusal.Input, $"'{path}' is no project file: {objection}");
            return null;
        }

        if (!File.Exists(path))
        {
            diagnostics.Refuse(Refusal.Input, $"no such project file: '{path}'", "nsc scan --write nsc.json writes one with the functions that gain");
            return null;
        }

        if (new FileInfo(path).Length > Largest)
        {
            diagnostics.Refuse(Refusal.Input, $"'{path}' has more than {Largest >> 20} MB");
            return null;
        }

        string full = Path.GetFullPath(path), folder = Path.GetDirectoryName(full)!;
        PlacedJson? json = PlacedJson.Parse(path, File.ReadAllBytes(full), diagnostics);
        BuildProject? project = json is null ? null : new ProjectFile(full, Path.GetFullPath(root ?? folder), Path.GetFullPath(output ?? folder), diagnostics).Project(json);
        return diagnostics.HasErrors ? null : project;
    }

    private BuildProject Project(PlacedJson json)
    {
        var members = new JsonMembers(json, "the project", s_projectMembers, diagnostics);
        string? model = members.Text("model") is { } named ? Source(named) : null;
        ImmutableArray<PlacedJson> functions = members.Items("functions");
        if (functions.IsEmpty && !diagnostics.HasErrors)
        {
            diagnostics.Add(json.Place.Error("project-member", "the project has no functions", "\"functions\": [ { \"file\": \"f.c\", \"outputs\": { \"accelerated\": \"out/f.c\" } } ]"));
        }
        else if (functions.Length > MostFunctions)
        {
            diagnostics.Add(functions[MostFunctions].Place.Error("project-member", $"a project has at most {MostFunctions} functions"));
            return new BuildProject(path, output, model, []);
        }

        BuildFunction[] read = [.. functions.Select(f => Function(f, members)).OfType<BuildFunction>()];
        RequireApart(read);
        return new BuildProject(path, output, model, [.. read]);
    }

    private BuildFunction? Function(PlacedJson json, JsonMembers project)
    {
        var members = new JsonMembers(json, "a function", s_functionMembers, diagnostics);
        string? file = members.Text("file", isRequired: true) is { } named ? Source(named) : null;
        ErrorLimit limit = new(members.Number("maxError"), members.Number("rate") ?? ErrorLimit.UsualRate, members.Number("confidence") ?? ErrorLimit.UsualConfidence);
        if (!limit.IsSensible)
        {
            diagnostics.Add(json.Place.Error("project-value", "maxError must not be negative, rate and confidence must lie between 0 and 1"));
        }

        BuildOutput[] outputs = [.. members.Members("outputs", BuildOutput.Kinds, isRequired: true).Select(Output).OfType<BuildOutput>()];
        var function = new BuildFunction(
            file ?? "", members.Text("function")?.Text, Map(members, "ranges", Range), Map(members, "fix", v => members.NumberOf(v)),
            Map(members, "extents", v => members.WholeOf(v, 1, 4096)), members.Texts("inputs", t => t.Text),
            [.. Flags(project), .. Flags(members)], project.Text("database") is { } database ? Source(database) : null,
            [.. project.Texts("with", FileOf), .. members.Texts("with", FileOf)], root, members.Whole("samples", 4, 1_000_000), members.Whole("heldOut", 2, 10_000_000), Topology(members),
            limit, members.Whole("seed", 0, int.MaxValue) ?? project.Whole("seed", 0, int.MaxValue) ?? 1, [.. outputs])
        {
            KeepsLoops = members.IsTrue("keepLoops"),
        };
        return file is null ? null : function;
    }

    private BuildOutput? Output((string Kind, JsonPlace Place, PlacedJson Path) member)
    {
        if (member.Path.Kind != JsonValueKind.String)
        {
            diagnostics.Add(member.Path.Place.Error("project-value", $"the output '{member.Kind}' must be a path"));
            return null;
        }

        string? file = Inside(member.Path, output, output, "--output names a folder for all that is made");
        if (file?[output.Length..].Contains("/.", StringComparison.Ordinal) == true)
        {
            diagnostics.Add(member.Path.Place.Error("project-path", "nothing is made in hidden files and folders, which steer other tools"));
        }

        if (file is null)
        {
            return null;
        }

        var made = new BuildOutput(member.Kind, file);
        _places.Add(made, member.Path.Place);
        return made;
    }

    // Whatever the file says, it reads and writes below a folder that the user named. Links are followed before that is looked at.
    private string? Inside(PlacedJson named, string folder, string allowed, string hint)
    {
        string? objection = null;
        string full = "";
        try
        {
            full = named.Text.Length == 0 || named.Text.Contains('\0', StringComparison.Ordinal) ? throw new IOException("a path must not be empty") : Path.GetFullPath(named.Text, folder);
            bool isInside = Folders.Holds(allowed, full) && Folders.Holds(Folders.Real(allowed), Folders.Real(full));
            objection = isInside ? null : $"this path leads out of the folder '{allowed}'";
        }
        catch (IOException failure)
        {
            objection = failure.Message;
        }

        if (objection is not null)
        {
            diagnostics.Add(named.Place.Error("project-path", objection, hint));
        }

        return objection is null ? full : null;
    }

    private string? Source(PlacedJson named) => Inside(named, _folder, root, RootHint);

    private string FileOf(PlacedJson named) => Source(named) ?? "";

    // Flags that matter, paths made absolute; those of folders stay inside, as those of a database that nobody named do.
    private IEnumerable<string> Flags(JsonMembers members)
    {
        PlacedJson[] written = [.. members.Items("flags")];
        string[] texts = [.. members.Texts("flags", t => t.Text)];
        (ImmutableArray<ClangFlag> flags, ImmutableArray<string> unfollowed) = ClangFlag.Parse(texts, _folder);
        foreach (ClangFlag flag in flags.Where(f => (f.IsFolder || f.IsFile) && !Folders.Holds(root, f.Value + "/") && !Folders.Holds("/usr", f.Value)))
        {
            diagnostics.Add(written[0].Place.Error("project-path", $"{flag.Name} leads out of the folder '{root}'", RootHint));
        }

        return [.. flags.SelectMany(f => f.Arguments), .. unfollowed];
    }

    private ImmutableSortedDictionary<string, T> Map<T>(JsonMembers members, string name, Func<PlacedJson, T?> read)
        where T : struct =>
        members.Members(name).Select(m => (m.Name, Value: read(m.Value))).Where(m => m.Value is not null)
            .ToImmutableSortedDictionary(m => m.Name, m => m.Value!.Value, StringComparer.Ordinal);

    private Interval? Range(PlacedJson json)
    {
        bool isLogarithmic = json.Items.Length == 3 && json.Items[2] is { Kind: JsonValueKind.String, Text: "log" };
        double?[] ends = [.. json.Items.Take(2).Select(i => i.Kind == JsonValueKind.Number ? double.Parse(i.Text, CultureInfo.InvariantCulture) : (double?)null)];
        if (json.Kind == JsonValueKind.Array && (json.Items.Length == 2 || isLogarithmic) && ends is [{ } low, { } high] && new Interval(low, high) { IsLogarithmic = isLogarithmic } is { IsRange: true } range)
        {
            return range;
        }

        diagnostics.Add(json.Place.Error("project-value", "a range must be [LOW, HIGH] with numbers LOW < HIGH, or [LOW, HIGH, \"log\"] with 0 < LOW < HIGH"));
        return null;
    }

    private ImmutableArray<int>? Topology(JsonMembers members)
    {
        if (members.Text("topology") is not { } named)
        {
            return null;
        }

        if (NetSizes.Parse(named.Text, hasAuto: true) is not { } widths)
        {
            diagnostics.Add(named.Place.Error("project-value", $"a topology must be {NetSizes.Expected(hasAuto: true)}"));
            return null;
        }

        return widths;
    }

    // Nothing that is made may take the place of what is read, or of something else that is made.
    private void RequireApart(BuildFunction[] functions)
    {
        HashSet<string> read = [path, .. functions.Select(f => f.File), .. functions.SelectMany(f => f.With)];
        var made = new HashSet<string>(StringComparer.Ordinal);
        foreach (BuildOutput one in functions.SelectMany(f => f.Outputs))
        {
            if (read.Contains(one.Path) || !made.Add(one.Path))
            {
                diagnostics.Add(_places[one].Error(
                    "project-path", $"'{one.Path}' {(read.Contains(one.Path) ? "is read, and would be overwritten" : "is the place of two outputs")}", "give each output a path of its own"));
            }
        }
    }
}
