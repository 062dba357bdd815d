// Hostile native programs that no check has seen: what the front end refuses is built here on purpose, by making a CProgram by
// hand, which only the front end does elsewhere. The sandbox alone must hold them. attack() runs for the fourth of eight samples
// and returns 1 if it got what it was after; the other samples must come out right.

using Nsc.Core.Diagnostics;
using Nsc.Core.Sampling;
using Nsc.FrontEnd.Execution;

namespace Nsc.Tests.FrontEnd.Execution;

public sealed class UncheckedProgramTests(Sandbox sandbox) : IClassFixture<Sandbox>
{
    private const string Headers = """
        #define _GNU_SOURCE
        #include <cpuid.h>
        #include <elf.h>
        #include <fcntl.h>
        #include <fenv.h>
        #include <link.h>
        #include <math.h>
        #include <pthread.h>
        #include <sched.h>
        #include <setjmp.h>
        #include <signal.h>
        #include <stdint.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        #include <sys/mman.h>
        #include <sys/ptrace.h>
        #include <sys/socket.h>
        #include <sys/syscall.h>
        #include <sys/time.h>
        #include <ucontext.h>
        #include <unistd.h>
        #include <xmmintrin.h>

        static const double *in_place;
        static double *out_place;

        __attribute__((unused)) static long raw(long number, long a, long b, long c, long d) {
            register long r10 __asm__("r10") = d;
            long answer;
            __asm__ volatile("syscall" : "=a"(answer) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10) : "rcx", "r11", "memory");
            return answer;
        }

        // Where the kernel says that things are: it leaves a table above the environment, above the stack.
        __attribute__((unused)) static unsigned long auxiliary(unsigned long kind) {
            extern char **environ;
            char **p = environ;
            while (*p) p++;
            for (Elf64_auxv_t *entry = (Elf64_auxv_t *)(p + 1); entry->a_type; entry++) if (entry->a_type == kind) return entry->a_un.a_val;
            return 0;
        }

        // The return from a signal handler is allowed; a forged one sets every register, the mask and the signal stack.
        __attribute__((unused, noreturn)) static void forge(ucontext_t *frame) {
            __asm__ volatile("mov %0, %%rsp; mov $15, %%eax; syscall" :: "r"(frame) : "memory");
            __builtin_unreachable();
        }

        """;

    // Bytes that a system call would have to write, read from or execute, and the name of a file that must not appear.
    private static readonly string s_target = Path.Combine(Path.GetTempPath(), "nsc-stolen");

