// Runs an untrusted function over a table of inputs, inside a process that can do nothing but compute.
//
//   runner UNIT ENTRY INPUTS RESULTS COUNT INPUT_COUNT OUTPUT_COUNT MEMORY STACK CPU_SECONDS CALL_MICROSECONDS
//
// It maps INPUTS (read-only) and RESULTS (shared with the parent), loads UNIT, which the parent has checked to run nothing
// while it is loaded, and then locks itself down: no descriptors, no privileges, no clock, and a seccomp filter that
// leaves two system calls, the return from a signal handler and an exit with a value that only this file uses. Only then
// is the first instruction of UNIT executed. A fault, a trapped system call or a call that takes too long is caught by a
// signal handler, which jumps back to the loop over the samples.
//
// Not every machine traps the time-stamp counter, not even each that says so. What is promised everywhere: no system call
// succeeds, and a program that computes with the counter's answer gives other outputs in the second pass.
//
// The layout of RESULTS and the numbers below are ResultsFile.cs's and Incident.cs's.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <elf.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

// The tests build a second runner with 0, which is how a machine behaves that does not trap the time-stamp counter.
#ifndef TRAP_TIME_STAMP_COUNTER
#define TRAP_TIME_STAMP_COUNTER 1
#endif

// How the process ends. The filter lets only EXIT_FINISHED through, so the others prove that UNIT has not run yet.
enum { EXIT_FINISHED = 0x6e736339, EXIT_CANNOT_LOAD = 0x41, EXIT_NO_SANDBOX = 0x42 };

enum { PASS_FIRST = 1, PASS_SECOND = 2, PASS_DONE = 3 };

// Nsc.Core.Sampling.SampleStatus, and one that never leaves this process: computed once, not yet confirmed.
enum { NOT_RUN, OK, NOT_FINITE, CRASHED, TIMED_OUT, FORBIDDEN_CALL, NOT_DETERMINISTIC, UNCONFIRMED };

enum { INCIDENT_NONE, INCIDENT_SIGNAL, INCIDENT_SYSTEM_CALL, INCIDENT_CLOCK, INCIDENT_TIMEOUT, INCIDENT_NOT_FINITE,
       INCIDENT_NOT_DETERMINISTIC };

// Each endless loop costs the whole limit of a call, so a pass stops after some of them.
enum { MAX_TIMEOUTS = 32, TICKS_PER_CALL = 4 };

// Whether the program's code is running, or was cut short and its sample has no status yet.
enum { NOT_CALLING, CALLING, CUT_SHORT };

struct header {
    volatile int32_t pass;
    volatile int32_t timeouts;
    volatile int64_t current;  // the sample under way; where to go on after the process was killed
    volatile int32_t incident;
    volatile int32_t incident_detail;
    volatile int32_t calling;
    volatile int64_t fault;  // where in UNIT the first fault was
};

enum { STATUS_OFFSET = 64 };

typedef void entry_function(const double *in, double *out);

static entry_function *entry;
static uintptr_t unit_start;
static int64_t count, input_count, output_count;
static const double *inputs;
static struct header *header;
static volatile uint8_t *status;
static double *outputs;  // (count, output_count)
static double *result;   // (output_count), where the entry writes

// The vDSO and its data, which tell the time without a system call.
enum { MAX_CLOCK_MAPPINGS = 8 };
static struct { uintptr_t start, end; } clock_mappings[MAX_CLOCK_MAPPINGS];
static int clock_mapping_count;

static sigjmp_buf next_sample;
static volatile sig_atomic_t failure;  // the status of the call that was cut short
static volatile uint64_t calls, ticked_call;
static volatile int ticks;
static char signal_stack[1 << 18] __attribute__((aligned(64)));

// ---------------------------------------------------------------------------------------------------- the samples

static void note_incident(int kind, int detail) {
    if (header->incident == INCIDENT_NONE) {
        header->incident_detail = detail;
        header->incident = kind;
    }
}

// What a program changed and C code relies on: rounding, precision and exceptions of both floating-point units, the x87
// stack, the direction of string instructions, alignment checks. Each call begins as if it were the first.
static void restore_processor(void) {
    static const uint16_t x87_control = 0x37f;
    static const uint32_t mxcsr = 0x1f80;
    uint16_t x87_status;
    __asm__ volatile("fnstsw %0" : "=a"(x87_status));
    if (x87_status & 0xff) {
        __asm__ volatile("fnclex");  // an order of magnitude slower than everything else here
    }

    __asm__ volatile("emms; fldcw %0; ldmxcsr %1; pushq $0x202; popfq" : : "m"(x87_control), "m"(mxcsr) : "cc", "memory");
}

static void call(int64_t sample) {
    for (int64_t k = 0; k < output_count; k++) {
        result[k] = header->pass == PASS_SECOND;  // what output parameters hold before the call: an answer must not depend on it
    }

    calls++;
    header->calling = CALLING;
    entry(inputs + sample * input_count, result);
    header->calling = NOT_CALLING;
    restore_processor();
}

