// Habits of real projects, each in a few lines: modules with pointers of their own, contexts handed over as void *, reports with texts that functions
// make, arrays whose lengths callees tell, and headers that are not there.

using System.Collections.Immutable;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;

namespace Nsc.Tests.FrontEnd;

public class ProjectCodeTests
{
    [Theory]
    [InlineData("struct g { double k; }; struct g *gains; void set(struct g *g) { gains = g; } double f(double x) { return gains->k * x; }", "x gains.k", "return")]
    [InlineData("struct p { double *v; const int *on; } *pins; void set(struct p *p) { pins = p; } double f(double x) { return *(pins->v) * x; }", "x pins.v[0]", "return")]
    [InlineData("struct m { struct { unsigned n; } t; }; static struct m m_; struct m *const M = &m_; double f(double x) { M->t.n++; return x; }", "x m_.t.n", "return m_.t.n.next")]
    [InlineData("extern double level[2]; extern unsigned char mode; double f(double x) { if (mode == 1) level[1] = x; return x + level[0]; }", "x level[0] level[1] mode", "return level[1].next")]
    [InlineData("struct s { double k; }; double f(double x, void *p) { struct s *s = (struct s *)p; return s->k * x; }", "x p.k", "return")]
    [InlineData("struct s { double k; }; struct d { void *data; }; double f(double x, const struct d *d) { struct s *s = d->data; return s->k * x; }", "x d.data.k", "return")]
    [InlineData("struct s { double k; }; static double g(void *p) { return ((struct s *)p)->k; } double f(double x, void *p) { return g(p) * x; }", "x p.k", "return")]
    [InlineData("struct r { double x; const char *text; }; struct r f(double x) { struct r r = { 2 * x, x > 0 ? \"high\" : \"low\" }; return r; }", "x", "return.x")]
    [InlineData("double f(double x, const double *flags, void *owner) { (void)flags; (void)owner; return x; }", "x", "return")]
    [InlineData("static double at[2]; double f(const double *p) { double s = 0; for (int i = 0; i < 2; i++) s += p[i] * at[i]; __builtin_memcpy(at, p, sizeof at); return s; }",
        "p[0] p[1] at[0] at[1]", "return at[0].next at[1].next")]
    [InlineData("static double dot(const double *a, const double *b, int n) { double s = 0; for (int i = 0; i < n; i++) s += a[i] * b[i]; return s; } double f(const double *p, const double *q) { return dot(p, q, 3); }",
        "p[0] p[1] p[2] q[0] q[1] q[2]", "return")]
    [InlineData("double f(double *v) { --v; return v[1] + v[2]; }", "v[0] v[1]", "return")]
    [InlineData("double f(double x) { static double y; y = 2 * x; return y; }", "x", "return")]
    [InlineData("static double t[] = { 1, 2 }; double look(const double *t, int i) { return t[i]; } double f(double x) { return x * look(t, 1); }", "x", "return")]
    [InlineData("#include <stdio.h>\nstatic char line[9]; char *text(double x) { sprintf(line, \"%g\", x); return line; } void trace(int level, const char *format, ...); double f(double x) { trace(4, \"%s\", text(x)); return x; }",
        "x", "return")]
    [InlineData("#include \"board.h\"\nint f(int x) { LED_TOGGLE(LED_RED); return 2 * x; }", "x", "return")]
    [InlineData("#include \"board.h\"\nint f(int x) { int y = 2 * x; pwm_write(3, y); return y; }", "x", "return")]
    [InlineData("#include \"board.h\"\nstatus_t f(int x, float *y) { if (!y) return STATUS_INVALID; *y = x * PI; return STATUS_OK; }", "x", "return y")]
    [InlineData("#include \"board.h\"\nsint16 f(sint32 x) { return x > LIMIT ? 1 : 0; }", "x LIMIT", "return")]
    [InlineData("union u { struct { unsigned lo : 5, hi : 11; } part; unsigned short raw; };\n#pragma nsc input(u.raw, 0, 65535)\nint f(union u u) { return u.raw >> 3; }", "u.raw", "return")]
    [InlineData("struct n; typedef double (*act)(const struct n *n, double a); struct n { double k; act a; }; static double lin(const struct n *n, double a) { return n->k * a; }\n#pragma nsc fix(n.a, lin)\ndouble f(const struct n *n, double x) { return n->a(n, x); }",
        "n.k x", "return")]
    [InlineData("#include <stdint.h>\nuint32_t systick_get(void); static uint32_t last; double f(double x) { uint32_t now = systick_get(); double dt = (now - last) * 1e-3; last = now; return x * dt; }", "x systick_get_now last", "return last.next")]
    [InlineData("#include \"Arduino.h\"\nstatic unsigned long last; float f(float x) { float dt = millis() - last; last = millis(); return x / dt; }", "x millis_now last", "return last.next")]
    [InlineData("static double out[2]; double *f(double x) { out[0] = x; out[1] = 2 * x; return out; }", "x", "out[0] out[1]")]
    [InlineData("double *f(double x) { static double out[2]; out[0] = x; out[1] = 2 * x; return out; }", "x", "out[0] out[1]")]
    [InlineData("struct q { double v[2]; }; struct q *f(struct q *q, int order, double x) { if (order > 0) return 0; q->v[0] = x; return q; }", "q.v[0] order x", "q.v[0].next")]
    [InlineData("struct base { double step; }; struct arm { double length; struct base base; }; double f(struct base *b, double x) { struct arm *a = (struct arm *)((char *)b - __builtin_offsetof(struct arm, base)); return a->length * x + b->step; }",
        "b.length b.base.step x", "return")]
    [InlineData("struct base { double step; }; struct arm { struct base base; double length; }; double f(struct base *b, double x) { struct arm *a = (struct arm *)b; return a->length * x + b->step; }",
        "b.base.step b.length x", "return")]
    [InlineData("#include <math.h>\nstatic const struct { float limit; int level; } t[] = { { 1, 3 }, { HUGE_VALF, 4 } }; int f(float x) { for (int i = 0; ; i++) if (x < t[i].limit) return t[i].level; }", "x", "return")]
    [InlineData("struct c { double tab[20]; int n; }; double f(const struct c *c, double x) { return c->tab[3] * x; }", "c.tab[3] x", "return")]
    [InlineData("struct s { const double *v; int n; };\n#pragma nsc fix(s.n, 3)\ndouble f(const struct s *s) { int n = s->n, i; double t; for (i = 0, t = 0; i < n; i++) t += s->v[i]; return t; }", "s.v[0] s.v[1] s.v[2]", "return")]
    [InlineData("#include <errno.h>\nint f(int x) { errno = x; return 2 * x; }", "x", "return")]
    [InlineData("#include \"os.h\"\nstruct s { lock_t lock; double x; }; double f(struct s *s, double y) { mutex_lock(&s->lock); s->x += y; mutex_unlock(&s->lock); return s->x; }", "s.x y", "return s.x.next")]
    [InlineData("#include \"semphr.h\"\nstatic SemaphoreHandle_t m; double f(double x) { if (xSemaphoreTake(m, pdMS_TO_TICKS(5)) != pdTRUE) return 0; x *= 2; xSemaphoreGive(m); return x; }", "x", "return")]
    [InlineData("struct c; struct p { struct c *context; double k; }; int p_errno_set(const struct p *p, int e); double f(const struct p *p, double x) { if (x < 0) { p_errno_set(p, 3); return 0; } return p->k * x; }", "p.k x", "return")]
    public void A_function_of_a_project_is_taken_as_it_stands(string source, string inputs, string outputs)
    {
        CProgram program = Load(source);
        Assert.Equal(inputs, string.Join(' ', program.Signature.Inputs.Select(i => i.Name)));
        Assert.Equal(outputs, string.Join(' ', program.Signature.Outputs.Select(o => o.Name)));
        CProgram again = Assert.Single(ClangFrontEnd.LoadUnit("f.c", program.Source, FrontEndOptions.For(program.Signature), ClangTesting.Toolchain, []));
        Assert.Equal(program.Signature.Inputs, again.Signature.Inputs);
        Assert.Equal(program.Signature.Outputs, again.Signature.Outputs);
        Assert.Equal(program.EntrySource, again.EntrySource);
    }

