// Runs all that is compared at one number of samples: ours, the peers that are processes, a core for each, and those in this process.

using Nsc.Bench;
using Nsc.Bench.Peers;
using Nsc.CommandLine;
using Nsc.Compiler.Scanning;
using Nsc.Core.Diagnostics;
using Nsc.Engine;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Tools;

namespace Nsc.Cli.Benching;

/// <param name="chosen">The names of the peers that are wanted.</param>
internal sealed class PeerRuns(
    NetShape shape, PeerTable table, string[] chosen, Toolchain toolchain, Terminal terminal, CancellationToken cancellationToken)
{
    private readonly Lazy<NetCost?> _cost = new(() => NetCost.Measure(shape, toolchain, new DiagnosticBag(), cancellationToken));

    /// <summary>What each method is.</summary>
    public Dictionary<string, string> Meanings
    {
        get
        {
            var meanings = OurMethod.All.Append(OurMethod.TorchSharp).Where(m => IsChosen(m.Name)).ToDictionary(m => m.Name, m => m.Meaning);
            foreach (PeerMethod method in table.Methods)
            {
                meanings[method.Name] = method.Meaning;
            }

            return chosen.Contains(ChebyshevPeer.Name) ? meanings.Append(new(ChebyshevPeer.Name, ChebyshevPeer.Meaning)).ToDictionary() : meanings;
        }
    }

    /// <summary>Ours and all chosen peers on the programs that can be learned from so many samples.</summary>
    public List<ComparedRow> Measure(IReadOnlyList<BenchProgram> programs, int samples)
    {
        BenchProgram[] learned = [.. programs.Where(p => IsLearned(p, samples))];
        return learned.Length == 0 ? [] : [.. OurMethod.All.SelectMany(method => Measure(method, learned, samples)), .. Peers(learned, samples)];
    }

    /// <summary>The chosen peers alone.</summary>
    public List<ComparedRow> Peers(IReadOnlyList<BenchProgram> programs, int samples)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        var byPeer = new List<ComparedRow>[table.Methods.Count];
        Parallel.For(0, byPeer.Length, parallel, i =>
        {
            PeerMethod method = table.Methods[i];
            byPeer[i] = PeerComparison.Measure(
                programs, samples, method.Name, shape, PeerComparison.NetOptions,
                problems => table.AskAll(method, problems, done => terminal.Progress(() => $"{method.Name}, {samples} samples: {done}/{problems.Count}")));
        });
        terminal.Progress(() => $"{ChebyshevPeer.Name}, {samples} samples");
        return
        [
            .. byPeer.SelectMany(r => r),
            .. chosen.Contains(ChebyshevPeer.Name) ? ChebyshevPeer.Measure(programs, samples, toolchain, cancellationToken) : [],
            .. chosen.Contains(OurMethod.TorchSharp.Name) ? Measure(OurMethod.TorchSharp, programs, samples) : [],
        ];
    }

    private List<ComparedRow> Measure(OurMethod method, IReadOnlyList<BenchProgram> programs, int samples)
    {
        terminal.Progress(() => $"{method.Name}, {samples} samples");
        return method.Measure(programs, samples, shape, _cost.Value, cancellationToken);
    }

    private bool IsChosen(string method) => OurMethod.All.Any(o => o.Name == method) || chosen.Contains(method);

    private bool IsLearned(BenchProgram program, int samples)
    {
        if (PeerTraining.Objection(program, shape, samples) is not { } objection)
        {
            return true;
        }

        terminal.Say($"{program.Name} is left out at {samples} samples: {objection}");
        return false;
    }
}