    [Theory]
    [InlineData("return raw(SYS_open, (long)\"/etc/passwd\", O_RDONLY, 0, 0) >= 0;")]
    [InlineData("return raw(SYS_openat, AT_FDCWD, (long)\"/etc/hostname\", O_RDONLY, 0) >= 0;")]
    [InlineData("return raw(SYS_creat, (long)TARGET, 0600, 0, 0) >= 0;")]
    [InlineData("return raw(SYS_memfd_create, (long)\"m\", 0, 0, 0) >= 0;")]
    [InlineData("char c; return raw(SYS_read, 0, (long)&c, 1, 0) >= 0;")]
    [InlineData("return raw(SYS_write, 1, (long)\"hello\", 5, 0) >= 0;")]
    [InlineData("return raw(SYS_socket, AF_INET, SOCK_STREAM, 0, 0) >= 0;")]
    [InlineData("return raw(SYS_fork, 0, 0, 0, 0) >= 0;")]
    [InlineData("return raw(SYS_clone, CLONE_VM | CLONE_THREAD | CLONE_SIGHAND, 0, 0, 0) >= 0;")]
    [InlineData("static pthread_t t; static char s[65536]; return raw(SYS_clone, CLONE_VM, (long)(s + 65536), (long)&t, 0) >= 0;")]
    [InlineData("char *none[] = {0}; return raw(SYS_execve, (long)\"/bin/true\", (long)none, (long)none, 0) >= 0;")]
    [InlineData("return raw(SYS_ptrace, PTRACE_TRACEME, 0, 0, 0) >= 0;")]
    [InlineData("return raw(SYS_kill, -1, 0, 0, 0) >= 0;")]
    [InlineData("return raw(SYS_process_vm_readv, raw(SYS_getppid, 0, 0, 0, 0), 0, 0, 0) >= 0;")]
    [InlineData("return raw(SYS_mmap, 0, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS) > 0;")]
    [InlineData("return raw(SYS_mprotect, (long)out_place & -4096, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, 0) == 0;")]
    [InlineData("return raw(SYS_mprotect, (long)in_place & -4096, 4096, PROT_READ | PROT_WRITE, 0) == 0;")]
    [InlineData("return raw(SYS_mremap, (long)in_place & -4096, 4096, 1L << 28, 1) > 0;")]
    [InlineData("return raw(SYS_brk, 0, 0, 0, 0) > 0;")]
    [InlineData("return raw(SYS_setrlimit, 0, 0, 0, 0) == 0;")]
    [InlineData("return raw(SYS_prctl, PR_GET, 0, 0, 0) >= 0;", "#define PR_GET 3\n")]
    [InlineData("return raw(SYS_arch_prctl, 0x1002, 0, 0, 0) == 0;")]
    [InlineData("return raw(SYS_setitimer, 2, 0, 0, 0) == 0;")]
    [InlineData("return raw(SYS_alarm, 0, 0, 0, 0) >= 0;")]
    [InlineData("return raw(SYS_rt_sigaction, SIGSEGV, 0, 0, 8) == 0;")]
    [InlineData("return raw(SYS_sigaltstack, 0, 0, 0, 0) == 0;")]
    [InlineData("return raw(SYS_perf_event_open, 0, 0, -1, -1) >= 0;")]
    [InlineData("return raw(SYS_io_uring_setup, 1, 0, 0, 0) >= 0;")]
    [InlineData("return raw(SYS_bpf, 0, 0, 0, 0) >= 0;")]
    [InlineData("return raw(SYS_userfaultfd, 0, 0, 0, 0) >= 0;")]
    [InlineData("return raw(SYS_getcpu, 0, 0, 0, 0) == 0;")]
    [InlineData("return raw(SYS_exit_group, 0, 0, 0, 0) == 0;")]
    [InlineData("return raw(0x40000000 + SYS_getpid, 0, 0, 0, 0) > 0;")]
    [InlineData("return raw(0x40000000 + SYS_rt_sigreturn, 0, 0, 0, 0) > 0;")]
    [InlineData("return raw((1L << 32) + SYS_getpid, 0, 0, 0, 0) > 0;")]
    [InlineData("return ((long (*)(void *))0xffffffffff600400)(0) > 0;")]
    [InlineData("return ((long (*)(void *, void *))0xffffffffff600000)(0, 0) == 0;")]
    public void No_system_call_succeeds(string attack, string before = "")
    {
        AssertHeld(attack, before);
        Assert.False(File.Exists(s_target));
    }

    [Theory]
    [InlineData("getpid", 20)]
    [InlineData("open", 5)]
    [InlineData("exit", 1)]
    [InlineData("rt_sigreturn of the other table", 15)]
    [InlineData("exit_group of the other table", 231)]
    public void No_32_bit_system_call_succeeds(string name, int number)
    {
        // Refused by the filter where there are such calls; where there are none, a fault, or the kernel's "no such call".
        ProgramRun run = AssertHeld(
            $"long answer; __asm__ volatile(\"int $0x80\" : \"=a\"(answer) : \"a\"({number}L), \"b\"(0L) : \"memory\"); return answer != -38;");
        if (Machine.Has32BitSystemCalls)
        {
            Assert.Equal(SampleStatus.ForbiddenCall, run.Statuses[3]);
            Assert.Contains($"system call {number}", run.Incident);
        }
        else
        {
            Assert.True(run.Statuses[3] is SampleStatus.Crashed or SampleStatus.Ok, $"{name}: {run.Statuses[3]}, {run.Incident}");
        }
    }

