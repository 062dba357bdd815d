// Programs that attack the sandbox or die in it, executed for real. Each f is called with x = 0, 1, 2... and y = 0;
// most misbehave for x = 3 only, and the other samples must come out right.

using Nsc.Core.Diagnostics;
using Nsc.Core.Sampling;
using Nsc.FrontEnd.Execution;

namespace Nsc.Tests.FrontEnd.Execution;

public class HostileProgramTests(Sandbox sandbox) : IClassFixture<Sandbox>
{
    private const string Headers = """
        #define _GNU_SOURCE
        #include <fcntl.h>
        #include <math.h>
        #include <setjmp.h>
        #include <signal.h>
        #include <stdint.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <sys/socket.h>
        #include <sys/syscall.h>
        #include <time.h>
        #include <unistd.h>

        """;

    [Theory]
    [InlineData("volatile int go = 1; while (go) { }", "took too long")]
    [InlineData("for (volatile unsigned i = 0; ; i++) { }", "took too long")]
    public void An_endless_loop_times_out_and_the_other_samples_survive(string attack, string incident) =>
        AssertOnlyFourthSampleIs(SampleStatus.TimedOut, attack, incident);

    [Theory]
    [InlineData("*(volatile int *)0 = 1;", "bad memory access")]
    [InlineData("*(volatile int *)(0xdead000000000000) = 1;", "bad memory access")]
    [InlineData("volatile char big[1L << 30]; for (long i = 0; i < sizeof big; i += 64) big[i] = 1;", "stack overflow")]
    [InlineData("size_t n = (size_t)1 << (int)(x + 30); volatile char big[n]; big[0] = 1;", "stack overflow")]
    [InlineData("volatile int zero = 0; return 7 / zero;", "division by zero")]
    [InlineData("__builtin_trap();", "illegal instruction")]
    [InlineData("__builtin_debugtrap();", "trap")]
    [InlineData("((double *)in_place)[0] = 1;", "bad memory access")]
    [InlineData("((void (*)(void))(uintptr_t)0x8000000000001234)();", "bad memory access")]
    [InlineData("static const char code[] = \"\\xc3\"; ((void (*)(void))code)();", "bad memory access")]
    public void A_crash_is_caught_and_the_other_samples_survive(string attack, string incident) =>
        AssertOnlyFourthSampleIs(SampleStatus.Crashed, attack, incident);

    [Fact]
    public void Endless_recursion_crashes_and_the_other_samples_survive() => AssertOnlyFourthSampleIs(
        SampleStatus.Crashed, "return deeper(x);", "stack overflow",
        "static double deeper(double x) { volatile double local = x; return deeper(local + 1) + local; }");

    [Theory]
    [InlineData("fork();", "system call")]
    [InlineData("vfork();", "fork")]
    [InlineData("open(\"/etc/passwd\", O_RDONLY);", "openat")]
    [InlineData("fopen(\"stolen\", \"w\");", "system call")]
    [InlineData("socket(AF_INET, SOCK_STREAM, 0);", "41 (socket)")]
    [InlineData("exit(0);", "exit_group")]
    [InlineData("_exit(0);", "exit_group")]
    [InlineData("syscall(SYS_exit, 0);", "60 (exit)")]
    [InlineData("syscall(0x40000000 + SYS_getpid);", "system call")]
    [InlineData("printf(\"hello\\n\"); fflush(stdout);", "system call")]
    [InlineData("write(1, \"hello\", 5);", "1 (write)")]
    [InlineData("abort();", "system call")]
    [InlineData("kill(getppid(), SIGKILL);", "getppid")]
    [InlineData("kill(1, SIGKILL);", "62 (kill)")]
    [InlineData("raise(SIGKILL);", "system call")]
    [InlineData("signal(SIGSEGV, SIG_IGN);", "rt_sigaction")]
    [InlineData("sigset_t all; sigfillset(&all); sigprocmask(SIG_SETMASK, &all, 0);", "rt_sigprocmask")]
    [InlineData("alarm(0);", "alarm")]
    [InlineData("mmap(0, 1 << 20, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);", "mmap")]
    [InlineData("*(volatile char *)malloc(1 << 30) = 1;", "system call")]
    [InlineData("execl(\"/bin/sh\", \"sh\", \"-c\", \"true\", (char *)0);", "execve")]
    [InlineData("sleep(1000);", "nanosleep")]
    public void A_system_call_is_refused_and_the_other_samples_survive(string attack, string incident) =>
        AssertOnlyFourthSampleIs(SampleStatus.ForbiddenCall, attack, incident);

