// The functions of Open MPI's library that a training calls. Handles such as MPI_COMM_WORLD are pointers to symbols that the
// library exports. Errors end the job with Open MPI's own message, its default, so return codes say nothing.

using System.Runtime.InteropServices;

namespace Nsc.Training.Mpi;

internal static unsafe partial class LibMpi
{
    private const string Name = "libmpi.so.40";

    /// <summary>MPI_IN_PLACE: the receive buffer holds what is sent.</summary>
    public static void* InPlace => (void*)1;

    /// <summary>MPI_THREAD_FUNNELED: of a process's threads, one calls MPI.</summary>
    public const int OneThreadCalls = 1;

    public static nint World { get; } = Symbol("ompi_mpi_comm_world");

    public static nint Float { get; } = Symbol("ompi_mpi_float");

    public static nint Byte { get; } = Symbol("ompi_mpi_byte");

    public static nint Int { get; } = Symbol("ompi_mpi_int");

    public static nint SumOperation { get; } = Symbol("ompi_mpi_op_sum");

    [LibraryImport(Name, EntryPoint = "MPI_Init_thread")]
    public static partial int InitThread(int* argumentCount, byte*** arguments, int required, out int provided);

    [LibraryImport(Name, EntryPoint = "MPI_Comm_rank")]
    public static partial int CommRank(nint communicator, out int rank);

    [LibraryImport(Name, EntryPoint = "MPI_Comm_size")]
    public static partial int CommSize(nint communicator, out int size);

    [LibraryImport(Name, EntryPoint = "MPI_Allreduce")]
    public static partial int Allreduce(void* send, void* receive, int count, nint type, nint operation, nint communicator);

    [LibraryImport(Name, EntryPoint = "MPI_Allgather")]
    public static partial int Allgather(
        void* send, int sendCount, nint sendType, void* receive, int receiveCount, nint receiveType, nint communicator);

    [LibraryImport(Name, EntryPoint = "MPI_Allgatherv")]
    public static partial int Allgatherv(
        void* send, int sendCount, nint sendType, void* receive, int* receiveCounts, int* offsets, nint receiveType, nint communicator);

    [LibraryImport(Name, EntryPoint = "MPI_Abort")]
    public static partial int Abort(nint communicator, int errorCode);

    [LibraryImport(Name, EntryPoint = "MPI_Finalize")]
    public static partial int Finish();

    private static nint Symbol(string name) => NativeLibrary.GetExport(NativeLibrary.Load(Name), name);
}
