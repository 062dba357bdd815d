// The options that say which peers are asked, where their programs are, and where their answers are kept.

using System.CommandLine;
using Nsc.Bench.Peers;
using Nsc.CommandLine;
using Nsc.Core.Files;
using Nsc.FrontEnd.Tools;

namespace Nsc.Cli.Benching;

internal static class PeerOptions
{
    private const string SystemPython = "/usr/bin/python3";

    /// <summary>Debian's own Python, which its packages serve, whatever comes first on the path; null where there is none.</summary>
    public static string? Python => File.Exists(SystemPython) ? SystemPython : ExecutablePath.Find("python3");

    public static string[] Names { get; } = [.. PeerMethod.All.Select(m => m.Name), ChebyshevPeer.Name, OurMethod.TorchSharp.Name];

    private static readonly Option<int> s_limit = Options.Count("--limit", "Seconds after which a peer's answer to one problem is waited for no longer.", 300);
    private static readonly Option<DirectoryInfo> s_peers = new("--peers")
    {
        Description = "The folder of the peers' programs.", HelpName = "DIR", DefaultValueFactory = _ => new DirectoryInfo("scripts/peers"),
    };

    private static readonly Option<string?> s_only = new("--only")
    {
        Description = $"Only these peers: some of {string.Join(", ", Names)}.", HelpName = "PEER,PEER,...",
    };

    private static readonly Option<DirectoryInfo?> s_cache = new("--peer-cache")
    {
        Description = "A folder where peers' answers are kept. One is taken again for the same problem alone, bit for bit, by the same program, libraries and kind of processor.", HelpName = "DIR",
    };

    public static void AddTo(Command command)
    {
        command.Add(s_limit);
        command.Add(s_peers);
    }

    /// <summary>For a bench whose peers can be chosen, and answer the same again.</summary>
    public static void AddChoiceTo(Command command)
    {
        AddKeptTo(command);
        command.Add(s_only);
    }

    /// <summary>For a bench whose arms name the peers.</summary>
    public static void AddKeptTo(Command command)
    {
        AddTo(command);
        command.Add(s_cache);
    }

    /// <exception cref="CommandException">There is no such peer.</exception>
    public static string[] Chosen(ParseResult parse)
    {
        if (parse.GetValue(s_only) is not { } only)
        {
            return Names;
        }

        string[] names = only.Split(',');
        return names.Except(Names).Any() ? throw new CommandException(ExitCode.Usage, $"--only {only}: expected some of {string.Join(", ", Names)}") : names;
    }

    public static DirectoryInfo Folder(ParseResult parse) => parse.GetValue(s_peers)!;

    public static TimeSpan Limit(ParseResult parse) => TimeSpan.FromSeconds(parse.GetValue(s_limit));

    public static PeerCache Cache(ParseResult parse) => new(parse.GetValue(s_cache)?.FullName);

    public static PeerTable Open(
        ParseResult parse, IEnumerable<PeerMethod> methods, ScratchFolder scratch, PeerCache cache, Terminal terminal, CancellationToken cancellationToken) =>
        new(methods, Folder(parse), new DirectoryInfo(scratch.Path), Limit(parse), cache, terminal, cancellationToken);
}