static int result_is_finite(void) {
    int finite = 1;
    for (int64_t k = 0; k < output_count; k++) {
        finite &= isfinite(result[k]) != 0;
    }

    return finite;
}

static void compute(int64_t sample) {
    call(sample);
    memcpy(outputs + sample * output_count, result, sizeof(double) * output_count);
    if (result_is_finite()) {
        status[sample] = UNCONFIRMED;
    } else {
        status[sample] = NOT_FINITE;
        note_incident(INCIDENT_NOT_FINITE, 0);
    }
}

static void confirm(int64_t sample) {
    call(sample);
    if (memcmp(outputs + sample * output_count, result, sizeof(double) * output_count) == 0) {
        status[sample] = OK;
    } else {
        status[sample] = NOT_DETERMINISTIC;
        note_incident(INCIDENT_NOT_DETERMINISTIC, 0);
    }
}

static void mark_failure(void) {
    restore_processor();
    status[header->current] = failure;
    header->calling = NOT_CALLING;
    header->timeouts += failure == TIMED_OUT;
}

// Every sample once, in order.
static void first_pass(void) {
    if (sigsetjmp(next_sample, 0)) {
        mark_failure();
        header->current++;
    }

    for (; header->current < count && header->timeouts < MAX_TIMEOUTS; header->current++) {
        compute(header->current);
    }

    header->current = count - 1;
    header->pass = PASS_SECOND;
}

// The good ones again, in reverse order, so that a state kept between calls shows.
static void second_pass(void) {
    if (sigsetjmp(next_sample, 0)) {
        mark_failure();
        header->current--;
    }

    for (; header->current >= 0 && header->timeouts < 2 * MAX_TIMEOUTS; header->current--) {
        if (status[header->current] == UNCONFIRMED) {
            confirm(header->current);
        }
    }

    header->pass = PASS_DONE;
}

// ---------------------------------------------------------------------------------------------------- the signals

static void leave_call(int sample_status, int kind, int detail) {
    if (header->calling != CALLING) {
        _exit(EXIT_FINISHED);  // a fault in our own code: the program has damaged it
    }

    header->calling = CUT_SHORT;
    note_incident(kind, detail);
    failure = sample_status;
    siglongjmp(next_sample, 1);
}

static void on_system_call(int signal, siginfo_t *info, void *context) {
    (void)signal, (void)context;
    leave_call(FORBIDDEN_CALL, INCIDENT_SYSTEM_CALL, info->si_syscall);
}

// The vDSO, and rdtsc or rdtscp, which PR_SET_TSC turns into a general protection fault.
static int reads_clock(const siginfo_t *info, uintptr_t address) {
    for (int i = 0; i < clock_mapping_count; i++) {
        if (address >= clock_mappings[i].start && address < clock_mappings[i].end) {
            return 1;
        }
    }

    const uint8_t *code = (const uint8_t *)address;
    return info->si_code == SI_KERNEL && code[0] == 0x0f && (code[1] == 0x31 || (code[1] == 0x01 && code[2] == 0xf9));
}

static void on_fault(int signal, siginfo_t *info, void *context) {
    uintptr_t address = ((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
    if (signal == SIGSEGV && header->calling == CALLING && reads_clock(info, address)) {
        leave_call(FORBIDDEN_CALL, INCIDENT_CLOCK, 0);
    }

    header->fault = header->fault == 0 ? (int64_t)(address - unit_start) : header->fault;
    leave_call(CRASHED, INCIDENT_SIGNAL, signal);
}

// Fires a few times within the limit of one call, in processor time; a call that sees them all has taken too long.
static void on_tick(int signal, siginfo_t *info, void *context) {
    (void)signal, (void)info, (void)context;
    if (header->calling != CALLING) {
        return;
    }

    if (calls != ticked_call) {
        ticked_call = calls;
        ticks = 0;
    }

    if (++ticks > TICKS_PER_CALL) {
        leave_call(TIMED_OUT, INCIDENT_TIMEOUT, 0);
    }
}

// ---------------------------------------------------------------------------------------------------- the lockdown

static void require(int condition) {
    if (!condition) {
        _exit(EXIT_NO_SANDBOX);
    }
}

static void handle(int signal, void (*handler)(int, siginfo_t *, void *)) {
    // SA_NODEFER: the handler is left by a jump that does not restore the signal mask, which would be a system call.
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    require(sigaction(signal, &action, NULL) == 0);
}

static void handle_signals(long call_microseconds) {
    stack_t stack = {.ss_sp = signal_stack, .ss_size = sizeof signal_stack};
    require(sigaltstack(&stack, NULL) == 0);

    static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP};
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        handle(faults[i], on_fault);
    }

    handle(SIGSYS, on_system_call);
    handle(SIGPROF, on_tick);
    sigset_t none;
    sigemptyset(&none);
    require(sigprocmask(SIG_SETMASK, &none, NULL) == 0);

    long tick = call_microseconds / TICKS_PER_CALL + 1;  // zero would switch the timer off
    struct timeval interval = {.tv_sec = tick / 1000000, .tv_usec = tick % 1000000};
    require(setitimer(ITIMER_PROF, &(struct itimerval){interval, interval}, NULL) == 0);
}

