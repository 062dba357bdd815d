// Runs the command line in process, with its own writers and a folder of its own, as the end-to-end tests need it.

using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using Nsc.Engine.Emission;
using Nsc.Training;
using Nsc.Training.HyperNetworks;

namespace Nsc.Tests.Cli;

/// <summary>What one command line gave.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;
}

/// <summary>A temporary folder with a small model of random weights, in which command lines are run.</summary>
public sealed class Workplace : IDisposable
{
    private const string Square = "double f(double x) { return x * x; }\n";

    private static readonly Lazy<byte[]> s_model = new(MakeModel);
    private static readonly Lazy<byte[]> s_square = new(CompileSquare);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nsc-test-");

    public Workplace() => File.WriteAllBytes(Model, s_model.Value);

    public string Model => this["model.safetensors"];

    /// <summary>The full path of a file in the folder.</summary>
    public string this[string name] => Path.Combine(_folder.FullName, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>Writes the file f.c, which squares x, and its surrogate s, which is compiled once for all tests.</summary>
    public void WriteSquare()
    {
        Write("f.c", Square);
        File.WriteAllBytes(this["s"], s_square.Value);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    internal static Outcome Run(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error };
        return new Outcome(Nsc.Cli.Program.Run(arguments, configuration), output.ToString(), error.ToString());
    }

    private static byte[] CompileSquare()
    {
        using var work = new Workplace();
        Outcome compiled = Run("compile", work.Write("f.c", Square), "-o", work["s"], "--model", work.Model);
        Assert.True(compiled.ExitCode == 0, compiled.Error);
        return File.ReadAllBytes(work["s"]);
    }

    private static byte[] MakeModel()
    {
        using var net = SeededDraws.From(3, () => new CompNet(new CompNetOptions(Width: 32, FeedForward: 32, EmissionWidth: 32)));
        string file = Path.GetTempFileName();
        TorchCheckpoint.Of(net, ImmutableSortedDictionary<string, string>.Empty).Save(file);
        byte[] model = File.ReadAllBytes(file);
        File.Delete(file);
        return model;
    }
}
