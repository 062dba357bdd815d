// Keeps a project file in step with what a scan finds: functions that gain are added to it, and nothing that stands there is changed.

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nsc.Compiler.Scanning;
using Nsc.Core.Diagnostics;
using Nsc.Core.Files;
using Nsc.Core.Programs;

namespace Nsc.Compiler.Building;

/// <summary>A project file with functions that were found.</summary>
/// <param name="Content">The file, UTF-8.</param>
/// <param name="Added">The functions that were not in it.</param>
/// <param name="LeftOut">Functions that gain and cannot be in it, because their files lie elsewhere.</param>
internal sealed record ScannedProject(byte[] Content, IReadOnlyList<CompilableFunction> Added, int LeftOut)
{
    private const string Folder = "accelerated";

    /// <summary>The project at a path, or an empty one, with the functions that gain: of each file the one that gains most, since a file takes in one surrogate.</summary>
    /// <param name="found">Those that gain most first.</param>
    /// <returns>Null where <paramref name="diagnostics"/> say why the file makes no sense.</returns>
    public static ScannedProject? With(string path, IEnumerable<CompilableFunction> found, DiagnosticBag diagnostics)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var project = new JsonObject { ["functions"] = new JsonArray() };
        HashSet<string> known = [];
        if (FileIdentity.Of(path).Kind != FileKind.Missing)
        {
            if (ProjectFile.Read(path, null, null, diagnostics) is not { } read)
            {
                return null;
            }

            known = [.. read.Functions.Select(f => f.File)];
            project = JsonNode.Parse(File.ReadAllBytes(path))!.AsObject();
        }

        CompilableFunction[] gaining = [.. found.Where(f => f.SpeedUp > 1).DistinctBy(f => Path.GetFullPath(f.File)).Where(f => !known.Contains(Path.GetFullPath(f.File)))];
        CompilableFunction[] added = [.. gaining.Where(f => Folders.Holds(folder, Path.GetFullPath(f.File)))];
        JsonArray functions = project["functions"]!.AsArray();
        Array.ForEach(added, f => functions.Add((JsonNode)Entry(f, Path.GetRelativePath(folder, Path.GetFullPath(f.File)))));
        return new ScannedProject(Bytes(project), added, gaining.Length - added.Length);
    }

    private static JsonObject Entry(CompilableFunction function, string file)
    {
        var entry = new JsonObject { ["file"] = file, ["function"] = function.Function };
        ScannedInput[] guessed = [.. function.Inputs.Where(i => i.IsGuessed).DistinctBy(i => ProgramSignature.ParameterOf(i.Name))];
        if (guessed.Length > 0)
        {
            entry["ranges"] = new JsonObject(guessed.Select(i => KeyValuePair.Create(ProgramSignature.ParameterOf(i.Name), (JsonNode?)new JsonArray(i.Low, i.High))));
        }

        entry["outputs"] = new JsonObject { [BuildOutput.AcceleratedKind] = $"{Folder}/{file}" };
        return entry;
    }

    private static byte[] Bytes(JsonObject project)
    {
        var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            project.WriteTo(writer);
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }
}
