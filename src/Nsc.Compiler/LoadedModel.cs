// Finds and loads the CompNet that compiles.

using System.Security.Cryptography;
using Nsc.Core.Surrogates;
using Nsc.Engine.Emission;

namespace Nsc.Cli;

/// <summary>A CompNet in memory, with the name and the hash that surrogates record.</summary>
internal sealed record LoadedModel(IEmitter Net, string Name, string Hash)
{
    private const string ShippedModel = "models/compnet.safetensors";

    /// <summary>Loads the model at <paramref name="path"/>, or else the default one.</summary>
    /// <param name="toBaseline">Makes a network of a baseline's checkpoint, which takes the tensor library.</param>
    /// <param name="architecture">A baseline has a default of its own, and a path means the dataflow network's.</param>
    /// <exception cref="CommandException">There is no such model, or it is damaged.</exception>
    public static LoadedModel Load(FileInfo? path, Func<CompNetCheckpoint, IEmitter> toBaseline, string architecture = Architectures.Dataflow)
    {
        string? named = architecture == Architectures.Dataflow ? path?.FullName ?? DefaultPath() : Shipped.Find($"models/{architecture}.safetensors");
        string file = named
            ?? throw new CommandException(ExitCode.Missing, $"no {architecture} model found", "name one with --model PATH, or use --init random");
        if (!File.Exists(file))
        {
            throw new CommandException(ExitCode.Missing, $"no CompNet model at '{file}'", "name one with --model PATH, or use --init random");
        }

        return Read(file, (checkpoint, hash) => new LoadedModel(
            checkpoint.Shape.Architecture == Architectures.Dataflow ? new ManagedCompNet(checkpoint) : toBaseline(checkpoint), Path.GetFileName(file), hash()));
    }

    /// <summary>The shape of the model that would be loaded, or the default shape when there is none.</summary>
    public static CompNetOptions ShapeOf(FileInfo? path)
    {
        string? file = path?.FullName ?? DefaultPath();
        return file is not null && File.Exists(file) ? Read(file, (checkpoint, _) => checkpoint.Shape) : new CompNetOptions();
    }

    /// <summary>Reads a file that exists, and makes of the checkpoint, and of the file's hash where it is wanted, what is asked for.</summary>
    /// <exception cref="CommandException">The file is damaged.</exception>
    public static T Read<T>(string file, Func<CompNetCheckpoint, Func<string>, T> use)
    {
        try
        {
            byte[] bytes = TensorContainer.ReadBytes(file);
            return use(CompNetCheckpoint.FromContainer(TensorContainer.Read(bytes)), () => Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
        catch (ContainerException damage)
        {
            throw new CommandException(ExitCode.Refused, $"'{file}' is not a usable CompNet model: {damage.Message}");
        }
    }

    /// <summary>$NSC_MODEL, else the shipped model in this or a parent folder of the program; null when there is none.</summary>
    public static string? DefaultPath()
    {
        if (Environment.GetEnvironmentVariable("NSC_MODEL") is { Length: > 0 } named)
        {
            return named;
        }

        return Shipped.Find(ShippedModel);
    }
}
