// The first thing that went wrong in a run, in words.

using System.Collections.Immutable;
using System.Globalization;

namespace Nsc.FrontEnd.Execution;

/// <summary>The kinds of incident that runner.c records; the numbers are shared with it.</summary>
internal enum IncidentKind
{
    None = 0,
    Signal,
    SystemCall,
    Clock,
    Timeout,
    NotFinite,
    NotDeterministic,
}

internal static class Incident
{
    private static readonly ImmutableDictionary<int, string> Signals = new Dictionary<int, string>
    {
        [4] = "illegal instruction",
        [5] = "trap",
        [6] = "abort",
        [7] = "bus error",
        [8] = "arithmetic error such as an integer division by zero",
        [9] = "killed: the processor time or the memory ran out",
        [11] = "bad memory access or stack overflow",
        [24] = "the processor time ran out",
    }.ToImmutableDictionary();

    /// <summary>The x86-64 numbers of the system calls that a C program is likely to end up in.</summary>
    public static readonly ImmutableDictionary<int, string> SystemCalls = new Dictionary<int, string>
    {
        [0] = "read", [1] = "write", [2] = "open", [3] = "close", [4] = "stat", [5] = "fstat", [8] = "lseek", [9] = "mmap",
        [10] = "mprotect", [11] = "munmap", [12] = "brk", [13] = "rt_sigaction", [14] = "rt_sigprocmask", [16] = "ioctl",
        [20] = "writev", [22] = "pipe", [24] = "sched_yield", [34] = "pause", [35] = "nanosleep", [37] = "alarm", [39] = "getpid",
        [41] = "socket", [42] = "connect", [56] = "clone", [57] = "fork", [58] = "vfork", [59] = "execve", [60] = "exit",
        [62] = "kill", [63] = "uname", [79] = "getcwd", [87] = "unlink", [96] = "gettimeofday", [101] = "ptrace", [102] = "getuid",
        [110] = "getppid", [186] = "gettid", [200] = "tkill", [201] = "time", [202] = "futex", [228] = "clock_gettime",
        [230] = "clock_nanosleep", [231] = "exit_group", [234] = "tgkill", [257] = "openat", [262] = "newfstatat",
        [302] = "prlimit64", [318] = "getrandom", [435] = "clone3",
    }.ToImmutableDictionary();

    /// <summary>An incident in words, or null when there was none. Any numbers are allowed: they come from the sandbox.</summary>
    public static string? Describe(IncidentKind kind, int detail) => kind switch
    {
        IncidentKind.Signal => Signal(detail),
        IncidentKind.SystemCall => Named("system call", detail, SystemCalls),
        IncidentKind.Clock => "a look at the clock",
        IncidentKind.Timeout => "a call that took too long",
        IncidentKind.NotFinite => "an output that is NaN or infinite",
        IncidentKind.NotDeterministic => "a second call with the same inputs that gave different outputs",
        _ => null,
    };

    /// <summary>A signal in words.</summary>
    public static string Signal(int number) => Named("signal", number, Signals);

    private static string Named(string what, int number, ImmutableDictionary<int, string> names)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{what} {number}");
        return names.TryGetValue(number, out string? name) ? $"{text} ({name})" : text;
    }
}
