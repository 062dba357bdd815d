// Which values of a function are inputs, which are outputs, and which are both: its declaration, its body and its dataflow tell together.

using System.Collections.Immutable;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd;

namespace Nsc.Tests.FrontEnd;

public class DirectionTests
{
    [Theory]
    [InlineData("void f(double x, double *y) { *y = x * 2; }", "x", "y")]
    [InlineData("void f(double x, double *y) { *y = *y * 2 + x; }", "x y", "y.next")]
    [InlineData("void f(float x, float *y) { if (x > 0) *y = x; }", "x y", "y.next")]
    [InlineData("void f(float x, unsigned char *y) { if (x > 0) *y = 3; }", "x y", "y.next")]
    [InlineData("void f(double x, double y[3]) { y[0] = x; y[2] = x * y[0]; }", "x", "y[0] y[2]")]
    [InlineData("void f(double v[3]) { double s = v[0] + v[1] + v[2]; for (int i = 0; i < 3; i++) v[i] /= s; }", "v[0] v[1] v[2]", "v[0].next v[1].next v[2].next")]
    [InlineData("struct s { double a, b, c; }; double f(struct s *p) { p->a += p->b; return p->a; }", "p.a p.b", "return p.a.next")]
    [InlineData("struct s { double a, b; }; double f(const struct s *p, double unused) { return p->b; }", "p.b", "return")]
    [InlineData("double f(double *x) { return *x * 2; }", "x", "return")]
    [InlineData("typedef struct { float x; } v; v *f(v *to, const v *a, float s) { if (s > 1) { to->x = s; return to; } to->x = a->x * s; return to; }", "a.x s", "to.x")]
    [InlineData("static void g(double *y) { *y += 1; } void f(double x, double *y) { *y = x; g(y); }", "x", "y")]
    [InlineData("struct v { float x, y; }; struct s { const struct v *at; struct v *to; void *owner; }; void f(const struct s *s) { s->to->x = s->at->y; }", "s.at.y", "s.to.x")]
    [InlineData("struct s { const float *p; int n; }; float f(struct s s) { return s.p[0] + s.p[2]; }", "s.p[0] s.p[1] s.p[2]", "return")]
    [InlineData("struct s { float *p; }; static void g(const struct s *s) { s->p[1] = 0; }\n#pragma nsc extent(s.p, 2)\nfloat f(const struct s *s) { g(s); return s->p[0]; }", "s.p[0]", "return s.p[1]")]
    [InlineData("struct s { float *p; };\n#pragma nsc extent(a.p, 2)\nfloat f(struct s a[2]) { return a[0].p[1] * a[1].p[0]; }", "a[0].p[1] a[1].p[0]", "return")]
    [InlineData("float f(const float *p) { float s = 0; for (int i = 2; i > 0; i--) for (int j = 0; j < i; j++) s += p[i - j]; return s; }", "p[0] p[1] p[2]", "return")]
    [InlineData("#include \"vendor.h\"\n#pragma warning(disable: 4996)\ndouble f(double x) { TRACE(1, \"x %g\", x); TRACE(\"again\"); return 2 * x; }", "x", "return")]
    [InlineData("static int fail(const char *format, ...);\n#pragma nsc\ndouble f(double x) { if (x > 0.5) fail(\"%g is too large\", x); return 2 * x; }", "x", "return")]
    [InlineData("void f(const double **m, double **y) { for (int i = 0; i < 2; i++) y[i][0] += m[i][1]; }", "m[0][1] m[1][1] y[0][0] y[1][0]", "y[0][0].next y[1][0].next")]
    [InlineData("static double g(const double *r) { return r[1]; }\n#pragma nsc extent(m, 2)\n#pragma nsc extent(m[], 3)\ndouble f(double **m) { return g(m[0]) + m[1][2]; }", "m[0][1] m[1][2]", "return")]
    [InlineData("static double g(double **m, int n) { return m[0][n] * m[n][1]; }\n#pragma nsc extent(m, 2)\ndouble f(double **m) { return g(m, 1); }", "m[0][1] m[1][1]", "return")]
    [InlineData("struct s { double x; int (*read)(void); }; int f(const struct s *p) { return p->read == 0 ? -1 : p->x > 0; }", "p.x", "return")]
    [InlineData("struct v { double x, y; }; double f(const struct v *p) { return p[0].x * p[2].y; }", "p[0].x p[0].y p[1].x p[1].y p[2].x p[2].y", "return")]
    [InlineData("struct v { double x, y; }; double f(const struct v *p) { return (*p).x * p->y; }", "p.x p.y", "return")]
    [InlineData("#include \"hal.h\"\nextern htim_t timer; struct s { lock_t lock; bus_t *bus; double x; }; double f(struct s *p) { return p->x * 2; }", "p.x", "return")]
    [InlineData("#include <stdlib.h>\nstruct s { double m, i, v; }; void f(struct s *s, double x) { if (!(s->i > 0)) abort(); s->v += x / s->m; }", "s.m s.i s.v x", "s.v.next")]
    public void The_dataflow_tells_which_way_values_go(string source, string inputs, string outputs)
    {
        ProgramSignature signature = Load(source);
        Assert.Equal(inputs, string.Join(' ', signature.Inputs.Select(i => i.Name)));
        Assert.Equal(outputs, string.Join(' ', signature.Outputs.Select(o => o.Name)));
    }

