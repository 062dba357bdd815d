// The peers that ours is compared with, and what is said of those that do not answer.

using System.Collections.Concurrent;
using System.Diagnostics;
using Nsc.Bench.Peers;
using Nsc.CommandLine;
using Nsc.Core.Files;

namespace Nsc.Cli.Benching;

/// <summary>The peers whose programs lie in a folder.</summary>
internal sealed class PeerTable
{
    private const string Shared = "problem.py";
    private readonly ConcurrentDictionary<string, Peer> _peers = [];
    private readonly ConcurrentDictionary<string, string?> _identities = [];
    private readonly DirectoryInfo _folder, _scratch;
    private readonly TimeSpan _limit;
    private readonly PeerCache _cache;
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancellationToken;

    /// <param name="methods">The peers that are wanted.</param>
    /// <param name="limit">The time for each problem.</param>
    public PeerTable(
        IEnumerable<PeerMethod> methods, DirectoryInfo folder, DirectoryInfo scratch, TimeSpan limit, PeerCache cache, Terminal terminal, CancellationToken cancellationToken)
    {
        (_folder, _scratch, _limit, _cache, _terminal, _cancellationToken) = (folder, scratch, limit, cache, terminal, cancellationToken);
        Methods = [.. methods.Where(Add)];
    }

    /// <summary>Those that can be started.</summary>
    public IReadOnlyList<PeerMethod> Methods { get; }

    /// <summary>What a peer answers, or null. One that fails is not asked again.</summary>
    public PeerAnswer? Ask(PeerMethod method, PeerProblem problem)
    {
        if (!_peers.TryGetValue(method.Name, out Peer? peer))
        {
            return null;
        }

        PeerResult result = peer.Solve(problem, _scratch.FullName, _limit, _cancellationToken);
        if (result.Answer is null)
        {
            LeaveOut(method, result.Reason!);
            _peers.TryRemove(method.Name, out _);
        }

        return result.Answer;
    }

    /// <summary>What a peer makes of many problems, of which it is asked those that no earlier answer is kept of.</summary>
    /// <param name="progress">Told how many are done.</param>
    public IReadOnlyList<PeerResult> AskAll(PeerMethod method, IReadOnlyList<PeerProblem> problems, Action<int> progress)
    {
        Peer peer = _peers[method.Name];
        string? identity = _identities.GetOrAdd(method.Name, _ => IdentityOf(method, peer));
        string?[] keys = [.. problems.Select(p => identity is null ? null : PeerCache.Key(identity, p))];
        PeerResult?[] results = [.. problems.Select((p, i) => keys[i] is { } key ? _cache.Find(key, p, _limit) : null)];
        int[] open = [.. Enumerable.Range(0, problems.Count).Where(i => results[i] is null)];
        int done = problems.Count - open.Length;
        progress(done);
        DirectoryInfo own = _scratch.CreateSubdirectory(method.Name);
        peer.SolveAll([.. open.Select(i => problems[i])], own.FullName, _limit, Answered, _cancellationToken);
        SayFailures(method, results!);
        return results!;

        void Answered(int index, PeerResult result)
        {
            results[open[index]] = result;
            progress(++done);
            if (keys[open[index]] is { } key && result is { IsMissing: false, IsLasting: true })
            {
                _cache.Keep(key, result, _limit);
            }
        }
    }

    private void SayFailures(PeerMethod method, PeerResult[] results)
    {
        foreach (var failure in results.Where(r => r.Answer is null).GroupBy(r => (Reason: r.Reason!, r.IsMissing)))
        {
            if (failure.Key.IsMissing)
            {
                LeaveOut(method, failure.Key.Reason);
            }
            else
            {
                Remark(method, failure.Key.Reason, failure.Count(), results.Length);
            }
        }
    }

    private void LeaveOut(PeerMethod method, string reason) => _terminal.Say($"{method.Name} is left out: {reason} (scripts/bench-peers installs the peers)");

    private void Remark(PeerMethod method, string reason, int failures, int asked) => _terminal.Say($"{method.Name} has no answer for {failures} of {asked} outputs: {reason}");

    private string? IdentityOf(PeerMethod method, Peer peer)
    {
        string[] files = [.. new[] { method.Program, Shared }.Select(f => Path.Combine(_folder.FullName, f)).Where(File.Exists)];
        return peer.Identify(_limit, _cancellationToken) is { } said ? PeerCache.Identity(peer, said, files) : null;
    }

    private bool Add(PeerMethod method)
    {
        string path = Path.Combine(_folder.FullName, method.Program);
        if (!File.Exists(path))
        {
            LeaveOut(method, $"there is no '{path}'; name its folder with --peers");
            return false;
        }

        string[]? command = Path.GetExtension(path) == ".c" ? Compiled(method, path) : Interpreted(method, path);
        return command is not null && _peers.TryAdd(method.Name, new Peer(method.Name, [.. command, Peer.ProblemFile, .. method.Arguments]));
    }

    private string[]? Interpreted(PeerMethod method, string path)
    {
        string? python = PeerOptions.Python;
        if (python is null)
        {
            LeaveOut(method, "there is no python3");
        }

        return python is null ? null : [python, "-B", path];
    }

    private string[]? Compiled(PeerMethod method, string path)
    {
        string program = Path.Combine(_scratch.FullName, Path.GetFileNameWithoutExtension(path));
        if (ExecutablePath.Find("gcc") is not { } gcc)
        {
            LeaveOut(method, "there is no gcc");
            return null;
        }

        var start = new ProcessStartInfo(gcc, ["-O3", "-march=native", path, "-o", program, "-lfann", "-lm"]) { RedirectStandardError = true };
        using Process compiler = Process.Start(start)!;
        string said = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        if (compiler.ExitCode != 0)
        {
            LeaveOut(method, said.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal)) ?? said.Split('\n')[0]);
        }

        return compiler.ExitCode == 0 ? [program] : null;
    }
}
