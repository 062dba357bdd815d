// The options that name arms and models, and what is wrong with them.

using System.CommandLine;
using Nsc.Bench;
using Nsc.Bench.Preparation;
using Nsc.CommandLine;
using Nsc.Compiler.Models;
using Nsc.Engine.Emission;
using Nsc.Training.HyperNetworks;

namespace Nsc.Cli.Benching;

internal static class BenchArmsOptions
{
    private static readonly string s_starts = string.Join(", ", Architectures.All.Prepend(DataEfficiency.RandomArm));
    private static readonly string s_treatments = string.Join(", ", Treatment.All.Select(t => $"+{t.Name}"));

    private static readonly Option<string> s_arms = new("--arms")
    {
        Description = $"Arms to measure beside training from scratch: a start ({s_starts}), and what else is done with the samples ({s_treatments}, or several in this order; finetune does the last three, to nets that compile has refined as interpreted is).",
        HelpName = "ARM,ARM,...", DefaultValueFactory = _ => $"{Architectures.Dataflow},{BenchArm.AsFineTuned.Name}",
    };

    private static readonly Option<string> s_models = new("--arms")
    {
        Description = $"Models to measure: some of {string.Join(", ", Architectures.All)}.", HelpName = "ARM,ARM,...",
        DefaultValueFactory = _ => Architectures.Dataflow,
    };

    private static readonly Option<FileInfo?> s_model = Options.Model();

    private static readonly Option<string> s_armsAndPeers = new("--arms")
    {
        Description = $"{s_arms.Description} Or a peer, which is no net of ours: some of {string.Join(", ", PeerOptions.Names)} (bench peers).",
        HelpName = s_arms.HelpName, DefaultValueFactory = s_arms.DefaultValueFactory,
    };

    /// <summary>For a bench whose arms may be peers too.</summary>
    public static void AddWithPeersTo(Command command)
    {
        command.Add(s_armsAndPeers);
        command.Add(s_model);
    }

    /// <summary>The arms, and apart from them the names of peers.</summary>
    /// <exception cref="CommandException">There is no such arm or model, or the models' surrogates differ in shape.</exception>
    public static (BenchArms Arms, string[] Peers) LoadWithPeers(ParseResult parse)
    {
        string named = parse.GetValue(s_armsAndPeers)!;
        string[] names = named.Split(','), arms = [.. names.Where(n => !PeerOptions.Names.Contains(n))];
        return names.Distinct().Count() < names.Length ? throw Unknown(named) : (Load(parse, named, arms), [.. names.Except(arms)]);
    }

    public static void AddTo(Command command)
    {
        command.Add(s_arms);
        command.Add(s_model);
    }

    /// <summary>For a bench that has its own arms, all of the dataflow network.</summary>
    public static void AddModelTo(Command command) => command.Add(s_model);

    /// <summary>For a bench that does not train: models, with nothing done to what they emit.</summary>
    public static void AddModelsTo(Command command)
    {
        command.Add(s_models);
        command.Add(s_model);
    }

    /// <exception cref="CommandException">There is no such arm or model, or the models' surrogates differ in shape.</exception>
    public static BenchArms Load(ParseResult parse)
    {
        string named = parse.GetValue(s_arms)!;
        return Load(parse, named, named.Split(','));
    }

    private static CommandException Unknown(string named) =>
        new(ExitCode.Usage, $"--arms {named}: expected some of {s_starts}, each with some of {s_treatments} in this order, or nothing");

    private static BenchArms Load(ParseResult parse, string named, string[] names)
    {
        BenchArm[] arms = Array.ConvertAll(names, name => new BenchArm(name));
        string[] starts = BenchArms.StartsOf(arms);
        if (starts.Except(Architectures.All).Any() || arms.Distinct().Count() < arms.Length)
        {
            throw Unknown(named);
        }

        CompilerModel[] models = Load(parse, starts);
        return new BenchArms(arms, models, (models.Length > 0 ? models[0].Net.Options : LoadedModels.ShapeOf(parse.GetValue(s_model))).Nets);
    }

    /// <exception cref="CommandException">There is no model.</exception>
    public static BenchArms OfModel(ParseResult parse)
    {
        CompilerModel[] models = Load(parse, [Architectures.Dataflow]);
        return new BenchArms([], models, models[0].Net.Options.Nets);
    }

    /// <exception cref="CommandException">There is no such model, or the models' surrogates differ in shape.</exception>
    public static CompilerModel[] LoadModels(ParseResult parse)
    {
        string[] named = parse.GetValue(s_models)!.Split(',');
        return named.Except(Architectures.All).Any() || named.Distinct().Count() < named.Length
            ? throw new CommandException(ExitCode.Usage, $"--arms {parse.GetValue(s_models)}: expected some of {string.Join(", ", Architectures.All)}")
            : Load(parse, named);
    }

    private static CompilerModel[] Load(ParseResult parse, string[] architectures)
    {
        CompilerModel[] models = Array.ConvertAll(architectures, a => LoadedModels.Load(parse.GetValue(s_model), TorchCheckpoint.ToNet, a));
        return BenchArms.AreComparable(models)
            ? models
            : throw new CommandException(ExitCode.Refused, "the arms' models emit surrogates of different shapes, which cannot be compared");
    }
}
