// What C leaves undefined is said with its line and inputs, and not learned silently.

using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Sampling;

namespace Nsc.Tests.FrontEnd.Execution;

public class UndefinedBehaviourCheckTests
{
    // A kind for each line.
    private const string Everything = """
        static const double table[4] = {1, 2, 3, 4};
        static double at(const double *t, int i) { return t[i]; }
        #pragma nsc input(kind, 0, 7)
        #pragma nsc input(n, 4, 7)
        double f(int kind, int n) {
          if (kind == 0) return table[n];
          if (kind == 1) return n * 1000000000;
          if (kind == 2) return 1 << (n + 40);
          if (kind == 3) return (int)(n * 1e12);
          if (kind == 4) return at(table, n);
          if (kind == 5) return -(n - 4 - 2147483647 - 1);
          return n;
        }
        """;

    [Fact]
    public void Each_operation_is_named_once_with_its_line_and_the_first_inputs()
    {
        Diagnostic[] found = Check(Everything);
        Assert.All(found, d => Assert.Equal((Severity.Warning, "undefined-behaviour", "program.c"), (d.Severity, d.Id, d.Location.File)));
        (int Line, string Words, string Inputs)[] expected =
        [
            (2, "an access through a pointer is out of the bounds of its array", "kind=4"),
            (6, "an index is out of the bounds of its array", "kind=0"),
            (7, "a product overflows its signed type", "kind=1"),
            (8, "a shift is by a negative number of bits, or by no fewer than its type has", "kind=2"),
            (9, "a number is converted to an integer type that cannot hold it", "kind=3"),
            (11, "a negation overflows its signed type", "kind=5, n=4"),
        ];
        Assert.Equal(expected.Select(e => e.Line), found.Select(d => d.Location.Line).Order());
        Assert.All(expected, e =>
        {
            Diagnostic one = Assert.Single(found, d => d.Location.Line == e.Line);
            Assert.Matches($"^on \\d+ of 256 samples {e.Words}, which C leaves undefined, first at {e.Inputs}", one.Message);
        });
    }

    [Fact]
    public void A_variable_that_is_read_before_it_is_set_is_named()
    {
        Diagnostic one = Assert.Single(Check("double f(double x) {\n  double u;\n  if (x > 0.5)\n    u = x;\n  return 3 * u;\n}\n"));
        Assert.Equal((3, "  if (x > 0.5)"), (one.Location.Line, one.SourceLine));
        Assert.Matches(@"^on \d+ of 256 samples an output depends on a variable that is not set, which C leaves undefined, first at x=-?0\.\d+$", one.Message);
    }

    [Fact]
    public void What_C_defines_is_no_cause_for_a_warning() => Assert.Empty(Check("""
        #include <math.h>
        static const float table[3] = {1, 2, 3};
        #pragma nsc input(u, 0, 4294967295)
        #pragma nsc input(n, -5, 5)
        double f(unsigned u, int n, double x) {
          double some[4];
          for (int i = 0; i < 4; i++) some[i] = x * i;
          return u * 3000000000u + (u << (n & 31)) + table[n < 0 ? 0 : n % 3] + some[n & 3] + sin(x) * pow(x, 2.5) / (x + 7) + (unsigned char)n;
        }
        """));

    [Fact]
    public void A_slow_program_is_run_on_few_samples() =>
        Assert.Matches("^on 16 of 16 samples a sum overflows", Assert.Single(Check("double f(int n) { double s = 0; for (int i = 0; i < 3000000; i++) s = 0.999 * s + n; return 2147483647 + (n + 2) + s; }", 32)).Message);

    [Fact]
    public void A_program_that_the_sanitizer_cannot_build_is_named()
    {
        Diagnostic one = Assert.Single(Check("static double __ubsan_handle_add_overflow(double x) { return 2 * x; }\ndouble f(double x) { return __ubsan_handle_add_overflow(x); }"));
        Assert.Equal((Severity.Note, "not-sanitized"), (one.Severity, one.Id));
        Assert.Contains("'__ubsan_handle_add_overflow'", one.Message, StringComparison.Ordinal);
    }

    private static Diagnostic[] Check(string source, int samples = 400)
    {
        CProgram program = ClangTesting.LoadOne(source);
        var diagnostics = new DiagnosticBag();
        using NativeProgram native = NativeProgram.Compile(program, ClangTesting.Toolchain, diagnostics)!;
        SampleSet drawn = ProgramSampler.Draw(program, native, samples, 1, diagnostics: []);
        UndefinedBehaviourCheck.Run(program, drawn, ClangTesting.Toolchain, diagnostics);
        return [.. diagnostics];
    }
}
