// Whether this process was started as one of several by mpirun or srun. Asked before libmpi is loaded, which a process that
// runs alone never does.

using System.Globalization;

namespace Nsc.Core.Ranks;

/// <summary>What the launcher says in the environment.</summary>
public static class MpiLaunch
{
    /// <summary>The number of ranks that the launcher started; 1 when there is no launcher.</summary>
    public static int RankCount { get; } = CountIn(Environment.GetEnvironmentVariable);

    /// <summary>
    /// Open MPI's mpirun sets OMPI_COMM_WORLD_SIZE; srun --mpi=pmi2 sets PMI_SIZE; srun --mpi=pmix sets PMIX_RANK, and Slurm the
    /// number of tasks. (That number alone says nothing: a batch script's own commands see it too.)
    /// </summary>
    public static int CountIn(Func<string, string?> variable)
    {
        string? count = variable("OMPI_COMM_WORLD_SIZE") ?? variable("PMI_SIZE")
            ?? (variable("PMIX_RANK") is null ? null : variable("SLURM_STEP_NUM_TASKS") ?? variable("SLURM_NTASKS"));
        return int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int ranks) && ranks > 1 ? ranks : 1;
    }
}