    [Theory]
    [InlineData("int $0x81")] // What int 0x80 is to a kernel without 32-bit system calls.
    [InlineData("sysenter")]
    [InlineData("hlt")]
    [InlineData("in $0x70, %al")]
    [InlineData("cli")]
    [InlineData("rdmsr")]
    [InlineData("mov %cr3, %rax")]
    [InlineData("lcall *0(%rsp)")]
    public void Other_ways_into_the_kernel_are_faults(string instruction) =>
        Assert.NotEqual(SampleStatus.Ok, AssertHeld($"__asm__ volatile(\"{instruction.Replace("%", "%%")}\" ::: \"rax\", \"rdx\", \"memory\"); return 1;").Statuses[3]);

    [Theory]
    [InlineData("return __rdtsc();")]
    [InlineData("unsigned cpu; return __builtin_ia32_rdtscp(&cpu);")]
    [InlineData("return 1 + 1e-9 * (__rdtsc() & 0xffffff);")]
    public void The_time_stamp_counter_is_forbidden_where_it_is_trapped_and_not_deterministic_elsewhere(string attack)
    {
        ProgramRun here = AssertHeld(attack);
        Assert.Equal(Machine.TrapsTimeStampCounter ? SampleStatus.ForbiddenCall : SampleStatus.NotDeterministic, here.Statuses[3]);
        Assert.Contains(Machine.TrapsTimeStampCounter ? "clock" : "different outputs", here.Incident);

        ProgramRun there = AssertHeld(attack, runner: sandbox.RunnerOfAnotherMachine);
        Assert.Equal(SampleStatus.NotDeterministic, there.Statuses[3]);
        Assert.Contains("different outputs", there.Incident);
    }

    [Fact]
    public void A_time_stamp_that_no_output_depends_on_does_no_harm()
    {
        ProgramRun run = Attack("return (__rdtsc() & 0) + 7;", runner: sandbox.RunnerOfAnotherMachine);
        Assert.Equal(SampleStatus.Ok, run.Statuses[3]);
        Assert.Equal(7, run.Outputs[3]);
    }

    [Theory]
    [InlineData("return clock_gettime(CLOCK_MONOTONIC, &now) == 0;")]
    [InlineData("return clock_gettime(CLOCK_REALTIME_COARSE, &now) == 0;")]
    [InlineData("return time(0) > 0;")]
    [InlineData("struct timeval t; return gettimeofday(&t, 0) == 0;")]
    [InlineData("return clock() != -1;")]
    [InlineData("unsigned cpu; return getcpu(&cpu, 0) == 0;")]
    public void No_clock_is_told_without_the_counter_either(string attack)
    {
        Assert.Equal(SampleStatus.ForbiddenCall, AssertHeld(attack, "static struct timespec now;\n").Statuses[3]);
        Assert.Equal(SampleStatus.ForbiddenCall, AssertHeld(attack, "static struct timespec now;\n", runner: sandbox.RunnerOfAnotherMachine).Statuses[3]);
    }

    [Theory]
    [InlineData("*(volatile char *)auxiliary(AT_SYSINFO_EHDR)")] // The code of the vDSO,
    [InlineData("((volatile char *)auxiliary(AT_SYSINFO_EHDR))[-4096]")] // and the page with the time, which it reads.
    [InlineData("((volatile char *)auxiliary(AT_SYSINFO_EHDR))[-4 * 4096]")]
    public void The_kernels_own_clock_pages_are_gone(string peek)
    {
        ProgramRun run = AssertHeld($"volatile long seen = {peek}; (void)seen; return 1;");
        Assert.NotEqual(SampleStatus.Ok, run.Statuses[3]);
    }

