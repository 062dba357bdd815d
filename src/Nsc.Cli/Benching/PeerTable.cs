// The engines that ours is compared with, and what is said of those that do not answer.

using System.Diagnostics;
using Nsc.Bench.Peers;
using Nsc.CommandLine;
using Nsc.Core.Files;

namespace Nsc.Cli.Benching;

/// <summary>The peers whose programs lie in a folder. One that fails is left out from then on, with a note.</summary>
internal sealed class PeerTable
{
    private const string SystemPython = "/usr/bin/python3", LBfgs = "scikit-learn, L-BFGS";
    private readonly List<Peer> _peers = [];
    private readonly DirectoryInfo _scratch;
    private readonly TimeSpan _limit;
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellationToken;

    public PeerTable(DirectoryInfo folder, DirectoryInfo scratch, TimeSpan limit, Terminal terminal, CancellationToken cancellationToken)
    {
        (_scratch, _limit, _terminal, _cancellationToken) = (scratch, limit, terminal, cancellationToken);
        AddPython("PyTorch, eager", folder, "torch_adam.py");
        AddPython("scikit-learn, Adam", folder, "sklearn_mlp.py", "adam");
        AddPython(LBfgs, folder, "sklearn_mlp.py", "lbfgs");
        AddFann(folder);
    }

    public IReadOnlyList<Peer> All => [.. _peers];

    /// <summary>Those of which a step is one pass over the batch, forwards and backwards.</summary>
    public IReadOnlyList<Peer> OfPlainSteps => [.. _peers.Where(p => p.Name != LBfgs)];

    /// <summary>What a peer answers, or null when it is left out.</summary>
    public PeerAnswer? Ask(Peer peer, PeerProblem problem)
    {
        if (!_peers.Contains(peer))
        {
            return null;
        }

        PeerResult result = peer.Solve(problem, _scratch.FullName, _limit, _cancellationToken);
        if (result.Answer is null)
        {
            LeaveOut(peer.Name, result.Reason!);
            _peers.Remove(peer);
        }

        return result.Answer;
    }

    private void LeaveOut(string name, string reason) => _terminal.Say($"{name} is left out: {reason} (scripts/bench-peers installs the peers)");

    // Debian's packages serve Debian's own Python, whatever comes first on the path.
    private void AddPython(string name, DirectoryInfo folder, string script, params string[] arguments)
    {
        string path = Path.Combine(folder.FullName, script);
        string? python = File.Exists(SystemPython) ? SystemPython : ExecutablePath.Find("python3");
        if (python is null || !File.Exists(path))
        {
            LeaveOut(name, python is null ? "there is no python3" : $"there is no '{path}'; name its folder with --peers");
            return;
        }

        _peers.Add(new Peer(name, [python, "-B", path, Peer.ProblemFile, .. arguments]));
    }

    private void AddFann(DirectoryInfo folder)
    {
        const string Name = "FANN, RPROP";
        string source = Path.Combine(folder.FullName, "fann_rprop.c"), program = Path.Combine(_scratch.FullName, "fann_rprop");
        if (ExecutablePath.Find("gcc") is not { } gcc || !File.Exists(source))
        {
            LeaveOut(Name, File.Exists(source) ? "there is no gcc" : $"there is no '{source}'; name its folder with --peers");
            return;
        }

        var start = new ProcessStartInfo(gcc, ["-O3", "-march=native", source, "-o", program, "-lfann", "-lm"]) { RedirectStandardError = true };
        using Process compiler = Process.Start(start)!;
        string said = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        if (compiler.ExitCode == 0)
        {
            _peers.Add(new Peer(Name, [program, Peer.ProblemFile]));
        }
        else
        {
            LeaveOut(Name, said.Split('\n')[0]);
        }
    }
}
