// What a function reaches by addresses: elements that no subscript names, and members that nothing names.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;

namespace Nsc.Tests.FrontEnd;

public class ReachTests
{
    private const string Vector = "typedef struct { float x, y, z; } V;\n";

    [Theory]
    [InlineData("float f(const float *a, const float *b, int n) { float s = 0; while (n-- > 0) s += *a++ * *b++; return s; }", "a[0] a[1] a[2] b[0] b[1] b[2]", "return")]
    [InlineData("float f(const float *h) { const float *p = h; float s = 0; int k = 2; do { s += *p++; } while (--k); return s; }", "h[0] h[1]", "return")]
    [InlineData("void f(const double *x, double *y, int n) { for (const double *end = x + n; x != end; ) *y++ = 2 * *x++; }", "x[0] x[1] x[2]", "y[0] y[1] y[2]")]
    [InlineData("double f(double (*m)[2], int n) { double s = 0, (*r)[2] = m; while (n--) s += (*r++)[1]; return s; }", "m[0][1] m[1][1] m[2][1]", "return")]
    [InlineData("#include <stdlib.h>\n#include <string.h>\ndouble f(const double *x, int n) { double *t = malloc(n * sizeof *t), s; memcpy(t, x, n * sizeof *t); s = t[0]; free(t); return s; }", "x[0] x[1] x[2]", "return")]
    [InlineData("struct s { const double *x, *y; }; double f(const struct s *s, int n) { const double *p = s->x; double t = 0; for (int j = 0; j < n; j++) t += p[j]; return t; }", "s.x[0] s.x[1] s.x[2]", "return")]
    [InlineData("double f(double *a, const double *x, int n) { double s = 0; int i, o = 1 + n; a -= o; --x; for (i = 1; i <= n; i++) s += a[i + n] * x[i]; return s; }", "a[0] a[1] a[2] x[0] x[1] x[2]", "return")]
    [InlineData("struct m { double **rows; }; double f(const struct m *m) { double s = 0; for (int i = 0; i < 2; i++) s += m->rows[i][1]; return s; }", "m.rows[0][1] m.rows[1][1]", "return")]
    public void Constants_tell_how_far_pointers_walk(string source, string inputs, string outputs) => Check(source, inputs, outputs, "extent-by-use");

    [Theory]
    [InlineData("double f(const double *x, int n) { int k = 0; double last = 0; do last = *x++ - last; while (last > 0 && ++k < n); return last; }")]
    [InlineData("double f(const double *x, int n) { int k = 0; while (k < n - 1 && x[k] < x[k + 1]) k++; return x[k]; }")]
    public void Where_data_decide_an_only_length_tells(string source)
    {
        var (programs, diagnostics) = ClangTesting.Load(source, WithLength);
        Assert.Equal("x[0] x[1] x[2]", string.Join(' ', Assert.Single(programs).Signature.Inputs.Select(i => i.Name)));
        Assert.Equal("'x' is taken to have 3 elements, since 'n' is 3", Assert.Single(diagnostics, d => d.Id == "extent-by-length").Message);
    }

    [Theory]
    [InlineData("float f(const V *v) { const float *p = (const float *)v; return p[0] * p[2]; }", "v.x v.z")]
    [InlineData("float f(const V *v) { const float *p = &v->x; return p[0] + p[1] * p[2]; }", "v.x v.y v.z")]
    [InlineData("static float g(const float *p) { return p[0] + p[2]; } float f(const V *v) { return g(&v->x); }", "v.x v.z")]
    [InlineData("#include <string.h>\nfloat f(const V *v) { float t[3]; memcpy(t, v, sizeof t); return t[0] * t[1]; }", "v.x v.y")]
    [InlineData("#include <string.h>\nfloat f(V v) { float t[3]; memcpy(t, &v.y, 2 * sizeof *t); return t[0] * t[1]; }", "v.y v.z")]
    [InlineData("struct pair { V a, b; };\nfloat f(const struct pair *p) { const float *q = (const float *)p; return q[1] * q[3]; }", "p.a.y p.b.x")]
    [InlineData("float f(const V *v) { V w = *v; return w.x + w.z; }", "v.x v.z")]
    public void Members_are_inputs_that_addresses_lead_to(string source, string inputs)
    {
        CProgram program = Assert.Single(ClangTesting.Load(Vector + source).Programs);
        Assert.Equal(inputs, string.Join(' ', program.Signature.Inputs.Select(i => i.Name)));
    }

