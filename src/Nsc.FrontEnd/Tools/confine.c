// Starts a tool that reads untrusted text (clang, the linker) with limits, and blind to all files but those that it needs.
//
//   nsc-confine CPU_SECONDS MEMORY_BYTES STACK_BYTES FILE_BYTES [-r PATH | -w PATH]... -- TOOL ARGUMENT...
//
// PATH is a file or folder that the tool may read and execute (-r), or also change (-w). Where the kernel has Landlock, everything
// else is closed to it, the network included. Where it has not, the limits remain, and whoever reads the tool's output must
// still ask which files it opened.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// From the kernel's documentation of Landlock, since the C library's headers may be older than the kernel.
enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446 };
enum { ASK_VERSION = 1, RULE_PATH_BENEATH = 1 };
enum { EXECUTE = 1 << 0, WRITE_FILE = 1 << 1, READ_FILE = 1 << 2, READ_DIR = 1 << 3, REFER = 1 << 13, TRUNCATE = 1 << 14, IOCTL_DEV = 1 << 15 };
enum { OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE, FIRST_RIGHTS = (1 << 13) - 1, TO_READ = EXECUTE | READ_FILE | READ_DIR };

struct ruleset { uint64_t files, network, scopes; };
struct path_rule { uint64_t allowed; int32_t parent; } __attribute__((packed));

static void fail(const char *what)
{
    fprintf(stderr, "nsc-confine: %s: %s\n", what, strerror(errno));
    _exit(126);
}

static void limit(int resource, const char *text)
{
    struct rlimit old;
    rlim_t most = strtoull(text, NULL, 10);
    if (getrlimit(resource, &old) != 0)
        fail("getrlimit");
    if (old.rlim_max != RLIM_INFINITY && old.rlim_max < most)
        most = old.rlim_max;
    if (setrlimit(resource, &(struct rlimit){most, most}) != 0)
        fail("setrlimit");
}

// What the kernel's version of Landlock can forbid; no rights at all where it has none.
static struct ruleset rights(void)
{
    long version = syscall(CREATE_RULESET, NULL, 0, ASK_VERSION);
    struct ruleset all = {0};
    if (version >= 1)
        all.files = FIRST_RIGHTS | (version >= 2 ? REFER : 0) | (version >= 3 ? TRUNCATE : 0) | (version >= 5 ? IOCTL_DEV : 0);
    if (version >= 4)
        all.network = 3; // Binding and connecting.
    if (version >= 6)
        all.scopes = 3; // Abstract sockets and signals of others.
    return all;
}

static void allow(int ruleset, const char *path, uint64_t allowed)
{
    int parent = open(path, O_PATH | O_CLOEXEC);
    if (parent < 0)
        return; // What is not there cannot be read.
    struct path_rule rule = {allowed, parent};
    if (syscall(ADD_RULE, ruleset, RULE_PATH_BENEATH, &rule, 0) != 0) {
        rule.allowed &= OF_FILES; // A file has no rights of folders.
        if (syscall(ADD_RULE, ruleset, RULE_PATH_BENEATH, &rule, 0) != 0)
            fail(path);
    }
    close(parent);
}

int main(int argc, char **argv)
{
    if (argc < 7)
        return 126;
    limit(RLIMIT_CPU, argv[1]);
    limit(RLIMIT_AS, argv[2]);
    limit(RLIMIT_STACK, argv[3]);
    limit(RLIMIT_FSIZE, argv[4]);
    limit(RLIMIT_CORE, "0");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        fail("prctl");

    struct ruleset all = rights();
    int ruleset = -1;
    if (all.files != 0) {
        // Older kernels take a shorter structure, and refuse a longer one only where what they do not know is not zero.
        ruleset = (int)syscall(CREATE_RULESET, &all, sizeof all, 0);
        if (ruleset < 0)
            fail("landlock_create_ruleset");
    }

    int i = 5;
    for (; i + 1 < argc && strcmp(argv[i], "--") != 0; i += 2)
        if (ruleset >= 0)
            allow(ruleset, argv[i + 1], strcmp(argv[i], "-w") == 0 ? all.files : TO_READ);
    if (ruleset >= 0) {
        if (syscall(RESTRICT_SELF, ruleset, 0) != 0)
            fail("landlock_restrict_self");
        close(ruleset);
    }

    if (i + 1 >= argc)
        return 126;
    execvp(argv[i + 1], argv + i + 1);
    fail(argv[i + 1]);
}
