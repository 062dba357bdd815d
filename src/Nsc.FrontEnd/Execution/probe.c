// Finds out what this kernel gives to a sandbox, by trying each thing in a child of its own: a kernel's word is not enough.
// Prints one line for each: a name and an answer, which KernelProbe.cs reads.

#define _GNU_SOURCE
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { YES = 0, NO = 1 };

// After this filter getppid is not there.
static int seccomp(void) {
    struct sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getppid, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EXDEV),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog filter = {.len = sizeof program / sizeof *program, .filter = program};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0
        && syscall(SYS_getppid) == -1 && errno == EXDEV ? YES : NO;
}

// A fault where it is trapped.
static int counter_answers(void) {
    prctl(PR_SET_TSC, PR_TSC_SIGSEGV);
    __asm__ volatile("rdtsc" ::: "eax", "edx");
    return YES;
}

static int calls_32_bit(void) {
    long answer;
    __asm__ volatile("int $0x80" : "=a"(answer) : "a"(20L) : "memory", "r8", "r9", "r10", "r11");  // getpid
    return answer == getpid() ? YES : NO;
}

static int succeeds(int (*attempt)(void)) {
    pid_t child = fork();
    if (child == 0) {
        _exit(attempt());
    }

    int status;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == YES;
}

int main(void) {
    long landlock = syscall(444, NULL, 0, 1);  // landlock_create_ruleset, which older headers do not know, asked for its version
    printf("seccomp %d\n", succeeds(seccomp));
    printf("counter %d\n", succeeds(counter_answers));
    printf("calls32 %d\n", succeeds(calls_32_bit));
    printf("landlock %ld\n", landlock > 0 ? landlock : 0);
    return 0;
}