    [Theory]
    [InlineData("static double total; double f(double x) { total += x; return total; }", "x total", "return total.next")]
    [InlineData("double f(double x) { static double last = 1; double d = x - last; last = x; return d; }", "x last", "return last.next")]
    [InlineData("double gain = 2; double f(double x) { return x * gain; }", "x", "return")]
    [InlineData("static double gain = 2; void set(double g) { gain = g; } double f(double x) { return x * gain; }", "x gain", "return")]
    [InlineData("static double h[2]; double f(double x) { double y = x + h[0] - h[1]; h[1] = h[0]; h[0] = x; return y; }", "x h[0] h[1]", "return h[0].next h[1].next")]
    [InlineData("static struct { double a, b; } s; double f(double x) { s.a = x; return x + s.b; }", "x s.b", "return s.a")]
    [InlineData("#include <stdio.h>\nstruct in { double v, w; }; struct in in; double gain = 2; int verbose; static double zero; double f(double x) { if (verbose) puts(\"f\"); return x * gain + in.v + zero; }", "x in.v", "return")]
    [InlineData("static volatile unsigned short b[2]; double f(double x) { return x * (b[0] + b[1]); }", "x b[0] b[1]", "return")]
    public void What_outlives_a_call_is_state_unless_nothing_writes_it(string source, string inputs, string outputs)
    {
        ProgramSignature signature = Load(source, FrontEndOptions.Default with { Functions = ["f"] });
        Assert.Equal(inputs, string.Join(' ', signature.Inputs.Select(i => i.Name)));
        Assert.Equal(outputs, string.Join(' ', signature.Outputs.Select(o => o.Name)));
    }

    [Fact]
    public void Extents_and_fixed_values_come_from_options_and_from_pragmas()
    {
        const string Mean = "float f(const float *p, int n) { float s = 0; for (int i = 0; i < n; i++) s += p[i]; return s / n; }";
        var options = FrontEndOptions.Default with { Extents = FrontEndOptions.Default.Extents.Add("p", 3), Fixed = FrontEndOptions.Default.Fixed.Add("n", 3) };
        ProgramSignature byOption = Load(Mean, options);
        Assert.Equal(["p[0]", "p[1]", "p[2]"], byOption.Inputs.Select(i => i.Name));
        Assert.Equal([new FixedVariable("n", 3)], byOption.Fixed);
        ProgramSignature byPragma = Load("#pragma nsc extent(p, 3)\n#pragma nsc fix(n, 3)\n" + Mean);
        Assert.Equal(byOption.Inputs, byPragma.Inputs);
    }

    [Theory]
    [InlineData("#pragma nsc extent(q, 3)\ndouble f(double x) { return x; }", "unknown-parameter")]
    [InlineData("#pragma nsc fix(n, 2.5)\ndouble f(double x, int n) { return x * n; }", "unfit-value")]
    [InlineData("#pragma nsc extent(p, 0)\ndouble f(double *p) { return *p; }", "extent")]
    [InlineData("#pragma nsc ignore(z)\nvoid f(double x, double *y) { *y = x; }", "unknown-output")]
    [InlineData("#pragma nsc ignore(return)\nvoid f(double x, double *y) { *y = x; }", "unknown-output")]
    [InlineData("#pragma nsc ignore(y)\nvoid f(double x, double *y) { *y = x; }", "no-outputs")]
    public void A_binding_that_cannot_be_is_refused(string source, string id)
    {
        var (programs, diagnostics) = ClangTesting.Load(source);
        Assert.Empty(programs);
        Assert.Contains(diagnostics, d => d.Id == id && d.Severity == Severity.Error);
    }

