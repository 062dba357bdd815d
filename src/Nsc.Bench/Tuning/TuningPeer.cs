// Optimisers in another process. It proposes points on its output and reads the program's values on its input, so that the program is run, and counted, here.

using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Nsc.Bench.Peers;
using Nsc.Core.Text;

namespace Nsc.Bench.Tuning;

/// <summary>An optimiser that somebody would take in place of nsc tune.</summary>
/// <param name="MostCalls">It gets no more, because each proposal of it takes longer with each call.</param>
public sealed record TuningPeer(string Name, string Meaning, int MostCalls = int.MaxValue)
{
    /// <summary>The program in the folder of peers that has all of them.</summary>
    public const string Script = "tuners.py";

    private const int LongestLine = 1 << 16, LibraryMissing = 4;

    public static ImmutableArray<TuningPeer> All { get; } =
    [
        new("gp-ei", "scikit-learn, Gaussian process with expected improvement", 150),
        new("annealing", "scipy, dual annealing"),
        new("evolution", "scipy, differential evolution"),
        new("crs2", "NLopt, controlled random search with local mutation"),
        new("bobyqa", "NLopt, BOBYQA from random starts"),
    ];

    /// <summary>Lets it search each program in turn; says in words why it went no further, or null.</summary>
    /// <param name="python">The interpreter and the script.</param>
    /// <param name="searched">Told of each program when its calls are spent.</param>
    public string? Search(IEnumerable<(CountedProgram Program, long Seed)> searches, string[] python, TimeSpan limit, Action<CountedProgram> searched, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(python[0], [.. python[1..], Name]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using CancellationTokenRegistration kill = deadline.Token.Register(() => process.Kill(entireProcessTree: true));
            Task<string> errors = Task.Run(() => string.Concat(BoundedLines.Of(process.StandardError, 200).Take(200)), CancellationToken.None);
            bool isWhole = Converse(process, searches, () => deadline.CancelAfter(limit), searched);
            cancellationToken.ThrowIfCancellationRequested();
            process.WaitForExit();
            string reason = PrintableText.OneLine(errors.GetAwaiter().GetResult());
            return isWhole ? null : deadline.IsCancellationRequested ? $"no proposal within {limit.TotalSeconds:F0} s" : process.ExitCode == LibraryMissing ? $"not installed ({reason})" : $"exit code {process.ExitCode}: {reason}";
        }
        catch (Win32Exception missing)
        {
            return missing.Message;
        }
    }

    // False when it stopped, or said what is no point.
    private static bool Converse(Process process, IEnumerable<(CountedProgram Program, long Seed)> searches, Action proposed, Action<CountedProgram> searched)
    {
        proposed();
        bool isOver = false;
        using IEnumerator<string> lines = BoundedLines.Of(process.StandardOutput, LongestLine).GetEnumerator();
        try
        {
            foreach ((CountedProgram program, long seed) in searches)
            {
                int inputs = program.Program.Program.Signature.Inputs.Length;
                Tell(process, JsonSerializer.Serialize(new Dictionary<string, long> { ["inputs"] = inputs, ["calls"] = program.Budget, ["seed"] = seed }, SearchJson.Default.DictionaryStringInt64));
                while (!(isOver = !lines.MoveNext()) && Point(lines.Current, inputs) is { } point)
                {
                    proposed();
                    Tell(process, program.At(point) is { } value ? value.ToString("R", CultureInfo.InvariantCulture) : "stop");
                }

                if (isOver || lines.Current != "done")
                {
                    return false;
                }

                searched(program);
            }

            process.StandardInput.Close();
            return true;
        }
        catch (IOException)
        {
            return false; // It has closed its end.
        }
        finally
        {
            if (!isOver && lines.Current != "done" && !process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static void Tell(Process process, string line)
    {
        process.StandardInput.Write(line + "\n");
        process.StandardInput.Flush();
    }

    private static double[]? Point(string line, int inputs)
    {
        string[] words = line.Split(' ');
        double[] point = [.. words.Select(w => double.TryParse(w, CultureInfo.InvariantCulture, out double value) ? value : double.NaN)];
        return point.Length == inputs && Array.TrueForAll(point, double.IsFinite) ? point : null;
    }
}
