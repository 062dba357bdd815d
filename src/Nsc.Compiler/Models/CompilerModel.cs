// Finds and loads the CompNet that compiles.

using System.Security.Cryptography;
using Nsc.Compiler.Input;
using Nsc.Core.Diagnostics;
using Nsc.Core.Surrogates;
using Nsc.Engine.Emission;

namespace Nsc.Compiler.Models;

/// <summary>A CompNet in memory, with the name and the hash that surrogates record.</summary>
internal sealed record CompilerModel(IEmitter Net, string Name, string Hash)
{
    private const string ShippedModel = "models/compnet.safetensors", NameOne = "name one with --model PATH, or use --init random";

    /// <summary>Loads the model at <paramref name="path"/>, or else the default one; null when <paramref name="diagnostics"/> say why there is none.</summary>
    /// <param name="toBaseline">Makes a network of a baseline's checkpoint, which takes the tensor library.</param>
    /// <param name="architecture">A baseline has a default of its own, and a path means the dataflow network's.</param>
    public static CompilerModel? Load(
        string? path, Func<CompNetCheckpoint, IEmitter>? toBaseline, DiagnosticBag diagnostics, string architecture = Architectures.Dataflow)
    {
        return Find(path, diagnostics, architecture) is not { } file ? null : Read(file, (checkpoint, hash) => ToNet(checkpoint, toBaseline, diagnostics) is { } net ? new CompilerModel(net, Path.GetFileName(file), hash()) : null, diagnostics);
    }

    /// <summary>The file that <see cref="Load"/> would read; null when <paramref name="diagnostics"/> say that there is none.</summary>
    public static string? Find(string? path, DiagnosticBag diagnostics, string architecture = Architectures.Dataflow)
    {
        string? file = architecture == Architectures.Dataflow ? Existing(path, diagnostics) : Shipped.Find($"models/{architecture}.safetensors");
        if (file is null && !diagnostics.HasErrors)
        {
            diagnostics.Refuse(Refusal.Missing, $"no {architecture} model found", NameOne);
        }

        return file;
    }

    /// <summary>The shape of the model that would be loaded, or the default shape when there is none; null when the file is damaged.</summary>
    public static CompNetOptions? ShapeOf(string? path, DiagnosticBag diagnostics)
    {
        string? file = path ?? DefaultPath();
        return file is not null && File.Exists(file) ? Read(file, (checkpoint, _) => checkpoint.Shape, diagnostics) : new CompNetOptions();
    }

    /// <summary>
    /// Reads a file that exists, and makes of the checkpoint, and of the file's hash where it is wanted, what is asked for; null when it is damaged.
    /// </summary>
    public static T? Read<T>(string file, Func<CompNetCheckpoint, Func<string>, T?> use, DiagnosticBag diagnostics)
        where T : class
    {
        try
        {
            byte[] bytes = TensorContainer.ReadBytes(file);
            return use(CompNetCheckpoint.FromContainer(TensorContainer.Read(bytes)), () => Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
        catch (ContainerException damage)
        {
            diagnostics.Refuse(Refusal.Input, $"'{file}' is not a usable CompNet model: {damage.Message}");
            return null;
        }
    }

    /// <summary>$NSC_MODEL, else the shipped model in this or a parent folder of the program; null when there is none.</summary>
    public static string? DefaultPath() =>
        Environment.GetEnvironmentVariable("NSC_MODEL") is { Length: > 0 } named ? named : Shipped.Find(ShippedModel);

    private static string? Existing(string? path, DiagnosticBag diagnostics)
    {
        string? file = path ?? DefaultPath();
        if (file is not null && !File.Exists(file))
        {
            diagnostics.Refuse(Refusal.Missing, $"no CompNet model at '{file}'", NameOne);
            return null;
        }

        return file;
    }

    private static IEmitter? ToNet(CompNetCheckpoint checkpoint, Func<CompNetCheckpoint, IEmitter>? toBaseline, DiagnosticBag diagnostics)
    {
        if (checkpoint.Shape.Architecture == Architectures.Dataflow)
        {
            return new ManagedCompNet(checkpoint);
        }

        if (toBaseline is null)
        {
            diagnostics.Refuse(Refusal.Input, $"a {checkpoint.Shape.Architecture} model needs the tensor library, which is not part of this program");
        }

        return toBaseline?.Invoke(checkpoint);
    }
}
