// Runs a verb as one process of an MPI job: rank 0 talks, and a failure anywhere ends the job everywhere.

using Nsc.CommandLine;
using Nsc.Core.Ranks;
using Nsc.Training.Mpi;

namespace Nsc.Cli.TrainingRuns;

internal static class MpiJob
{
    // What all ranks find wrong is said by rank 0, which ends the job before the others speak.
    private static readonly TimeSpan s_firstSpeaks = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Runs <paramref name="action"/> with this process's ranks, and a terminal that shows something on rank 0 only. Without a
    /// launcher there is one rank, and libmpi is not touched. An action that is cancelled must be so on all ranks.
    /// </summary>
    public static ExitCode Run(Terminal terminal, Func<IRanks, Terminal, ExitCode> action)
    {
        if (MpiLaunch.RankCount == 1)
        {
            return action(new SingleRank(), terminal);
        }

        using MpiRanks ranks = Join();
        bool isFirst = ranks.Rank == 0;
        using var said = new StringWriter();
        Terminal own = isFirst ? terminal : new Terminal(TextWriter.Null, said, interactive: false);
        ExitCode code = Invocation.Guarded(own, () => action(ranks, isFirst ? terminal : Terminal.Silent));
        if (code is not (ExitCode.Success or ExitCode.Cancelled))
        {
            if (!isFirst)
            {
                Thread.Sleep(s_firstSpeaks);
                terminal.Say($"nsc: rank {ranks.Rank} failed:\n{said.ToString().TrimEnd()}");
            }

            ranks.Abort((int)code);
        }

        return code;
    }

    private static MpiRanks Join()
    {
        try
        {
            return MpiRanks.Join();
        }
        catch (DllNotFoundException)
        {
            throw new CommandException(
                ExitCode.Missing, $"{MpiLaunch.RankCount} ranks were started, but Open MPI's library is missing", "install it: apt-get install libopenmpi3");
        }
        catch (InvalidOperationException mismatch)
        {
            throw new CommandException(ExitCode.Missing, mismatch.Message);
        }
    }
}
