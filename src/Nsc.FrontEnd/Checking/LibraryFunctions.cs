// The functions that a program may call without defining them, and why it may not call the others.

using System.Collections.Frozen;
using Nsc.FrontEnd.Sources;
using Nsc.Core.Libm;

namespace Nsc.FrontEnd.Checking;

/// <summary>A kind of call that is refused; <paramref name="What"/> is the reason.</summary>
internal sealed record Refusal(string Id, string What, string? Hint);

internal static class LibraryFunctions
{
    /// <summary>Compiler builtins, mostly what the macros of math.h expand to, and library functions without effect.</summary>
    private static readonly string[] Others =
    [
        "abs", "labs", "llabs", "memcpy", "memmove", "memset", "__builtin_abs", "__builtin_labs", "__builtin_llabs", "__builtin_memcpy",
        "__builtin_memmove", "__builtin_memset", "__builtin_expect", "__builtin_assume", "__builtin_unreachable", "__builtin_constant_p",
        "__builtin_huge_val", "__builtin_huge_valf", "__builtin_huge_vall", "__builtin_inf", "__builtin_inff", "__builtin_infl",
        "__builtin_nan", "__builtin_nanf", "__builtin_nanl", "nan", "nanf", "nanl", "__builtin_isnan",
        "__builtin_isinf", "__builtin_isinf_sign", "__builtin_isfinite", "__builtin_isnormal", "__builtin_signbit", "__builtin_signbitf", "__builtin_signbitl",
        "__builtin_fpclassify", "__builtin_isgreater", "__builtin_isgreaterequal", "__builtin_isless", "__builtin_islessequal",
        "__builtin_islessgreater", "__builtin_isunordered", "__builtin_clz", "__builtin_clzl", "__builtin_clzll", "__builtin_ctz",
        "__builtin_ctzl", "__builtin_ctzll", "__builtin_popcount", "__builtin_popcountl", "__builtin_popcountll", "__builtin_powi", "__builtin_powif", "__builtin_powil",
        "__builtin_choose_expr", "__builtin_types_compatible_p", "__builtin_offsetof", "__builtin_trap", "__builtin_alloca", "alloca",
        "__builtin_bswap16", "__builtin_bswap32", "__builtin_bswap64", "__builtin_bitreverse8", "__builtin_bitreverse16", "__builtin_bitreverse32", "__builtin_bitreverse64",
        "__builtin_rotateleft8", "__builtin_rotateleft16", "__builtin_rotateleft32", "__builtin_rotateleft64", "__builtin_rotateright8", "__builtin_rotateright16",
        "__builtin_rotateright32", "__builtin_rotateright64", "__builtin_parity", "__builtin_parityl", "__builtin_parityll", "__builtin_ffs", "__builtin_ffsl", "__builtin_ffsll", "ffs",
        "__builtin_clrsb", "__builtin_clrsbl", "__builtin_clrsbll", "__builtin_prefetch", "__builtin_shufflevector", "__builtin_convertvector", "__builtin_assume_aligned", "__builtin_expect_with_probability",
        .. from operation in (string[])["add", "sub", "mul"] from type in (string[])["", "s", "sl", "sll", "u", "ul", "ull"]
           select type.Length == 0 ? $"__builtin_{operation}_overflow" : $"__builtin_{type[0]}{operation}{type[1..]}_overflow",
    ];

    /// <summary>Whether a unit defines a function of libf2c itself: it only reads through its pointers.</summary>
    public static bool IsOfFortran(string function) => function is "d_sign" or "d_mod" or "d_lg10" or "d_int" or "i_dnnt" or "pow_dd" or "pow_di";

