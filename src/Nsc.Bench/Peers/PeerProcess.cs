// Runs a peer: another process, with one thread, a limit on its time and on what it may say.

using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Nsc.Core.Files;

namespace Nsc.Bench.Peers;

/// <summary>An answer, or the reason why there is none.</summary>
public sealed record PeerResult(PeerAnswer? Answer, string? Reason);

/// <param name="Command">The program and its arguments; the problem's file is put in place of <see cref="ProblemFile"/>.</param>
public sealed record Peer(string Name, IReadOnlyList<string> Command)
{
    public const string ProblemFile = "{problem}";

    // The exit code by which a peer says that its library is not installed.
    private const int LibraryMissing = 4;
    private const int LongestAnswer = 4 << 20;
    private const int LongestReason = 200;

    /// <summary>Lets the peer solve a problem. It never throws for what the peer does.</summary>
    public PeerResult Solve(PeerProblem problem, string folder, TimeSpan limit, CancellationToken cancellationToken)
    {
        string file = Path.Combine(folder, "problem.bin");
        AtomicFile.Write(file, problem.Write);
        var start = new ProcessStartInfo(Command[0], [.. Command.Skip(1).Select(a => a == ProblemFile ? file : a)])
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
            return Listen(process, problem, limit, cancellationToken);
        }
        catch (Win32Exception missing)
        {
            return new PeerResult(null, missing.Message);
        }
    }

    private static PeerResult Listen(Process process, PeerProblem problem, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        using CancellationTokenRegistration kill = deadline.Token.Register(() => process.Kill(entireProcessTree: true));
        process.StandardInput.Close();
        Task<string> errors = Task.Run(() => ReadStart(process.StandardError, LongestReason), CancellationToken.None);
        string answer = ReadStart(process.StandardOutput, LongestAnswer);
        string reason = errors.GetAwaiter().GetResult().Trim();
        process.WaitForExit();
        cancellationToken.ThrowIfCancellationRequested();
        return deadline.IsCancellationRequested ? new PeerResult(null, $"no answer within {limit.TotalSeconds:F0} s")
            : process.ExitCode == LibraryMissing ? new PeerResult(null, $"not installed ({reason})")
            : process.ExitCode != 0 ? new PeerResult(null, $"exit code {process.ExitCode}: {reason}")
            : PeerAnswer.Parse(answer, problem.Truth.Length) is { } parsed ? new PeerResult(parsed, null)
            : new PeerResult(null, "its answer is not the JSON that was asked for");
    }

    // All of a stream is read, so that the peer is not stopped by a full pipe; the start of it is kept.
    private static string ReadStart(StreamReader reader, int length)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        for (int n; (n = reader.Read(buffer, 0, buffer.Length)) > 0;)
        {
            text.Append(buffer, 0, Math.Min(n, length - text.Length));
        }

        return text.ToString();
    }
}
