// The benches of whole images that the programs at hand allow, with what the programs themselves make of the images.

using Nsc.Bench;
using Nsc.Bench.Images;
using Nsc.CommandLine;
using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Execution;

namespace Nsc.Cli.Benching;

internal static class ImageBenches
{
    /// <summary>The name of a scene to train on that is another one than <see cref="Scene"/>.</summary>
    public const string OtherScene = "harbour";

    /// <summary>The scene that the bench draws for itself.</summary>
    public static SortedDictionary<string, Picture> Scene => new(StringComparer.Ordinal) { ["scene"] = TestScene.Draw() };

    /// <summary>The bench of a task, or null when no program is its kernel.</summary>
    public static ImageBench? Of(ImageTask task, IReadOnlyList<BenchProgram> programs, SortedDictionary<string, Picture> images, Terminal terminal) =>
        programs.FirstOrDefault(p => task.IsKernel(p.Program.Signature)) is { } program
            ? new ImageBench(task, program, images, Exact(task, program, images, terminal))
            : null;

    /// <summary>The benches of all tasks that have a kernel among the programs.</summary>
    public static ImageBench[] All(IReadOnlyList<BenchProgram> programs, SortedDictionary<string, Picture> images, Terminal terminal) =>
        [.. ImageTask.All.Select(task => Of(task, programs, images, terminal)).OfType<ImageBench>()];

    // Executed in the sandbox.
    private static SortedDictionary<string, Picture> Exact(ImageTask task, BenchProgram program, SortedDictionary<string, Picture> images, Terminal terminal)
    {
        var diagnostics = new DiagnosticBag();
        using NativeProgram? native = NativeProgram.Compile(program.Program, SourceFiles.RequireToolchain(), diagnostics, limits: null);
        diagnostics.ShowAndStopOnErrors(terminal);
        var exact = new SortedDictionary<string, Picture>(StringComparer.Ordinal);
        foreach ((string name, Picture image) in images)
        {
            exact[name] = task.Apply(image, inputs => native!.Run(inputs).Outputs);
        }

        return exact;
    }
}