    [Theory]
    [InlineData("union u { struct { float x, y, z; }; float e[3]; };", "p->e[0] * p->e[2]", "p.e[0] p.e[1] p.e[2]")]
    [InlineData("union u { struct { float x, y, z; }; float e[3]; };", "p->x * p->z", "p.x p.z")]
    [InlineData("union u { struct { float x, y; }; struct { float r, g; }; };", "p->g", "p.x p.y")]
    [InlineData("union u { struct { float x, y; }; float e[2]; };", "p->x * p->e[1]", "p.x p.y")]
    public void Of_a_union_what_the_function_uses_is_handed_over(string union, string result, string inputs)
    {
        CProgram program = Assert.Single(ClangTesting.Load($"{union}\nfloat f(const union u *p) {{ return {result}; }}").Programs);
        Assert.Equal(inputs, string.Join(' ', program.Signature.Inputs.Select(i => i.Name)));
    }

    [Fact]
    public void A_pointer_that_is_only_set_is_left_out_and_said()
    {
        const string Source = "struct h { double gain; const char *where; struct h *last; };\nvoid f(struct h *h, double x, double *y) { h->where = __func__; h->last = h; *y = h->gain * x; }";
        var (programs, diagnostics) = ClangTesting.Load(Source);
        ProgramSignature signature = Assert.Single(programs).Signature;
        Assert.Equal(["h.gain", "x"], signature.Inputs.Select(i => i.Name));
        Assert.Equal(["y"], signature.Outputs.Select(o => o.Name));
        Assert.Equal(["h.last", "h.where"], signature.Ignored);
        Assert.Equal(2, diagnostics.Count(d => d.Id == "pointer-left-out"));
        Assert.Contains("'h.last' is left out", programs[0].DropInObstacle, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pointer_to_void_is_what_the_function_takes_it_for_that_it_is_handed_to()
    {
        const string Source = "static double bell(double x, void *u) { return x * *(double *)u; }\ndouble f(double (*g)(double, void *), void *u, double a) { return g(a, u) + g(2 * a, u); }";
        CProgram program = ClangTesting.LoadOne(Source, FrontEndOptions.Default with { Functions = ["f"], Bound = ImmutableDictionary<string, string>.Empty.Add("g", "bell") });
        Assert.Equal(["u", "a"], program.Signature.Inputs.Select(i => i.Name));
    }

    [Theory]
    [InlineData("static twice(x) int x; { return x + x; }\ndouble f(double x, int n) { return x * twice(n); }", 2, 3, 12)]
    [InlineData("static double g(long *p) { return p ? 1 : 2; }\ndouble f(double x, int n) { return x * n + g((int *)0); }", 2, 3, 8)]
    [InlineData("#include <xmmintrin.h>\nfloat f(float x, float y) { __m128 a = _mm_set_ps(0, 0, y, x), m = _mm_mul_ps(a, a); return _mm_cvtss_f32(_mm_add_ss(m, _mm_shuffle_ps(m, m, 1))); }", 2, 3, 13)]
    [InlineData("unsigned long f(unsigned long x, unsigned long y) { return x > y ? x - y : 0; }", 3, 5, 0)]
    [InlineData("unsigned long f(unsigned long x, unsigned long y) { return x > y ? x - y : 0; }", 7, 5, 2)]
    [InlineData("unsigned long f(unsigned long x, unsigned long y) { unsigned long s = x - 9 + y; return (s < x - 9 ? ~0ul : s) >> 60; }", 3, 7, 15)]
    [InlineData("#include \"f2c.h\"\nstatic doublereal half = .5;\ndoublereal f(doublereal *x, doublereal *y) { double d_sign(doublereal *, doublereal *); doublereal a; a = abs(*x); return d_sign(&a, y) + d_sign(&half, x); }", -1.75, 2, 1.25)]
    public void Old_C_and_vector_instructions_compute(string source, double x, double y, double expected)
    {
        CProgram program = Assert.Single(ClangTesting.Load(source, FrontEndOptions.Default with { Functions = ["f"] }).Programs);
        var graph = GraphBuilder.Build(program, ClangTesting.Toolchain, GraphOptions.Default, []);
        Assert.Equal(expected, Assert.Single(new GraphEvaluator(graph!).EvaluateOutputs([x, y], 1)));
    }

    private static FrontEndOptions WithLength => FrontEndOptions.Default with { Fixed = ImmutableDictionary<string, double>.Empty.Add("n", 3) };

    private static void Check(string source, string inputs, string outputs, string note)
    {
        var (programs, diagnostics) = ClangTesting.Load(source, source.Contains("int n", StringComparison.Ordinal) ? WithLength : null);
        ProgramSignature signature = Assert.Single(programs).Signature;
        Assert.Equal(inputs, string.Join(' ', signature.Inputs.Select(i => i.Name)));
        Assert.Equal(outputs, string.Join(' ', signature.Outputs.Select(o => o.Name)));
        Assert.Contains(note, ClangTesting.Ids(diagnostics));
    }
}