    [Theory]
    [InlineData("unsigned long long v = 0; while (!_rdrand64_step(&v)); return v >> 12;", "rdrnd")]
    [InlineData("unsigned long long v = 0; while (!_rdseed64_step(&v)); return v >> 12;", "rdseed")]
    public void The_processors_random_numbers_are_not_deterministic_where_it_has_them(string attack, string feature)
    {
        // A processor without the instruction faults.
        ProgramRun run = Attack(attack, $"#include <x86intrin.h>\n#pragma clang attribute push(__attribute__((target(\"{feature}\"))), apply_to = function)\n", after: "#pragma clang attribute pop\n");
        Assert.True(run.Statuses[3] is SampleStatus.NotDeterministic or SampleStatus.Crashed, $"{run.Statuses[3]}");
        AssertOthersAreRight(run);
    }

    [Theory]
    [InlineData("volatile int go = 1; while (go) { } return 1;")]
    [InlineData("for (;;) __asm__ volatile(\"pause\");")]
    [InlineData("static sigjmp_buf here; sigsetjmp(here, 0); siglongjmp(here, 1);")]
    [InlineData("__asm__ volatile(\"1: jmp 1b\"); return 1;")]
    public void Endless_loops_end(string attack) => Assert.Equal(SampleStatus.TimedOut, AssertHeld(attack).Statuses[3]);

    [Theory]
    [InlineData("for (volatile char *p = __builtin_frame_address(0); ; p++) *p = 0x41;")]
    [InlineData("for (volatile char *p = __builtin_frame_address(0); ; p--) *p = 0x41;")]
    [InlineData("((volatile double *)in_place)[0] = 42; return 1;")]
    [InlineData("((volatile char *)raw)[0] = 0x90; return 1;")]
    [InlineData("__asm__ volatile(\"xor %%esp, %%esp; push %%rax\" ::: \"memory\"); return 1;")]
    [InlineData("__asm__ volatile(\"push %%rax; ret\" :: \"a\"(out_place) : \"memory\"); return 1;")]
    [InlineData("static const unsigned char code[] = {0xb8, 1, 0, 0, 0, 0xc3}; return ((int (*)(void))code)();")]
    [InlineData("static unsigned char code[] = {0xb8, 1, 0, 0, 0, 0xc3}; return ((int (*)(void))code)();")]
    [InlineData("unsigned char code[] = {0xb8, 1, 0, 0, 0, 0xc3}; return ((int (*)(void))code)();")]
    [InlineData("feenableexcept(FE_ALL_EXCEPT); volatile double zero = 0; return 1 / zero > 0;")]
    [InlineData("__asm__ volatile(\"pushfq; orq $0x100, (%%rsp); popfq; nop\" ::: \"memory\", \"cc\"); return 1;")] // A trap after each instruction.
    public void Damage_costs_one_sample(string attack) => Assert.Equal(SampleStatus.Crashed, AssertHeld(attack).Statuses[3]);

    [Theory]
    [InlineData("wrfsbase %rax")] // The C library's thread, which its jump out of a handler needs.
    [InlineData("mov %rax, %rbx; mov %rax, %r12; mov %rax, %r13; mov %rax, %r14; mov %rax, %r15")]
    [InlineData("mov %rax, %fs")]
    [InlineData("mov %rax, %ds; mov %rax, %es")]
    [InlineData("add $256, %rsp")]
    public void Registers_that_the_runner_needs_cost_one_sample_at_most(string instructions)
    {
        string attack = $"__asm__ volatile(\"{instructions.Replace("%", "%%")}\" :: \"a\"(0L) : \"memory\"); *(volatile int *)0 = 1; return 1;";
        AssertHeld(attack, "#pragma clang attribute push(__attribute__((target(\"fsgsbase\"))), apply_to = function)\n", after: "#pragma clang attribute pop\n");
    }