    [Theory]
    [InlineData("struct timespec now; clock_gettime(CLOCK_MONOTONIC, &now); return now.tv_nsec;")]
    [InlineData("return time(0);")]
    public void The_clock_cannot_be_read(string attack) => AssertOnlyFourthSampleIs(SampleStatus.ForbiddenCall, attack, "clock");

    [Theory]
    [InlineData("return NAN;")]
    [InlineData("return x / (y - y);")]
    [InlineData("return sqrt(-x);")]
    [InlineData("return exp(1e9);")]
    public void A_result_that_is_not_finite_is_marked(string attack) =>
        AssertOnlyFourthSampleIs(SampleStatus.NotFinite, attack, "NaN or infinite");

    [Fact]
    public void A_static_counter_is_not_deterministic()
    {
        ProgramRun run = sandbox.Run("static int calls; double f(double x, double y) { return x + calls++; }");
        Assert.All(run.Statuses, s => Assert.Equal(SampleStatus.NotDeterministic, s));
        Assert.Contains("different outputs", run.Incident);
    }

    [Fact]
    public void A_toggle_is_not_deterministic()
    {
        ProgramRun run = sandbox.Run("static int odd; double f(double x, double y) { odd = !odd; return odd; }", count: 7);
        Assert.All(run.Statuses, s => Assert.Equal(SampleStatus.NotDeterministic, s));
    }

    [Fact]
    public void Pseudorandom_numbers_are_not_deterministic()
    {
        ProgramRun run = sandbox.Run(Headers + "double f(double x, double y) { return rand(); }");
        Assert.All(run.Statuses, s => Assert.Equal(SampleStatus.NotDeterministic, s));
    }

    [Fact]
    public void Smashing_the_runners_own_stack_costs_one_sample()
    {
        // Everything above the frame of f: the loop over the samples returns to nowhere, and a new process goes on.
        const string Source = """
            double f(double x, double y)
            {
                if (x != 0) return x;
                for (volatile char *p = __builtin_frame_address(0); ; p++) *p = 0x41;
            }
            """;
        ProgramRun run = sandbox.Run(Source);
        Assert.Equal(SampleStatus.Crashed, run.Statuses[0]);
        Assert.All(run.Statuses.Skip(1), s => Assert.Equal(SampleStatus.Ok, s));
    }

