// Runs the optimisers that bench tune compares, each on every function and seed.

using Nsc.Bench;
using Nsc.Bench.Peers;
using Nsc.Bench.Preparation;
using Nsc.Bench.Tuning;
using Nsc.CommandLine;
using Nsc.Core.Files;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Tools;

namespace Nsc.Cli.Benching;

/// <param name="counts">Numbers of calls to look at.</param>
internal sealed class TuningRuns(BenchSetup setup, int[] counts, Toolchain toolchain, Terminal terminal, CancellationToken cancellationToken)
{
    private int Seeds => setup.Programs[0].Pools.Count;

    /// <summary>nsc tune, for each number of calls anew.</summary>
    public List<SearchCourse> Of(OurTuner ours)
    {
        var courses = new List<SearchCourse>();
        foreach (BenchProgram program in setup.Programs)
        {
            using ProgramAnswers? answers = ProgramAnswers.Open(program, toolchain);
            foreach ((int calls, int seed) in answers is null ? [] : counts.SelectMany(c => Enumerable.Range(0, Seeds).Select(s => (c, s))))
            {
                terminal.Progress(() => $"{ours.Name}: {program.Name}, {calls} calls");
                var counted = new CountedProgram(program, answers!, calls, cancellationToken);
                ours.Search(counted, setup.Shape, seed + 1, cancellationToken);
                courses.Add(Course(counted, ours.Name, seed));
            }
        }

        return courses;
    }

    /// <summary>A peer, once for each seed with the most calls that it gets.</summary>
    /// <param name="folder">Where its program is.</param>
    public List<SearchCourse> Of(TuningPeer peer, DirectoryInfo folder, TimeSpan limit)
    {
        string script = Path.Combine(folder.FullName, TuningPeer.Script);
        string? python = PeerOptions.Python;
        if (python is null || !File.Exists(script))
        {
            terminal.Say(python is null ? $"{peer.Name} is left out: there is no python3" : $"{peer.Name} is left out: there is no '{script}'; name its folder with --peers");
            return [];
        }

        var courses = new List<SearchCourse>();
        var opened = setup.Programs.Select(p => (Program: p, Answers: ProgramAnswers.Open(p, toolchain))).Where(p => p.Answers is not null).ToArray();
        try
        {
            (CountedProgram Program, long Seed)[] searches =
            [
                .. opened.SelectMany(o => Enumerable.Range(0, Seeds).Select(seed =>
                    (new CountedProgram(o.Program, o.Answers!, Math.Min(peer.MostCalls, counts.Max()), cancellationToken), (long)seed + 1))),
            ];
            string? reason = peer.Search(searches, [python, "-B", script], limit, Searched, cancellationToken);
            if (reason is not null)
            {
                terminal.Say($"{peer.Name} ends after {courses.Count} of {searches.Length} searches: {reason} (scripts/bench-tune installs the peers)");
            }

            void Searched(CountedProgram program)
            {
                courses.Add(Course(program, peer.Name, searches.ToList().FindIndex(s => s.Program == program) % Seeds));
                terminal.Progress(() => $"{peer.Name}: {courses.Count}/{searches.Length}");
            }
        }
        finally
        {
            Array.ForEach(opened, o => o.Answers!.Dispose());
        }

        return courses;
    }

    private static SearchCourse Course(CountedProgram counted, string method, int seed) => new(counted.Program.Name, method, counted.Budget, seed + 1, counted.Best);
}