    [Theory]
    [InlineData("fesetround(FE_UPWARD);")]
    [InlineData("fesetround(FE_TOWARDZERO);")]
    [InlineData("_mm_setcsr(_mm_getcsr() | 0x8040);")] // Subnormal numbers are zero.
    [InlineData("_mm_setcsr(0x1f80 & ~(1 << 12));")] // An inexact result is a fault.
    [InlineData("unsigned short c = 0x07f; __asm__ volatile(\"fldcw %0\" :: \"m\"(c));")] // long double has the precision of float.
    [InlineData("unsigned short c = 0x340; __asm__ volatile(\"fldcw %0; fldz; fld1; fdivp; fwait\" :: \"m\"(c));")] // An inexact result is a fault, and one is pending.
    [InlineData("for (int i = 0; i < 8; i++) __asm__ volatile(\"fldpi\");")] // A full x87 stack.
    [InlineData("__asm__ volatile(\"pcmpeqd %%mm0, %%mm0\" ::: \"mm0\");")] // The same by MMX.
    [InlineData("__asm__ volatile(\"std\" ::: \"cc\");")] // String instructions run backwards.
    [InlineData("__asm__ volatile(\"pushfq; orq $0x40000, (%%rsp); popfq\" ::: \"memory\", \"cc\");")] // An unaligned access is a fault.
    [InlineData("__asm__ volatile(\"vpcmpeqd %%ymm0, %%ymm0, %%ymm0\" ::: \"xmm0\");")]
    public void What_one_call_leaves_in_the_processor_changes_no_other_call(string attack)
    {
        const string Sensitive = """
            static double sensitive(double x) {
                volatile double third = (x + 1) / 3, tiny = (x + 1) * 4e-320;
                volatile long double wide = (long double)(x + 1) / 7;
                struct { char a[40]; } __attribute__((packed)) from, to;
                memset(&from, (int)x + 1, sizeof from);
                memmove(&to, &from, sizeof to);
                return third + tiny * 1e300 + (double)(wide * 3 - (double)(wide * 3)) * 1e17 + to.a[39] + nearbyint(x + 0.5) + *(volatile int *)(to.a + 1);
            }
            """;
        string Source(string then) => Headers + Sensitive
            + $"double f(double x, double y) {{ double r = sensitive(x); if (x == 3) {{ {then} return 0.5; }} return r; }}";
        ProgramRun undisturbed = RunOf(Source("")), run = RunOf(Source(attack));
        for (int i = 0; i < 8; i++)
        {
            if (i != 3)
            {
                Assert.Equal(SampleStatus.Ok, run.Statuses[i]);
                Assert.Equal(undisturbed.Outputs[i], run.Outputs[i]);
            }
        }
    }

    [Theory]
    [InlineData("frame.uc_mcontext.gregs[REG_CSGSFS] = 0x002b000000000023;")] // 32-bit code.
    [InlineData("frame.uc_mcontext.gregs[REG_CSGSFS] = 0x0010000000000010;")] // The kernel's own segments.
    [InlineData("frame.uc_mcontext.gregs[REG_RIP] = (long)0xffffffff81000000;")] // The kernel's own code.
    [InlineData("frame.uc_mcontext.gregs[REG_RIP] = 1L << 47;")]
    [InlineData("frame.uc_mcontext.gregs[REG_EFL] = 0x40302;")]
    [InlineData("frame.uc_sigmask.__val[0] = ~0UL;")]
    [InlineData("frame.uc_stack.ss_sp = 0; frame.uc_stack.ss_size = 1 << 20;")]
    [InlineData("frame.uc_mcontext.fpregs = (void *)8;")]
    [InlineData("memset(&frame, 0xff, sizeof frame);")]
    public void A_forged_return_from_a_signal_handler_gains_nothing(string change)
    {
        string attack = $$"""
            static ucontext_t frame;
            static char stack[1 << 16];
            memset(&frame, 0, sizeof frame);
            frame.uc_mcontext.gregs[REG_RIP] = (long)landed;
            frame.uc_mcontext.gregs[REG_RSP] = (long)(stack + sizeof stack - 8);
            frame.uc_mcontext.gregs[REG_CSGSFS] = 0x002b000000000033;
            {{change}}
            forge(&frame);
            """;
        AssertHeld(attack, "static void landed(void) { raw(SYS_getpid, 0, 0, 0, 0); raw(SYS_write, 1, (long)\"out\", 3, 0); *(volatile int *)0 = 1; }\n");
    }