    [Theory]
    [InlineData("__builtin_return_address(0)", 1 << 16)]
    [InlineData("out_place", 1 << 20)]
    [InlineData("in_place", 1 << 20)]
    [InlineData("__builtin_frame_address(0)", 1 << 16)]
    public void Overwriting_the_runners_memory_at_random_cannot_do_harm(string start, int reach)
    {
        string source = $$"""
            static const void *in_place, *out_place;
            static unsigned long long state = 88172645463325252ULL;
            double f(double x, double y)
            {
                char *start = (char *){{start}};
                for (int i = 0; i < 1000; i++) {
                    state ^= state << 13; state ^= state >> 7; state ^= state << 17;
                    long offset = (long)(state % (2UL * {{reach}})) - {{reach}};
                    start[offset] = (char)state;
                }
                return x;
            }
            """;
        var program = Sandbox.Program(source) with { EntrySource = EntryWithPlaces };
        using NativeProgram native = sandbox.Compile(program, new DiagnosticBag())!;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        ProgramRun run = native.Run(Sandbox.CountingInputs(64), TestContext.Current.CancellationToken);
        Assert.Equal(64, run.Statuses.Length);
        Assert.All(run.Statuses, s => Assert.True(Enum.IsDefined(s)));
        Assert.All(run.Outputs.Where((_, i) => run.Statuses[i] == SampleStatus.Ok), y => Assert.True(double.IsFinite(y)));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void An_early_exit_with_the_runners_own_code_does_not_pass_for_success()
    {
        ProgramRun run = sandbox.Run(Headers + "double f(double x, double y) { if (x == 3) _exit(0x6e736339); return x; }");
        AssertOnlyFourthIs(SampleStatus.Crashed, run);
    }

    [Fact]
    public void A_run_ends_after_a_bounded_number_of_broken_processes()
    {
        ProgramRun run = sandbox.Run(Headers + "double f(double x, double y) { _exit(0x6e736339); return x; }", count: 1000);
        Assert.InRange(run.CountOf(SampleStatus.Crashed), 1, 20);
        Assert.Equal(1000, run.CountOf(SampleStatus.Crashed) + run.CountOf(SampleStatus.NotRun));
    }

    [Fact]
    public void A_run_ends_after_a_bounded_number_of_endless_loops()
    {
        ProgramRun run = sandbox.Run("double f(double x, double y) { volatile int go = 1; while (go) { } return x; }", count: 1000);
        Assert.InRange(run.CountOf(SampleStatus.TimedOut), 1, 64);
        Assert.Equal(1000, run.CountOf(SampleStatus.TimedOut) + run.CountOf(SampleStatus.NotRun));
    }

    [Fact]
    public void A_program_that_blocks_the_timers_signal_meets_the_limit_on_processor_time()
    {
        // The return from a signal handler is allowed, and a forged one can block every signal but the kernel's own.
        const string Source = Headers + """
            #include <ucontext.h>
            double f(double x, double y)
            {
                if (x != 3) return x;
                ucontext_t frame;
                memset(&frame, 0, sizeof frame);
                static volatile char stack[4096];
                frame.uc_sigmask.__val[0] = ~0UL;
                frame.uc_mcontext.gregs[REG_RIP] = (long)&&forever;
                frame.uc_mcontext.gregs[REG_RSP] = (long)(stack + 2048);
                frame.uc_mcontext.gregs[REG_CSGSFS] = 0x002b000000000033;
                __asm__ volatile("mov %0, %%rsp; mov $15, %%eax; syscall" :: "r"(&frame) : "memory");
            forever:
                for (;;) __asm__ volatile("");
            }
            """;
        ProgramRun run = sandbox.Run(Source, limits: Sandbox.ShortLimits with { Cpu = TimeSpan.FromSeconds(1) });
        AssertOnlyFourthIs(SampleStatus.TimedOut, run);
        Assert.Contains("processor time", run.Incident);
    }

    private const string EntryWithPlaces =
        "void nsc_entry(const double *in, double *out) { in_place = in; out_place = out; out[0] = f(in[0], in[1]); }";

    private void AssertOnlyFourthSampleIs(SampleStatus status, string attack, string incident, string before = "")
    {
        var program = Sandbox.Program($$"""
            {{Headers}}
            static const void *in_place, *out_place;
            {{before}}
            static double attack(double x, double y) { {{attack}} return 0.5; }
            double f(double x, double y) { return x == 3 ? attack(x, y) : x + 1; }
            """) with { EntrySource = EntryWithPlaces };
        var diagnostics = new DiagnosticBag();
        using NativeProgram? native = sandbox.Compile(program, diagnostics);
        Assert.Empty(diagnostics);
        ProgramRun run = native!.Run(Sandbox.CountingInputs(8), TestContext.Current.CancellationToken);
        Assert.Equal(status, run.Statuses[3]);
        Assert.Contains(incident, run.Incident);
        for (int i = 0; i < 8; i++)
        {
            if (i != 3)
            {
                Assert.Equal(SampleStatus.Ok, run.Statuses[i]);
                Assert.Equal(i + 1, run.Outputs[i]);
            }
        }
    }

    private static void AssertOnlyFourthIs(SampleStatus status, ProgramRun run)
    {
        Assert.Equal(status, run.Statuses[3]);
        Assert.All(run.Statuses.Where((_, i) => i != 3), s => Assert.Equal(SampleStatus.Ok, s));
    }
}