static void limit(int resource, rlim_t most) {
    struct rlimit old;
    require(getrlimit(resource, &old) == 0);
    rlim_t value = most < old.rlim_max ? most : old.rlim_max;
    require(setrlimit(resource, &(struct rlimit){value, value}) == 0);
}

// Unmaps the code that reads the clock without a system call, and the data that it reads. A kernel may refuse, or hide the
// mappings; then the time-stamp counter's trap stops all but the coarse clocks.
static void remove_clock(void) {
    FILE *maps = fopen("/proc/self/maps", "r");
    char line[1024];
    while (maps != NULL && fgets(line, sizeof line, maps) != NULL && clock_mapping_count < MAX_CLOCK_MAPPINGS) {
        uintptr_t start, end;
        if ((strstr(line, "[vdso]") || strstr(line, "[vvar")) && sscanf(line, "%lx-%lx", &start, &end) == 2) {
            clock_mappings[clock_mapping_count].start = start;
            clock_mappings[clock_mapping_count++].end = end;
        }
    }

    for (int i = 0; i < clock_mapping_count; i++) {
        munmap((void *)clock_mappings[i].start, clock_mappings[i].end - clock_mappings[i].start);
    }
}

static void close_descriptors(void) {
    if (syscall(SYS_close_range, 0, ~0U, 0) != 0) {
        for (long i = 0, most = sysconf(_SC_OPEN_MAX); i < most; i++) {
            close(i);
        }
    }
}

static void drop_privileges(void) {
    enum { NOBODY = 65534 };
    if (geteuid() == 0 && setgroups(0, NULL) == 0 && setresgid(NOBODY, NOBODY, NOBODY) == 0) {
        // In a user namespace that maps one user only there is nobody to become; the filter below does not depend on it.
        if (setresuid(NOBODY, NOBODY, NOBODY) != 0) {
            return;
        }
    }
}

static void filter_system_calls(void) {
    struct sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 0, 5),
        // The x32 calls have bit 30 set in their numbers, so they equal neither of these two.
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_rt_sigreturn, 4, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 0, 2),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, EXIT_FINISHED, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog filter = {.len = sizeof program / sizeof *program, .filter = program};
    require(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0);
}

static void lock_down(long stack_bytes, long cpu_seconds, long call_microseconds) {
    remove_clock();
    close_descriptors();
    limit(RLIMIT_CPU, cpu_seconds);
    limit(RLIMIT_STACK, stack_bytes);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, 0);
    limit(RLIMIT_NPROC, 0);
    handle_signals(call_microseconds);
    drop_privileges();
    require(prctl(PR_SET_PDEATHSIG, SIGKILL) == 0);  // after the change of user, which clears it
    require(prctl(PR_SET_DUMPABLE, 0) == 0);
    if (TRAP_TIME_STAMP_COUNTER) {
        prctl(PR_SET_TSC, PR_TSC_SIGSEGV);  // where it is refused, or does nothing, the second pass finds the clock out
    }

    require(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
    filter_system_calls();
}

// ---------------------------------------------------------------------------------------------------- the set-up

static void *map(const char *path, int open_flags, int protection, size_t size) {
    int file = open(path, open_flags | O_CLOEXEC);
    require(file >= 0);
    void *memory = mmap(NULL, size, protection, MAP_SHARED, file, 0);
    require(memory != MAP_FAILED);
    return memory;
}

static void load(const char *unit, const char *name) {
    void *library = dlopen(unit, RTLD_NOW | RTLD_LOCAL);
    void *symbol = library != NULL ? dlsym(library, name) : NULL;
    Dl_info place;
    if (symbol == NULL || dladdr(symbol, &place) == 0) {
        _exit(EXIT_CANNOT_LOAD);
    }

    unit_start = (uintptr_t)place.dli_fbase;

    entry = (entry_function *)symbol;
}

int main(int argc, char **argv) {
    require(argc == 12);
    count = atoll(argv[5]);
    input_count = atoll(argv[6]);
    output_count = atoll(argv[7]);
    size_t input_bytes = sizeof(double) * count * input_count;
    size_t output_offset = (STATUS_OFFSET + count + 7) / 8 * 8;
    size_t result_bytes = output_offset + sizeof(double) * count * output_count;

    inputs = map(argv[3], O_RDONLY, PROT_READ, input_bytes);
    header = map(argv[4], O_RDWR, PROT_READ | PROT_WRITE, result_bytes);
    status = (volatile uint8_t *)header + STATUS_OFFSET;
    outputs = (double *)((char *)header + output_offset);
    result = calloc(output_count, sizeof(double));
    require(result != NULL);

    limit(RLIMIT_AS, atoll(argv[8]) + atoll(argv[9]) + input_bytes + result_bytes);
    load(argv[1], argv[2]);
    lock_down(atoll(argv[9]), atoll(argv[10]), atoll(argv[11]));

    if (header->pass == PASS_FIRST) {
        first_pass();
    }

    if (header->pass == PASS_SECOND) {
        second_pass();
    }

    _exit(EXIT_FINISHED);
}