    // What a program can find of the runner's own state: the table of results is mapped writable, and shared with nsc.
    private const string FindHeader = """
        struct header { volatile int32_t pass, timeouts; volatile int64_t current; volatile int32_t incident, detail, calling; };
        static int find(struct dl_phdr_info *info, size_t size, void *found) {
            (void)size;
            if (info->dlpi_name[0] != 0) return 0;  // the runner itself comes first, without a name
            for (int i = 0; i < info->dlpi_phnum; i++) {
                const ElfW(Phdr) *part = &info->dlpi_phdr[i];
                if (part->p_type != PT_LOAD || !(part->p_flags & PF_W)) continue;
                uintptr_t *word = (uintptr_t *)((info->dlpi_addr + part->p_vaddr + 7) & -8), *end = (uintptr_t *)(info->dlpi_addr + part->p_vaddr + part->p_memsz);
                for (; word + 1 <= end; word++) {
                    // A pointer to a page that begins as the header does while the fourth sample is computed.
                    if ((*word & 4095) != 0 || *word < 0x10000 || *word >> 47 || *word == ((uintptr_t)in_place & -4096)) continue;
                    struct header *h = (struct header *)*word;
                    if (h->pass >= 1 && h->pass <= 2 && h->current == 3 && h->calling == 1) { *(struct header **)found = h; return 1; }
                }
            }
            return 1;
        }

        """;

    [Theory]
    [InlineData("h->pass = 3; for (int i = 0; i < 8; i++) status[i] = 1; raw(SYS_exit_group, 0x6e736339, 0, 0, 0);")] // "All is done, all is good."
    [InlineData("h->pass = 3; for (int i = 0; i < 8; i++) status[i] = 7; raw(SYS_exit_group, 0x6e736339, 0, 0, 0);")]
    [InlineData("memset((char *)status, 0xff, 8); h->pass = 77; raw(SYS_exit_group, 0x6e736339, 0, 0, 0);")]
    [InlineData("h->current = -5; return 0;")]
    [InlineData("h->current = 1L << 60; return 0;")]
    [InlineData("h->current = -1; h->timeouts = -1 << 30; return 0;")] // Begin again, for ever.
    [InlineData("h->incident = 1 << 30; h->detail = -1; h->calling = 0; *(volatile int *)0 = 1;")]
    [InlineData("h->calling = 7; for (;;) { }")]
    [InlineData("for (int i = 0; i < 8; i++) results[i] = NAN; for (int i = 0; i < 8; i++) status[i] = 1; h->pass = 3; raw(SYS_exit_group, 0x6e736339, 0, 0, 0);")]
    public void Forged_results_are_finite_numbers_of_known_status_or_none(string forgery)
    {
        string attack = $$"""
            struct header *h = 0;
            dl_iterate_phdr(find, &h);
            if (!h) return 9;
            volatile unsigned char *status = (unsigned char *)h + 64;
            volatile double *results = (double *)((char *)h + 72);
            (void)status, (void)results;
            {{forgery}}
            """;
        ProgramRun run = Attack(attack, FindHeader, limits: Sandbox.ShortLimits with { Cpu = TimeSpan.FromSeconds(1), WallClock = TimeSpan.FromSeconds(4) });
        Assert.Equal(8, run.Statuses.Length);
        Assert.All(run.Statuses, s => Assert.True(Enum.IsDefined(s)));
        Assert.All(run.Outputs.Zip(run.Statuses), r => Assert.Equal(r.Second == SampleStatus.Ok, double.IsFinite(r.First)));
        Assert.DoesNotContain(9, run.Outputs); // The forger has found its place.
    }

    [Theory]
    [InlineData("TOPSECRET")] // An environment variable of nsc's own.
    [InlineData("HOME=")]
    [InlineData("PATH=")]
    public void The_environment_is_empty(string text)
    {
        Environment.SetEnvironmentVariable("TOPSECRET", "TOPSECRET");
        string attack = $$"""
            extern char **environ;
            for (char **p = environ; *p; p++) return 1;
            for (volatile char *p = __builtin_frame_address(0); p < (char *)auxiliary(AT_EXECFN); p++)
                if (p[0] == '{{text[0]}}' && p[1] == '{{text[1]}}' && p[2] == '{{text[2]}}' && p[3] == '{{text[3]}}') return 1;
            return 0;
            """;
        ProgramRun run = AssertHeld(attack);
        Assert.Equal(SampleStatus.Ok, run.Statuses[3]);
        Assert.Equal(0, run.Outputs[3]);
    }

