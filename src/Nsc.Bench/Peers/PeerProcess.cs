// Runs a peer: another process, with one thread, a limit on its time and on what it may say. It gets many problems at once, because an interpreter
// and its libraries take seconds to start, and answers them one by one.

using System.ComponentModel;
using System.Diagnostics;
using Nsc.Core.Files;
using Nsc.Core.Text;

namespace Nsc.Bench.Peers;

/// <param name="Command">The program and its arguments; the problems' file is put in place of <see cref="ProblemFile"/>.</param>
public sealed record Peer(string Name, IReadOnlyList<string> Command)
{
    public const string ProblemFile = "{problem}";

    // The exit code by which a peer says that its library is not installed.
    private const int LibraryMissing = 4;
    private const int LongestAnswer = 4 << 20;
    private const int LongestReason = 200;

    // A peer that fails this often, one time after the other, is not started again.
    private const int MostFailures = 3;

    /// <summary>Lets the peer solve a problem. It never throws for what the peer does.</summary>
    public PeerResult Solve(PeerProblem problem, string folder, TimeSpan limit, CancellationToken cancellationToken)
    {
        PeerResult? only = null;
        SolveAll([problem], folder, limit, (_, result) => only = result, cancellationToken);
        return only!;
    }

    /// <summary>Lets the peer solve problems, in their order. It is started again behind a problem that it does not survive.</summary>
    /// <param name="folder">Where the problems are written; no other peer may use it at the same time.</param>
    /// <param name="limit">For each problem.</param>
    /// <param name="answered">Told the index of each problem, and what became of it, as soon as that is known.</param>
    public void SolveAll(IReadOnlyList<PeerProblem> problems, string folder, TimeSpan limit, Action<int, PeerResult> answered, CancellationToken cancellationToken)
    {
        int next = 0;
        for (int failures = 0; next < problems.Count;)
        {
            int first = next;
            (string reason, bool isMissing, bool isTimeOut) = Run([.. problems.Skip(first)], folder, limit, result => answered(next++, result), cancellationToken);
            if (next == problems.Count)
            {
                return;
            }

            failures = next > first ? 1 : failures + 1;
            bool isGivenUp = isMissing || failures == MostFailures;
            for (int end = isGivenUp ? problems.Count : next + 1; next < end; next++)
            {
                answered(next, PeerResult.None(reason) with { IsMissing = isGivenUp, IsLasting = isTimeOut });
            }
        }
    }

    /// <summary>What its answers depend on beside the problem, in its own words; null when it does not say.</summary>
    public string? Identify(TimeSpan limit, CancellationToken cancellationToken)
    {
        var said = new List<string>();
        (string reason, _, _) = Start([.. Command.Select(a => a == ProblemFile ? "--identify" : a)], Path.GetTempPath(), limit, said.Add, cancellationToken);
        return reason.Length == 0 && said.Count == 1 && said[0].Length > 0 ? said[0] : null;
    }

    private (string Reason, bool IsMissing, bool IsTimeOut) Run(
        PeerProblem[] problems, string folder, TimeSpan limit, Action<PeerResult> answered, CancellationToken cancellationToken)
    {
        string file = Path.Combine(folder, "problems.bin");
        AtomicFile.Write(file, stream => Array.ForEach(problems, p => p.Write(stream)));
        int solved = 0;
        (string reason, bool isMissing, bool isTimeOut) = Start([.. Command.Select(a => a == ProblemFile ? file : a)], folder, limit, Heard, cancellationToken);
        return (reason.Length > 0 ? reason : "its answer is not the JSON that was asked for", isMissing, isTimeOut);

        void Heard(string line)
        {
            // A numerical library may print lines of its own in between; taken for answers they would give every problem the next one's.
            if (solved < problems.Length && line.StartsWith('{'))
            {
                answered(PeerResult.Of(line, problems[solved++].Truth.Length));
            }
        }
    }

    // The reason is empty when the process ended well.
    private static (string Reason, bool IsMissing, bool IsTimeOut) Start(string[] command, string folder, TimeSpan limit, Action<string> heard, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (string variable in (string[])["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"])
        {
            start.Environment[variable] = "1";
        }

        try
        {
            using Process process = Process.Start(start)!;
            return Listen(process, limit, heard, cancellationToken);
        }
        catch (Win32Exception missing)
        {
            return (missing.Message, true, false);
        }
    }

    private static (string Reason, bool IsMissing, bool IsTimeOut) Listen(Process process, TimeSpan limit, Action<string> heard, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        using CancellationTokenRegistration kill = deadline.Token.Register(() => process.Kill(entireProcessTree: true));
        process.StandardInput.Close();
        Task<string> errors = Task.Run(() => string.Join(' ', BoundedLines.Of(process.StandardError, LongestReason).Take(LongestReason)), CancellationToken.None);
        foreach (string line in BoundedLines.Of(process.StandardOutput, LongestAnswer))
        {
            if (!deadline.IsCancellationRequested)
            {
                deadline.CancelAfter(limit);
                heard(line);
            }
        }

        string said = errors.GetAwaiter().GetResult().Trim(), reason = PrintableText.OneLine(said[..Math.Min(said.Length, LongestReason)]);
        process.WaitForExit();
        cancellationToken.ThrowIfCancellationRequested();
        return deadline.IsCancellationRequested ? ($"no answer within {limit.TotalSeconds:F0} s", false, true)
            : process.ExitCode == LibraryMissing ? ($"not installed ({reason})", true, false)
            : (process.ExitCode != 0 ? $"exit code {process.ExitCode}: {reason}" : "", false, false);
    }
}