    [Fact]
    public void What_has_one_value_and_is_written_keeps_that_value_for_later_verbs()
    {
        const string Source = "static int mode; double f(double x) { if (x > 0) mode = 3; return mode == 2 ? x : -x; }";
        CProgram program = Load(Source, FrontEndOptions.Default with { Fixed = FrontEndOptions.Default.Fixed.Add("mode", 2) });
        Assert.Equal([new FixedVariable("mode", 2)], program.Signature.Fixed);
        CProgram again = Assert.Single(ClangFrontEnd.LoadUnit("f.c", program.Source, FrontEndOptions.For(program.Signature), ClangTesting.Toolchain, []));
        Assert.Equal(program.EntrySource, again.EntrySource);
        Assert.Contains("mode = (int)2", again.EntrySource, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#pragma nsc fix(g, twice)\n", "double f(double x, double (*g)(double)) { return g(x) + g(1); }", "x", "g")]
    [InlineData("#pragma nsc fix(o.g, twice)\n", "struct o { double k; double (*g)(double); }; double f(double x, const struct o *o) { return o->k * o->g(x); }", "x o.k", "o.g")]
    [InlineData("#pragma nsc fix(hook, twice)\n", "static double (*hook)(double); void set(double (*g)(double)) { hook = g; } double f(double x) { return hook(x); }", "x", "hook")]
    public void A_pointer_to_a_function_can_be_bound_to_one_of_the_project(string pragma, string source, string inputs, string name)
    {
        const string Head = "static double half(double x) { return x / 2; }\nstatic double twice(double x) { return 4 * half(x); }\n";
        CProgram program = Load(Head + source.Replace("double f(", pragma.Length > 0 ? "\n" + pragma + "double f(" : "double f(", StringComparison.Ordinal));
        Assert.Equal(inputs, string.Join(' ', program.Signature.Inputs.Select(i => i.Name)));
        Assert.Equal([new FixedVariable(name, 0) { Function = "twice" }], program.Signature.Fixed);
        Assert.Contains($"'{name}' is taken for 'twice'", program.DropInObstacle, StringComparison.Ordinal);
        CProgram byOption = Load(Head + source, FrontEndOptions.Default.WithFixed(program.Signature.Fixed));
        Assert.Equal(program.EntrySource, byOption.EntrySource);
        CProgram again = Assert.Single(ClangFrontEnd.LoadUnit("f.c", program.Source, FrontEndOptions.For(program.Signature), ClangTesting.Toolchain, []));
        Assert.Equal(program.EntrySource, again.EntrySource);
        Assert.NotNull(GraphBuilder.Build(again, ClangTesting.Toolchain, GraphOptions.Default, []));
    }

    [Theory]
    [InlineData("lost", "unknown-function")]
    [InlineData("twice", "unknown-parameter", "double f(double x) { return x; }")]
    public void A_binding_to_no_function_or_of_no_pointer_is_refused(string function, string id, string source = "double f(double x, double (*g)(double)) { return g(x); }")
    {
        var options = FrontEndOptions.Default.WithFixed([new FixedVariable("g", 0) { Function = function }]) with { Functions = ["f"] };
        var (programs, diagnostics) = ClangTesting.Load("static double twice(double x) { return 2 * x; }\n" + source, options);
        Assert.Empty(programs);
        Assert.Contains(id, ClangTesting.Ids(diagnostics));
    }

    [Theory]
    [InlineData("static void stop(const char *why) { fprintf(stderr, \"%s\", why); exit(1); }", true)]
    [InlineData("__attribute__((noreturn)) void stop(const char *why);", true)]
    [InlineData("static void stop(const char *why) { if (!why) return; fprintf(stderr, \"%s\", why); }", false)]
    public void What_ends_the_process_is_told_from_what_only_reports(string stop, bool ends)
    {
        var (programs, diagnostics) = ClangTesting.Load($"#include <stdio.h>\n#include <stdlib.h>\n{stop}\n#pragma nsc input(x, -1, 1)\ndouble f(double x) {{ if (x < 0) stop(\"negative\"); return x; }}");
        Assert.Contains(ends ? "'stop' ends the process" : "'stop' is left out", Assert.Single(diagnostics, d => d.Id == "effect-left-out" && d.Message.Contains("stop", StringComparison.Ordinal)).Message, StringComparison.Ordinal);
        Assert.Single(programs);
    }

    [Fact]
    public void A_macro_of_a_missing_header_that_may_write_to_a_variable_is_refused()
    {
        var (programs, diagnostics) = ClangTesting.Load("#include \"board.h\"\nint f(int x) { BOUND(x, 0, 1); return x; }");
        Assert.Empty(programs);
        Assert.True(diagnostics.HasErrors);
    }

    [Fact]
    public void A_function_that_gives_a_pointer_with_its_numbers_is_not_replaced_in_its_file()
    {
        CProgram program = Load("struct r { double x; const char *text; }; struct r f(double x) { struct r r = { x, \"\" }; return r; }");
        Assert.Contains("'return.text' is left out", program.DropInObstacle, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("static double area(double x) { return x; }", false)]
    public void A_pointer_can_be_bound_to_a_function_that_only_one_other_file_may_use(string second, bool isBound)
    {
        string folder = Directory.CreateTempSubdirectory("nsc-").FullName;
        File.WriteAllText(Path.Combine(folder, "circle.c"), "static double area(double x) { return 3 * x * x; }\ndouble (*const circle)(double) = area;\n");
        File.WriteAllText(Path.Combine(folder, "square.c"), second + "\n");
        string path = Path.Combine(folder, "f.c");
        var options = FrontEndOptions.Default with { Project = FrontEndOptions.Default.Project with { Root = folder, With = [Path.Combine(folder, "circle.c"), Path.Combine(folder, "square.c")] }, Bound = ImmutableDictionary<string, string>.Empty.Add("s.area", "area") };
        var (programs, diagnostics) = ClangTesting.Load("struct s { double (*area)(double); double x; }; double f(const struct s *s) { return s->area(s->x); }", options, path);
        Directory.Delete(folder, recursive: true);
        Assert.Equal(isBound ? "taken-from" : "unknown-function", ClangTesting.Ids(diagnostics)[0]);
        Assert.Equal(isBound, programs.Any(p => p.Source.Contains("3 * x * x", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_header_of_the_project_that_no_flag_finds_is_read_from_where_it_is()
    {
        string folder = Directory.CreateTempSubdirectory("nsc-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "include", "drive"));
        File.WriteAllText(Path.Combine(folder, "include", "drive", "gain.h"), "#define GAIN 2.5\n");
        File.WriteAllText(Path.Combine(folder, "own.h"), "#define OWN 3\n");
        string path = Path.Combine(folder, "f.c");
        var options = FrontEndOptions.Default with { Project = FrontEndOptions.Default.Project with { Root = folder } };
        var (programs, diagnostics) = ClangTesting.Load("#include <drive/gain.h>\n#include <own.h>\n#include \"../../lost.h\"\ndouble f(double x) { return x * GAIN + OWN; }", options, path);
        Directory.Delete(folder, recursive: true);
        Assert.Equal(["header-of-project", "header-of-project", "missing-header"], ClangTesting.Ids(diagnostics).Order(StringComparer.Ordinal));
        Assert.Contains("x * 2.5 + 3", Assert.Single(programs).Source, StringComparison.Ordinal);
    }

    private static CProgram Load(string source, FrontEndOptions? options = null)
    {
        var (programs, diagnostics) = ClangTesting.Load(source, (options ?? FrontEndOptions.Default) with { Functions = ["f"] });
        Assert.Empty(diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.ToString()));
        return Assert.Single(programs);
    }
}
