// What compiling and running a well-behaved program gives, and which programs are refused before anything runs.

using System.Diagnostics;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.FrontEnd.Execution;

namespace Nsc.Tests.FrontEnd.Execution;

public class NativeProgramTests(Sandbox sandbox, ITestOutputHelper output) : IClassFixture<Sandbox>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_hundred_thousand_samples_have_the_right_values()
    {
        using NativeProgram native = sandbox.Compile(
            "#include <math.h>\ndouble f(double x, double y) { return sqrt(x * x + y * y) - (x > y ? 2 * y : floor(x)); }");
        double[] inputs = InputSampler.Draw(Sandbox.Program("").Signature, 100_000, new SplitMix64(1));
        ProgramRun run = native.Run(inputs, Cancellation);
        Assert.Null(run.Incident);
        for (int i = 0; i < run.Statuses.Length; i++)
        {
            double x = inputs[2 * i], y = inputs[(2 * i) + 1];
            Assert.Equal(SampleStatus.Ok, run.Statuses[i]);
            Assert.Equal(Math.Sqrt((x * x) + (y * y)) - (x > y ? 2 * y : Math.Floor(x)), run.Outputs[i]);
        }
    }

    [Fact]
    public void A_cheap_function_runs_a_million_samples_a_second()
    {
        using NativeProgram native = sandbox.Compile("double f(double x, double y) { return x * y + 1; }");
        double[] inputs = InputSampler.Draw(Sandbox.Program("").Signature, 2_000_000, new SplitMix64(1));
        var rates = new List<double>();
        for (int attempt = 0; attempt < 3; attempt++)
        {
            var clock = Stopwatch.StartNew();
            ProgramRun run = native.Run(inputs, Cancellation);
            rates.Add(run.CountOf(SampleStatus.Ok) / clock.Elapsed.TotalSeconds);
        }

        output.WriteLine($"{rates.Max() / 1e6:F1} million samples a second");
        Assert.True(rates.Max() >= 1e6, $"{rates.Max():F0} samples a second");
    }

    [Fact]
    public void Several_outputs_stay_in_their_columns()
    {
        CProgram program = Sandbox.Program("") with
        {
            EntrySource = "void nsc_entry(const double *in, double *out) { out[0] = in[0]; out[1] = 10 * in[0]; out[2] = in[1] - 1; }",
        };
        program = program with
        {
            Signature = program.Signature with { Outputs = [.. "abc".Select(c => new OutputVariable(c.ToString(), ScalarKind.Double))] },
        };
        using NativeProgram native = sandbox.Compile(program, new DiagnosticBag())!;
        Assert.Equal([1, 10, 1, 3, 30, 3], native.Run([1, 2, 3, 4], Cancellation).Outputs);
    }

    [Fact]
    public void An_output_that_is_never_written_is_not_deterministic()
    {
        CProgram program = Sandbox.Program("") with { EntrySource = "void nsc_entry(const double *in, double *out) { }" };
        using NativeProgram native = sandbox.Compile(program, new DiagnosticBag())!;
        Assert.Equal([SampleStatus.NotDeterministic], native.Run([1, 2], Cancellation).Statuses);
    }

    [Fact]
    public void The_entry_has_the_name_that_the_program_gives()
    {
        CProgram program = Sandbox.Program("") with { EntryName = "other", EntrySource = "void other(const double *in, double *out) { *out = *in; }" };
        using NativeProgram native = sandbox.Compile(program, new DiagnosticBag())!;
        Assert.Equal([5], native.Run([5, 0], Cancellation).Outputs);
    }

    [Fact]
    public void A_function_of_the_programs_own_wins_over_the_librarys_of_the_same_name()
    {
        ProgramRun run = sandbox.Run("__attribute__((noinline)) double hypot(double a, double b) { return 42; } double f(double x, double y) { return hypot(x, y); }");
        Assert.All(run.Outputs, y => Assert.Equal(42, y));
    }

    [Fact]
    public void No_samples_give_an_empty_run()
    {
        using NativeProgram native = sandbox.Compile("double f(double x, double y) { return x; }");
        Assert.Empty(native.Run([], Cancellation).Statuses);
    }

    [Fact]
    public void Runs_of_one_program_can_overlap()
    {
        using NativeProgram native = sandbox.Compile("double f(double x, double y) { return 2 * x; }");
        ProgramRun[] runs = new ProgramRun[6];
        Parallel.For(0, runs.Length, i => runs[i] = native.Run([i, 0], Cancellation));
        Assert.Equal([0, 2, 4, 6, 8, 10], runs.Select(r => r.Outputs[0]));
    }

    [Theory]
    [InlineData("__attribute__((constructor)) static void before(void) { *(volatile int *)0 = 1; }", "constructor")]
    [InlineData("__attribute__((destructor)) static void after(void) { *(volatile int *)0 = 1; }", "destructor")]
    [InlineData("void _init(void) { *(volatile int *)0 = 1; }", "constructor")]
    [InlineData("static void before(void) { } __attribute__((used, section(\".init_array\"))) static void (*const hook)(void) = before;", "constructor")]
    [InlineData("static void before(void) { } __attribute__((used, section(\".ctors\"))) static void (*const hook)(void) = before;", "constructor")]
    [InlineData("static int one(void) { return 1; } static void *pick(void) { return one; } int g(void) __attribute__((ifunc(\"pick\")));", "indirect function")]
    [InlineData("static int one(void) { return 1; } static void *pick(void) { return one; } static int g(void) __attribute__((ifunc(\"pick\"))); int h(void) { return g(); }", "indirect function")]
    public void Code_that_runs_when_the_program_is_loaded_is_refused(string source, string reason)
    {
        var diagnostics = new DiagnosticBag();
        CProgram program = Sandbox.Program(source + " double f(double x, double y) { return x; }");
        Assert.Null(sandbox.Compile(program, diagnostics));
        Diagnostic diagnostic = Assert.Single(diagnostics);
        Assert.Equal("load-time-code", diagnostic.Id);
        Assert.Contains(reason, diagnostic.Message);
    }

    [Theory]
    [InlineData("static const char *const names[] = {\"a\", \"bc\"}; double g(double x) { return names[(int)x & 1][0]; }")]
    [InlineData("static double twice(double x) { return 2 * x; } double (*const table[])(double) = {twice, fabs, sin}; double g(double x) { return table[(int)x % 3](x); }")]
    [InlineData("struct s { double a[64]; }; struct s copy(struct s v, double x) { v.a[1] = x; return v; } double g(double x) { struct s v = {{1}}; return copy(v, x).a[1]; }")]
    [InlineData("double g(double x) { switch ((int)x) { case 0: return 3; case 1: return sin(x); case 2: return 7; case 3: return cosh(x); case 4: return 1; default: return x; } }")]
    [InlineData("static _Thread_local double last = 3; double g(double x) { double old = last; last = 3; return old + x; }")]
    [InlineData("static double table[4096]; double g(double x) { return table[(int)x] + pow(x, 1.5) + fmod(x, 3) + tgamma(1 + x); }")]
    public void Ordinary_code_and_data_are_not_taken_for_load_time_code(string source)
    {
        ProgramRun run = sandbox.Run("#include <math.h>\n" + source + " double f(double x, double y) { return g(x); }");
        Assert.All(run.Statuses, s => Assert.Equal(SampleStatus.Ok, s));
    }

    [Fact]
    public void The_names_of_system_calls_are_those_of_the_systems_headers()
    {
        var assertions = Incident.SystemCalls.Select(c => $"_Static_assert(SYS_{c.Value} == {c.Key}, \"\");\n");
        ProgramRun run = sandbox.Run("#include <sys/syscall.h>\n" + string.Concat(assertions) + "double f(double x, double y) { return x; }");
        Assert.Null(run.Incident);
    }

    [Fact]
    public void An_initialiser_that_even_the_linker_refuses_is_refused()
    {
        var diagnostics = new DiagnosticBag();
        CProgram program = Sandbox.Program("""
            static void before(void) { }
            __attribute__((used, section(".preinit_array"))) static void (*const hook)(void) = before;
            double f(double x, double y) { return x; }
            """);
        Assert.Null(sandbox.Compile(program, diagnostics));
        Assert.Equal("does-not-link", Assert.Single(diagnostics).Id);
    }

    [Fact]
    public void A_damaged_shared_object_is_refused_without_an_exception()
    {
        byte[] image = new byte[4096];
        new Random(1).NextBytes(image);
        Assert.NotNull(LoadTimeCode.Find(image));
        Assert.NotNull(LoadTimeCode.Find([]));
    }

    [Fact]
    public void Each_undefined_function_is_named()
    {
        var diagnostics = new DiagnosticBag();
        CProgram program = Sandbox.Program("double g(double); double h(double); double f(double x, double y) { return g(x) + h(y) + g(y); }");
        Assert.Null(sandbox.Compile(program, diagnostics));
        Assert.Equal(["'g'", "'h'"], diagnostics.Select(d => d.Message.Split(' ')[0]).Order());
        Assert.All(diagnostics, d => Assert.Equal("undefined-symbol", d.Id));
    }

    [Fact]
    public void A_syntax_error_is_reported_at_its_place()
    {
        var diagnostics = new DiagnosticBag();
        Assert.Null(sandbox.Compile(Sandbox.Program("double f(double x, double y)\n{ return x +; }"), diagnostics));
        Diagnostic diagnostic = Assert.Single(diagnostics);
        Assert.Equal(new SourceLocation("prog.c", 2, 13), diagnostic.Location);
    }

    [Fact]
    public void A_table_too_large_for_the_compilers_limits_is_refused()
    {
        var diagnostics = new DiagnosticBag();
        CProgram program = Sandbox.Program("const char t[1L << 32] = {1}; double f(double x, double y) { return t[(int)x]; }");
        Assert.Null(sandbox.Compile(program, diagnostics));
        Assert.StartsWith("does-not-", Assert.Single(diagnostics).Id);
    }

    [Fact]
    public void A_table_too_large_for_the_memory_limit_crashes_every_sample()
    {
        ProgramRun run = sandbox.Run("char t[1L << 31]; double f(double x, double y) { return t[(int)x]; }");
        Assert.All(run.Statuses, s => Assert.Equal(SampleStatus.Crashed, s));
        Assert.Contains("memory", run.Incident);
    }

    [Fact]
    public void Cancelling_stops_a_run_at_once()
    {
        using NativeProgram native = sandbox.Compile(
            "double f(double x, double y) { volatile int go = 1; while (go) { } return x; }",
            SandboxLimits.Default with { PerCall = TimeSpan.FromSeconds(50) });
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        cancellation.CancelAfter(200);
        var clock = Stopwatch.StartNew();
        Assert.Throws<OperationCanceledException>(() => native.Run([0, 0], cancellation.Token));
        Assert.InRange(clock.Elapsed, TimeSpan.FromMilliseconds(150), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void The_wall_clock_ends_a_run()
    {
        using NativeProgram native = sandbox.Compile(
            "double f(double x, double y) { volatile int go = 1; while (go) { } return x; }",
            SandboxLimits.Default with { PerCall = TimeSpan.FromSeconds(50), WallClock = TimeSpan.FromMilliseconds(300) });
        ProgramRun run = native.Run([0, 0], Cancellation);
        Assert.Equal([SampleStatus.NotRun], run.Statuses);
        Assert.Contains("too long", run.Incident);
    }

    [Fact]
    public void No_file_stays_behind()
    {
        string marker = $"// {Guid.NewGuid()}\n";
        using (NativeProgram native = sandbox.Compile(marker + "double f(double x, double y) { return x; }"))
        {
            string folder = Assert.Single(FoldersWith(marker));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(folder).UnixFileMode);
            string[] files = Directory.GetFiles(folder);
            native.Run([0, 0], Cancellation);
            Assert.Equal(files.Order(), Directory.GetFiles(folder).Order());
        }

        Assert.Null(sandbox.Compile(Sandbox.Program(marker + "not C"), new DiagnosticBag()));
        Assert.Empty(FoldersWith(marker));
    }

    // Other tests and programs have folders of the same kind, and may remove them while we look.
    private static List<string> FoldersWith(string marker)
    {
        var folders = new List<string>();
        foreach (string folder in Directory.GetDirectories(Path.GetTempPath(), "nsc-*"))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(folder, "unit.c")).StartsWith(marker, StringComparison.Ordinal))
                {
                    folders.Add(folder);
                }
            }
            catch (IOException)
            {
                continue;
            }
        }

        return folders;
    }
}
