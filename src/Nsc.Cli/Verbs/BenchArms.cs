// Which models the bench measures.

using System.CommandLine;
using Nsc.Nets.CompNets;
using Nsc.Neural.CompNets;

namespace Nsc.Cli.Verbs;

internal static class BenchArms
{
    private static readonly Option<string> s_arms = new("--arms")
    {
        Description = $"Models to measure: some of {string.Join(", ", Architectures.All)}.", HelpName = "ARM,ARM,...",
        DefaultValueFactory = _ => Architectures.Dataflow,
    };

    private static readonly Option<FileInfo?> s_model = Options.Model();

    public static void AddTo(Command command)
    {
        command.Add(s_arms);
        command.Add(s_model);
    }

    /// <summary>The models, in the order in which they were named.</summary>
    /// <exception cref="CommandException">There is no such arm or model, or the models' surrogates differ in shape.</exception>
    public static LoadedModel[] Load(ParseResult parse)
    {
        string[] arms = parse.GetValue(s_arms)!.Split(',');
        if (arms.Except(Architectures.All).Any() || arms.Distinct().Count() < arms.Length)
        {
            throw new CommandException(ExitCode.Usage, $"--arms {parse.GetValue(s_arms)}: expected some of {string.Join(", ", Architectures.All)}");
        }

        LoadedModel[] models = Array.ConvertAll(arms, arm => LoadedModel.Load(parse.GetValue(s_model), TorchCheckpoint.ToNet, arm));
        return models.Select(m => (m.Net.Options.CoveringInputs, m.Net.Options.SurrogateWidth)).Distinct().Count() == 1
            ? models
            : throw new CommandException(ExitCode.Refused, "the arms' models emit surrogates of different shapes, which cannot be compared");
    }
}
