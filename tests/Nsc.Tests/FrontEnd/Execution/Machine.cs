// What this machine's kernel and processor do with a program that tries something, found out by trying it outside the product:
// a small C program, compiled here, that dares it in a child. What the tests promise holds on every machine; what a refusal is called does not.

using System.Diagnostics;

namespace Nsc.Tests.FrontEnd.Execution;

internal static class Machine
{
    private const string Source = """
        #include <signal.h>
        #include <sys/prctl.h>
        #include <sys/wait.h>
        #include <unistd.h>

        static void counter(void) { if (prctl(PR_SET_TSC, PR_TSC_SIGSEGV) == 0) __asm__ volatile("rdtsc" ::: "eax", "edx"); }

        static void call32(void) {
            long answer;
            __asm__ volatile("int $0x80" : "=a"(answer) : "a"(20L) : "memory", "r8", "r9", "r10", "r11");  /* getpid */
            if (answer != getpid()) raise(SIGSEGV);
        }

        int main(int argc, char **argv) {
            (void)argv;
            int status;
            pid_t child = fork();
            if (child == 0) {
                argc > 1 ? counter() : call32();
                _exit(0);
            }
            waitpid(child, &status, 0);
            return WIFSIGNALED(status) ? 1 : 0;
        }
        """;

    private static readonly Lazy<string> s_probe = new(Build);

    /// <summary>Whether reading the time-stamp counter is a fault once the kernel was asked to make it one.</summary>
    public static bool TrapsTimeStampCounter => Run(s_probe.Value, "counter") != 0;

    /// <summary>Whether <c>int 0x80</c> calls the system.</summary>
    public static bool Has32BitSystemCalls => Run(s_probe.Value) == 0;

    private static string Build()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "machine-probe");
        File.WriteAllText(path + ".c", Source);
        return Run("cc", "-O1", path + ".c", "-o", path) == 0 ? path : throw new InvalidOperationException("cc does not compile the probe");
    }

    private static int Run(string tool, params string[] arguments)
    {
        using Process process = Process.Start(tool, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}