    [Theory]
    [InlineData("malloc(1L << 40)")]
    [InlineData("malloc(1L << 31)")]
    [InlineData("calloc(1 << 15, 1 << 15)")]
    [InlineData("mmap(0, 1L << 40, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)")]
    public void Huge_memory_is_not_had(string allocation) => Assert.Equal(
        SampleStatus.ForbiddenCall, AssertHeld($"volatile char *p = {allocation}; p[0] = 1; return 1;").Statuses[3]);

    [Theory]
    [InlineData("static void *run(void *p) { for (;;) { } return p; }\n", "pthread_t t; return pthread_create(&t, 0, run, 0) == 0;")]
    [InlineData("#include <dlfcn.h>\n", "return dlopen(\"libpthread.so.0\", RTLD_NOW) == 0 && dlopen(\"/etc/passwd\", RTLD_NOW) != 0;")]
    [InlineData("", "return system(\"touch \" TARGET) == 0;")]
    [InlineData("", "FILE *p = popen(\"id\", \"r\"); return p != 0;")]
    [InlineData("", "FILE *p = fopen(TARGET, \"w\"); return p != 0;")]
    [InlineData("#include <netdb.h>\n", "return gethostbyname(\"localhost\") != 0;")]
    [InlineData("#include <iconv.h>\n", "return iconv_open(\"UTF-16\", \"EBCDIC-US\") != (iconv_t)-1;")]
    [InlineData("#include <locale.h>\n", "return setlocale(LC_ALL, \"en_US.UTF-8\") != 0;")]
    public void The_C_librarys_ways_out_are_shut(string before, string attack)
    {
        AssertHeld(attack, before);
        Assert.False(File.Exists(s_target));
    }

    /// <summary>The attack got nothing, and nobody else was hurt.</summary>
    private ProgramRun AssertHeld(string attack, string before = "", string after = "", SandboxRunner? runner = null)
    {
        ProgramRun run = Attack(attack, before, after, runner);
        Assert.True(run.Statuses[3] != SampleStatus.Ok || run.Outputs[3] == 0, $"{run.Statuses[3]}, {run.Outputs[3]}");
        AssertOthersAreRight(run);
        return run;
    }

    private static void AssertOthersAreRight(ProgramRun run) => Assert.All(
        Enumerable.Range(0, 8).Where(i => i != 3), i => Assert.Equal((SampleStatus.Ok, i + 1.0), (run.Statuses[i], run.Outputs[i])));

    private ProgramRun Attack(string attack, string before = "", string after = "", SandboxRunner? runner = null, SandboxLimits? limits = null) => RunOf(
        $$"""
        {{Headers}}
        #define TARGET "{{s_target}}"
        {{before}}
        __attribute__((noinline)) static double attack(double x) { {{attack}} }
        {{after}}
        double f(double x, double y) { return x == 3 ? attack(x) : x + 1; }
        """, runner, limits);

    private ProgramRun RunOf(string source, SandboxRunner? runner = null, SandboxLimits? limits = null)
    {
        var program = Sandbox.Program(source) with
        {
            EntrySource = "void nsc_entry(const double *in, double *out) { in_place = in; out_place = out; out[0] = f(in[0], in[1]); }",
        };
        var diagnostics = new DiagnosticBag();
        using NativeProgram? native = NativeProgram.Compile(program, sandbox.Toolchain, diagnostics, limits ?? Sandbox.ShortLimits, runner ?? sandbox.Runner);
        Assert.Empty(diagnostics);
        return native!.Run(Sandbox.CountingInputs(8), TestContext.Current.CancellationToken);
    }
}