    [Theory]
    [InlineData("ignore(return)", "int f(double x, double *y) { *y = x * 2; return 0; }", "x", "y")]
    [InlineData("ignore(y)", "double f(double x, double *y) { *y += x; return *y; }", "x y", "return")]
    [InlineData("ignore(y.next)", "double f(double x, double *y) { *y += x; return *y; }", "x y", "return")]
    [InlineData("ignore(y[1])", "void f(double x, double y[3]) { y[0] = x; y[1] = 1; y[2] = 2 * x; }", "x", "y[0] y[2]")]
    [InlineData("ignore(return.b)", "struct s { double a, b; }; struct s f(double x) { struct s r = { x, 1 }; return r; }", "x", "return.a")]
    [InlineData("ignore(calls)", "static int calls; double f(double x) { calls = 1; return x; }", "x", "return")]
    public void Outputs_can_be_left_out(string pragma, string source, string inputs, string outputs)
    {
        ProgramSignature signature = Load($"#pragma nsc {pragma}\n{source}");
        Assert.Equal(inputs, string.Join(' ', signature.Inputs.Select(i => i.Name)));
        Assert.Equal(outputs, string.Join(' ', signature.Outputs.Select(o => o.Name)));
    }

    [Fact]
    public void A_function_whose_outputs_are_left_out_is_not_replaced_in_its_file()
    {
        CProgram program = ClangTesting.LoadOne("#pragma nsc ignore(return)\nint f(double x, double *y) { *y = x * 2; return 0; }");
        Assert.Null(program.DropIn);
        Assert.Contains("'return' is left out", program.DropInObstacle, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_one_value_and_keeps_it_is_no_output()
    {
        ProgramSignature signature = Load("#pragma nsc fix(v[1], 3)\ndouble f(double v[2]) { v[0] *= v[1]; return v[0] + 1; }");
        Assert.Equal(["v[0]"], signature.Inputs.Select(i => i.Name));
        Assert.Equal(["return", "v[0].next"], signature.Outputs.Select(o => o.Name));
    }

    [Fact]
    public void A_pointer_in_a_structure_can_be_null()
    {
        const string Source = "struct s { double a; const double *scale; };\n#pragma nsc fix(p.scale, 0)\ndouble f(const struct s *p) { return p->scale ? p->a * *p->scale : 2 * p->a; }";
        CProgram program = ClangTesting.LoadOne(Source);
        Assert.Equal(["p.a"], program.Signature.Inputs.Select(i => i.Name));
        Assert.Equal([new FixedVariable("p.scale", 0)], program.Signature.Fixed);
        Assert.Null(program.DropIn);
        CProgram again = Assert.Single(ClangFrontEnd.LoadUnit("f.c", program.Source, FrontEndOptions.For(program.Signature), ClangTesting.Toolchain, []));
        Assert.Equal(program.Signature.Inputs, again.Signature.Inputs);
    }

    [Fact]
    public void A_callback_that_is_tested_first_is_taken_for_null_and_one_that_is_not_must_be_known()
    {
        const string Head = "struct s { double x; void (*done)(double); };\n";
        CProgram program = Assert.Single(ClangTesting.Load(Head + "double f(struct s *p) { if (p->done) p->done(p->x); return 2 * p->x; }").Programs);
        Assert.Equal([new FixedVariable("p.done", 0)], program.Signature.Fixed);
        DiagnosticBag refused = ClangTesting.Load(Head + "double f(struct s *p) { p->done(p->x); return 2 * p->x; }").Diagnostics;
        Assert.Contains(refused, d => d.Id == "function-pointer" && d.Severity == Severity.Error && d.Hint == "say which function it is by --fix p.done=FUNCTION, or that it is null by --fix p.done=0");
    }

    [Fact]
    public void Rows_are_read_again_as_they_were()
    {
        var options = FrontEndOptions.Default with { Extents = FrontEndOptions.Default.Extents.Add("m", 2).Add("m[]", 3) };
        CProgram program = Assert.Single(ClangTesting.Load("static double g(double **m) { return m[1][2]; } double f(double **m, double x) { return g(m) * x; }", options with { Functions = ["f"] }).Programs);
        Assert.Equal(["m[1][2]", "x"], program.Signature.Inputs.Select(i => i.Name));
        CProgram again = Assert.Single(ClangFrontEnd.LoadUnit("f.c", program.Source, FrontEndOptions.For(program.Signature), ClangTesting.Toolchain, []));
        Assert.Equal(program.EntrySource, again.EntrySource);
    }

    [Fact]
    public void A_callee_that_nobody_defines_is_said_before_that_there_are_no_inputs() =>
        Assert.Equal(["unresolved-call"], ClangTesting.Ids(ClangTesting.Load("int adc_read(int channel); double f(void) { return adc_read(3) * 0.1; }").Diagnostics));

    [Theory]
    [InlineData("char t[20]; snprintf(t, 20, \"%g\", x); return strlen(t) * x;")]
    [InlineData("static char t[20]; sprintf(t, \"%g\", x); return x;")]
    [InlineData("char t[20]; if (snprintf(t, 20, \"%g\", x) > 3) x = 1; return x;")]
    public void A_text_that_something_reads_is_not_left_out(string body) =>
        Assert.Contains("input-output", ClangTesting.Ids(ClangTesting.Load($"#include <stdio.h>\n#include <string.h>\ndouble f(double x) {{ {body} }}").Diagnostics));

    [Fact]
    public void A_unit_that_is_kept_as_text_says_what_its_signature_says()
    {
        const string Source = """
            static double level; void reset(double l) { level = l; }
            #pragma nsc extent(w, 2)
            #pragma nsc fix(n, 4)
            #pragma nsc ignore(return)
            #pragma nsc input(level, 1, 1e6, log)
            int f(double *v, const double *w, int n, double unused) { if (*v > level) *v += w[1] * n; return 1; }
            """;
        CProgram first = Assert.Single(ClangTesting.Load(Source, FrontEndOptions.Default with { Functions = ["f"] }).Programs);
        string text = Assert.Single(ClangFrontEnd.TextsOf([first], ClangTesting.Toolchain));
        Assert.DoesNotContain("# ", text, StringComparison.Ordinal);
        var diagnostics = new DiagnosticBag();
        CProgram again = Assert.Single(ClangFrontEnd.LoadUnit("f.c", text, FrontEndOptions.Default, ClangTesting.Toolchain, diagnostics));
        Assert.False(diagnostics.HasErrors);
        Assert.Equal(first.Signature.Inputs, again.Signature.Inputs);
        Assert.Equal(first.Signature.Outputs, again.Signature.Outputs);
        Assert.Equal(first.Signature.Ignored, again.Signature.Ignored);
    }

    [Fact]
    public void A_unit_that_was_stored_is_read_as_before()
    {
        const string Source = "static double level; void reset(double l) { level = l; } void f(double *v, const double *w, int n, double unused) { if (*v > level) *v += w[1] * n; }";
        var options = FrontEndOptions.Default with
        {
            Functions = ["f"], Extents = FrontEndOptions.Default.Extents.Add("w", 2), Fixed = FrontEndOptions.Default.Fixed.Add("n", 4),
        };
        var (programs, _) = ClangTesting.Load(Source, options);
        CProgram first = Assert.Single(programs);
        var diagnostics = new DiagnosticBag();
        CProgram again = Assert.Single(ClangFrontEnd.LoadUnit("f.c", first.Source, FrontEndOptions.For(first.Signature), ClangTesting.Toolchain, diagnostics));
        Assert.Empty(diagnostics);
        Assert.Equal(first.Signature.Inputs, again.Signature.Inputs);
        Assert.Equal(first.Signature.Outputs, again.Signature.Outputs);
        Assert.Equal(first.EntrySource, again.EntrySource);
    }

    private static ProgramSignature Load(string source, FrontEndOptions? options = null)
    {
        var (programs, diagnostics) = ClangTesting.Load(source, options);
        Assert.False(diagnostics.HasErrors, string.Join("\n", diagnostics));
        return Assert.Single(programs).Signature;
    }

    [Fact]
    public void A_number_that_no_file_defines_is_an_input_and_a_note_says_so()
    {
        var (programs, diagnostics) = ClangTesting.Load("extern double gain, other;\nextern int level;\nvoid log_it(void);\ndouble f(double x) { if (level > 2) ; return gain * x; }");
        Assert.Equal(["x", "gain"], Assert.Single(programs).Signature.Inputs.Select(i => i.Name));
        Assert.Equal(["left-out", "unknown-variable"], ClangTesting.Ids(diagnostics).Order());
        Assert.All(diagnostics, d => Assert.Equal(Severity.Note, d.Severity));
    }

    [Theory]
    [InlineData("extern double table[]; double f(int i) { return table[i]; }")]
    [InlineData("struct s { double a; }; extern struct s s[]; double f(double x) { return s[0].a * x; }")]
    [InlineData("extern const double g; double f(double x) { return g * x; }")]
    public void Other_variables_that_no_file_defines_are_refused(string source) =>
        Assert.Contains("undefined-global", ClangTesting.Ids(ClangTesting.Load(source).Diagnostics));

    [Theory]
    [InlineData("a[n][n]", "a[0][0] a[0][1] a[1][0] a[1][1]", 2)]
    [InlineData("a[][n]", "a[0][0] a[0][1] a[1][0] a[1][1]", 2, 2)]
    [InlineData("(*a)[n]", "a[0][0] a[0][1] a[1][0] a[1][1]", 2, 2)]
    [InlineData("a[3][n]", "a[0][0] a[0][1] a[1][0] a[1][1] a[2][0] a[2][1]", 3)]
    [InlineData("a[n][1]", "a[0][0] a[1][0]", 2)]
    [InlineData("a[n][n]", "a[0][0] a[0][1] a[1][0] a[1][1] a[2][0] a[2][1]", 3, 3)] // What the user says wins.
    public void Lengths_of_arrays_may_be_parameters_with_one_value(string declarator, string inputs, int rows, int extent = 0)
    {
        var options = FrontEndOptions.Default with { Fixed = ImmutableDictionary<string, double>.Empty.Add("n", 2) };
        options = extent == 0 ? options : options with { Extents = ImmutableDictionary<string, int>.Empty.Add("a", extent) };
        string source = $"double f(int n, const double {declarator}) {{ double s = 0; for (int i = 0; i < {rows}; i++) for (unsigned j = 0; j < sizeof *a / 8; j++) s += a[i][j]; return s * n; }}";
        Assert.Equal(inputs, string.Join(' ', ClangTesting.LoadOne(source, options).Signature.Inputs.Select(i => i.Name)));
    }

    [Theory]
    [InlineData("double f(const float *p, float *q) { q[1] = p[2] + *p; q[0] = 1 + p[1]; return 0 * q[0]; }", "p[0] p[1] p[2]")]
    [InlineData("double f(const double p[]) { return p[1] * p[0]; }", "p[0] p[1]")]
    [InlineData("double f(const double *x) { return *x; }", "x[0]")]
    public void Constant_subscripts_tell_how_far_a_pointer_reaches_and_a_note_says_so(string source, string inputs)
    {
        var (programs, diagnostics) = ClangTesting.Load(source);
        Assert.Equal(inputs, string.Join(' ', Assert.Single(programs).Signature.Inputs.Select(i => i.Name)));
        Assert.Equal(["extent-by-use"], ClangTesting.Ids(diagnostics));
    }

    [Theory]
    [InlineData("double f(const double *p, int n) { return p[0] + p[n]; }")]
    [InlineData("double f(const double *p, int n) { double s = 0; while (n-- > 0) s += *p++; return s; }")]
    [InlineData("double f(const double *p, double x) { double s = *p++; if (x > 0) s += p[4000]; return s; }")]
    [InlineData("static double g(const double *p, int i) { return p[i]; } double f(const double *p, int n) { return p[0] + g(p, n); }")]
    [InlineData("double f(const double *p) { return p[1000]; }")]
    public void Pointers_that_are_used_otherwise_need_an_extent(string source) =>
        Assert.Contains("missing-extent", ClangTesting.Ids(ClangTesting.Load(source, FrontEndOptions.Default with { Functions = ["f"] }).Diagnostics));
}
