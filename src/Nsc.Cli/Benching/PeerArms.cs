// Peers as arms of bench data: the same errors, by methods that are no nets of ours.

using System.CommandLine;
using Nsc.Bench;
using Nsc.Bench.Peers;
using Nsc.Bench.Preparation;
using Nsc.CommandLine;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Tools;

namespace Nsc.Cli.Benching;

internal static class PeerArms
{
    /// <summary>Our arms' results, and after those of each number of samples the peers'. Without samples a peer knows nothing.</summary>
    public static List<ArmResult<ProgramError>> With(
        List<ArmResult<ProgramError>> ours, BenchSetup setup, string[] peers, ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        using var scratch = new ScratchFolder();
        Toolchain toolchain = SourceFiles.RequireToolchain();
        PeerTable table = PeerOptions.Open(parse, PeerMethod.All.Where(m => peers.Contains(m.Name)), scratch, PeerOptions.Cache(parse), terminal, cancellationToken);
        var runs = new PeerRuns(setup.Shape, table, peers, toolchain, terminal, cancellationToken);
        return
        [
            .. ours.GroupBy(r => r.Samples).SelectMany(atCount => atCount.Concat(
                atCount.Key == 0 ? [] : Results(runs.Peers(setup.Programs, atCount.Key), peers, atCount.Key))),
        ];
    }

    // In the order in which the peers were named.
    private static IEnumerable<ArmResult<ProgramError>> Results(List<ComparedRow> rows, string[] peers, int samples) =>
        from peer in peers
        let own = rows.Where(r => r.Method == peer).ToArray()
        where own.Length > 0
        select new ArmResult<ProgramError>(
            peer, samples, own.Sum(r => r.Seconds * r.NmseBySeed.Length), [.. own.Select(r => new ProgramError(r.Program, r.Method, r.Samples, r.Nmse, r.NmseBySeed))]);
}
