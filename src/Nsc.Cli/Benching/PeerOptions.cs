// The options that say which peers are asked, where their programs are, and where their answers are kept.

using System.CommandLine;
using Nsc.Bench.Peers;
using Nsc.CommandLine;
using Nsc.FrontEnd.Tools;

namespace Nsc.Cli.Benching;

internal static class PeerOptions
{
    private static readonly Option<int> s_limit = Options.Count("--limit", "Seconds after which a peer's answer to one problem is waited for no longer.", 300);
    private static readonly Option<DirectoryInfo> s_peers = new("--peers")
    {
        Description = "The folder of the peers' programs.", HelpName = "DIR", DefaultValueFactory = _ => new DirectoryInfo("scripts/peers"),
    };

    private static readonly Option<string?> s_only = new("--only")
    {
        Description = $"Only these peers: some of {Names}.", HelpName = "PEER,PEER,...",
    };

    private static readonly Option<DirectoryInfo?> s_cache = new("--peer-cache")
    {
        Description = "A folder where peers' answers are kept. One is taken again for the same problem alone, bit for bit, by the same program, libraries and kind of processor.", HelpName = "DIR",
    };

    private static string Names => string.Join(", ", PeerMethod.All.Select(m => m.Name));

    public static void AddTo(Command command)
    {
        command.Add(s_limit);
        command.Add(s_peers);
    }

    /// <summary>For a bench whose peers can be chosen, and answer the same again.</summary>
    public static void AddChoiceTo(Command command)
    {
        AddTo(command);
        command.Add(s_only);
        command.Add(s_cache);
    }

    /// <exception cref="CommandException">There is no such peer.</exception>
    public static IEnumerable<PeerMethod> Chosen(ParseResult parse)
    {
        if (parse.GetValue(s_only) is not { } only)
        {
            return PeerMethod.All;
        }

        string[] names = only.Split(',');
        return names.Except(PeerMethod.All.Select(m => m.Name)).Any()
            ? throw new CommandException(ExitCode.Usage, $"--only {only}: expected some of {Names}")
            : PeerMethod.All.Where(m => names.Contains(m.Name));
    }

    public static PeerCache Cache(ParseResult parse) => new(parse.GetValue(s_cache)?.FullName);

    public static PeerTable Open(
        ParseResult parse, IEnumerable<PeerMethod> methods, ScratchFolder scratch, PeerCache cache, Terminal terminal, CancellationToken cancellationToken) =>
        new(methods, parse.GetValue(s_peers)!, new DirectoryInfo(scratch.Path), TimeSpan.FromSeconds(parse.GetValue(s_limit)), cache, terminal, cancellationToken);
}