    private static readonly FrozenSet<string> Allowed = LibmTable.All
        .SelectMany(f => new[] { f.Name, f.Name + "f", f.Name + "l" }.SelectMany(n => new[] { n, "__builtin_" + n }))
        .Concat(Others)
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly (Refusal Refusal, string[] Names)[] Refused =
    [
        (new("input-output", "input and output are effects that no surrogate has", "move it to the caller"),
        [
            "printf", "fprintf", "sprintf", "snprintf", "vprintf", "vfprintf", "puts", "fputs", "putchar", "putc", "fputc", "scanf", "fscanf", "sscanf",
            "getchar", "getc", "fgetc", "gets", "fgets", "getline", "fopen", "fclose", "fread", "fwrite", "fseek", "ftell", "fflush", "perror", "open",
            "creat", "close", "read", "write", "pread", "pwrite", "lseek", "ioctl", "socket", "connect", "send", "recv", "remove", "rename", "unlink",
            "__isoc99_scanf", "__isoc99_fscanf", "__isoc99_sscanf", "__isoc23_scanf", "__isoc23_fscanf", "__isoc23_sscanf",
        ]),
        (new("allocation", "memory can only be in variables, or be allocated for a local variable of a function that returns no pointer", "use a local array"),
        [
            "malloc", "calloc", "realloc", "reallocarray", "free", "aligned_alloc", "posix_memalign", "__builtin_alloca_with_align", "mmap", "munmap", "sbrk", "strdup",
        ]),
        (new("nondeterminism", "its result does not depend on the inputs alone", "pass the value as a parameter"),
        [
            "rand", "rand_r", "srand", "random", "srandom", "drand48", "lrand48", "getrandom", "arc4random", "time", "clock", "clock_gettime",
            "gettimeofday", "getpid", "getenv",
        ]),
        (new("process", "it acts on the process or on others", "move it to the caller"),
        [
            "system", "fork", "vfork", "execl", "execv", "execve", "execvp", "popen", "exit", "_exit", "_Exit", "quick_exit", "abort", "atexit", "kill",
            "raise", "signal", "sigaction", "sleep", "usleep", "nanosleep", "pthread_create", "thrd_create", "syscall", "dlopen", "dlsym",
        ]),
        (new("nonlocal-jump", "it jumps out of the function", "return a value instead"),
            ["setjmp", "_setjmp", "__sigsetjmp", "sigsetjmp", "longjmp", "siglongjmp", "__builtin_setjmp", "__builtin_longjmp"]),
        (new("varargs", "arguments of variable number are not supported", "name every parameter"),
            ["__builtin_va_start", "__builtin_va_end", "__builtin_va_copy", "va_start", "va_end", "va_copy"]),
        (new("assertion", "a failed assertion ends the process", "'#define NDEBUG' before <assert.h> removes it"), ["__assert_fail", "__assert"]),
        (new("errno", "errno is a variable that may change", "test the arguments instead"), ["__errno_location"]),
    ];

    private static readonly Refusal Unresolved = new(
        "unresolved-call",
        "neither this file nor another of its project defines it, and only the pure functions of libm may be called",
        "name the file that defines it with --with FILE.c, or the project with -p compile_commands.json");

    private static readonly FrozenDictionary<string, Refusal> RefusedByName = Refused
        .SelectMany(category => category.Names.Select(name => (name, category.Refusal)))
        .ToFrozenDictionary(pair => pair.name, pair => pair.Refusal, StringComparer.Ordinal);

    // Instructions on vectors, which compilers name so; those of them that do something else than compute.
    private static readonly string[] s_instructions = ["__builtin_ia32_", "__builtin_elementwise_", "__builtin_reduce_"];
    private static readonly string[] s_effects = ["rdtsc", "rdrand", "rdseed", "rdpmc", "rdpid", "rdsspq", "rdfsbase", "rdgsbase", "wrfsbase", "wrgsbase", "mxcsr", "clflush", "clwb", "clzero", "fence", "pause", "emms", "femms", "monitor", "mwait", "gather", "scatter", "maskstore", "maskload", "maskmov", "movnt", "xsave", "xrstor", "xgetbv", "xsetbv", "xbegin", "xend", "xabort", "xtest", "fxsave", "fxrstor", "eflags", "umwait", "tpause", "enqcmd", "ptwrite", "serialize", "cldemote"];

    /// <summary>Whether the native program knows the function and it has no effect; the graph knows it too, or says what instruction it does not know.</summary>
    public static bool IsPure(string name) => Allowed.Contains(name)
        || (Array.Exists(s_instructions, p => name.StartsWith(p, StringComparison.Ordinal)) && !Array.Exists(s_effects, e => name.Contains(e, StringComparison.Ordinal)));

    /// <summary>Why a function that is neither defined in the unit nor pure may not be called.</summary>
    public static Refusal WhyRefused(string name) => RefusedByName.GetValueOrDefault(name, Unresolved);
}
