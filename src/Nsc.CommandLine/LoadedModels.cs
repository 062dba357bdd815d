// Models for verbs: a message and the end of the verb where the library has a null.

using Nsc.Compiler.Models;
using Nsc.Core.Diagnostics;
using Nsc.Engine.Emission;

namespace Nsc.CommandLine;

internal static class LoadedModels
{
    /// <exception cref="CommandException">There is no such model, or it is damaged.</exception>
    public static CompilerModel Load(FileInfo? path, Func<CompNetCheckpoint, IEmitter> toBaseline, string architecture = Architectures.Dataflow) =>
        Require(diagnostics => CompilerModel.Load(path?.FullName, toBaseline, diagnostics, architecture));

    /// <exception cref="CommandException">The file is damaged.</exception>
    public static CompNetOptions ShapeOf(FileInfo? path) => Require(diagnostics => CompilerModel.ShapeOf(path?.FullName, diagnostics));

    /// <exception cref="CommandException">The file is damaged.</exception>
    public static (CompNetCheckpoint Checkpoint, string Hash) Read(FileInfo file) =>
        Require(diagnostics => CompilerModel.Read(file.FullName, (checkpoint, hash) => Tuple.Create(checkpoint, hash()), diagnostics)).ToValueTuple();

    private static T Require<T>(Func<DiagnosticBag, T?> read)
        where T : class
    {
        var diagnostics = new DiagnosticBag();
        T? value = read(diagnostics);
        diagnostics.StopOnErrors();
        return value!;
    }
}
