using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Corpus.Mining;
using Nsc.Corpus.Shards;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Preprocessing.Packages;
using Nsc.Tests.FrontEnd.Execution;

namespace Nsc.Tests.Mining;

/// <summary>Functions as real packages write them, each with what would keep it from being a function of its inputs.</summary>
public sealed class MinedFunctionTests(Sandbox sandbox) : IClassFixture<Sandbox>, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("nsc-test-").FullName;

    [Fact]
    public void What_a_function_that_works_in_place_writes_is_an_input_and_an_output()
    {
        ShardRow row = Only("void turn(double *v) { double x = v[0]; v[0] = x * 0.8 - v[1] * 0.6; v[1] = x * 0.6 + v[1] * 0.8; }");
        Assert.Equal("turn", row.Function);
        Assert.Equal("(v[0], v[1]) -> (v[0].next, v[1].next)", Variables(row));
    }

    [Fact]
    public void Pointers_reach_as_far_as_the_function_goes()
    {
        ShardRow row = Only("double third(const float *p, const float *unused) { return p[0] * p[2]; }");
        Assert.Equal("(p[0], p[2]) -> (return)", Variables(row));
    }

    [Fact]
    public void How_far_a_pointer_is_followed_is_kept_with_the_unit()
    {
        ShardRow row = Only("double ends(const double *p) { double y = 1; for (int i = 0; i < 6; i += 5) y *= p[i]; return y; }");
        Assert.Contains("#pragma nsc extent(p, 6)\n", row.Source, StringComparison.Ordinal);
        Assert.Equal("(p[0], p[5]) -> (return)", Variables(row));
    }

    [Fact]
    public void Of_a_structure_only_the_fields_that_matter_are_inputs()
    {
        ShardRow row = Only("typedef struct { int id; double radius; float unused[40]; } Ball; double volume(Ball *b) { return 4.18879 * b->radius * b->radius * b->radius; }");
        Assert.Equal("(b.radius) -> (return)", Variables(row));
    }

    [Fact]
    public void Members_that_are_no_numbers_are_left_out()
    {
        ShardRow row = Only("""
            typedef struct { unsigned kind : 3; unsigned : 5; void (*draw)(int); union { int i; char *s; } tag; double w, h; struct node *next; double rest[]; } Shape;
            double outline(const Shape *s) { return 2 * s->w + 3 * s->h; }
            """);
        Assert.Equal("(s.w, s.h) -> (return)", Variables(row));
    }

    [Fact]
    public void A_status_that_is_constant_is_no_output()
    {
        ShardRow row = Only("int root(double x, double *y) { if (x < -4000) return 1; *y = x * x + x; return 0; }");
        Assert.Contains("#pragma nsc ignore(return)\n", row.Source, StringComparison.Ordinal);
        Assert.Equal("(x, y[0]) -> (y[0].next)", Variables(row));
    }

    [Fact]
    public void A_count_of_elements_is_taken_for_four()
    {
        ShardRow row = Only("double mean(const double *x, int n) { double s = 0; for (int i = 0; i < n; i++) s += x[i]; return s / n; }");
        Assert.Equal("(x[0], x[1], x[2], x[3]) -> (return)", Variables(row));
        Assert.Contains("#pragma nsc fix(n, 4)\n", row.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_and_errno_are_left_out()
    {
        ShardRow row = Only("""
            #include <errno.h>
            #include <stdio.h>
            void complain(const char *reason, int line);
            double area(double r) { if (r < 0) { errno = EDOM; complain("negative", __LINE__); fprintf(stderr, "%g\n", r); } return 3.14159 * r * r; }
            """);
        Assert.DoesNotContain("complain(\"", row.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_nobody_writes_is_a_constant() =>
        Only("static double table[2] = { 2.5, -1.5 }; double line(double x) { return table[0] * x + table[1]; }");

    [Fact]
    public void Variables_of_one_declaration_stay_together() =>
        Only("static double slope = 2.5, offset = -1.5; double line(double x) { return slope * x + offset; }");

    [Fact]
    public void A_variable_that_is_written_is_an_input_and_an_output()
    {
        ShardRow row = Only("static double state = 1; double next(double x) { state = state * x; return 2 * state; }");
        Assert.Equal("(x, state) -> (return, state.next)", Variables(row));
    }

    [Fact]
    public void A_variable_that_only_others_write_is_an_input_of_the_unit_without_them()
    {
        ShardRow[] rows = [.. Mine("static double gain = 1; void set(double g) { gain = g * g + 1; } double scaled(double x) { return gain * x; }")];
        ShardRow scaled = rows.Single(r => r.Function == "scaled");
        Assert.DoesNotContain("set(", scaled.Source, StringComparison.Ordinal);
        Assert.Equal("(x, gain) -> (return)", Variables(scaled));
    }

    [Fact]
    public void A_variable_that_another_file_writes_is_an_input_whatever_was_read_before()
    {
        Write("b.c", "extern double gain; void set(double g) { gain = g; }");
        Write("c.c", "double gain = 2;");
        Write("d.c", "extern double gain; double squared(double x) { return gain * x * x; }");
        ShardRow[] rows = [.. Mine("extern double gain; double scaled(double x) { return gain * x + 1; }")];
        Assert.Equal(["(x, gain) -> (return)", "(x, gain) -> (return)"], rows.Select(Variables));
    }

    [Fact]
    public void A_function_that_keeps_hundreds_of_numbers_is_none() =>
        Assert.Empty(Mine("static double line[300]; double put(double x, int i) { line[i & 255] = x * x; return line[0] + x; }"));

    [Fact]
    public void A_static_variable_that_nobody_writes_is_a_constant_whatever_others_are_called() =>
        Assert.Equal(
            ["cubic", "scaled"],
            Mine("""
                double cubic(double x) { static double a = 0.25, b = 1.5; return a * x * x * x + b; }
                double scaled(double x) { double a; a = 2 * x; return a * a; }
                """).Select(r => r.Function).Order(StringComparer.Ordinal));

    [Fact]
    public void Library_functions_with_two_results_are_written_with_those_that_have_one()
    {
        ShardRow row = Only("#include <math.h>\ndouble mantissa(double x) { int e; double whole; return frexp(x, &e) + e + modf(x, &whole); }");
        Assert.Contains("double frexp(double nsc_x, int *nsc_e) {", row.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_probability_the_function_on_the_plain_scale_is_taken()
    {
        ShardRow row = Only("#include <math.h>\ndouble q(double p, int lower_tail, int log_p) { if (log_p) p = exp(p); if (!lower_tail) p = 1 - p; return p * (2 - p); }");
        Assert.Contains("#pragma nsc fix(lower_tail, 1)\n#pragma nsc fix(log_p, 0)\n", row.Source, StringComparison.Ordinal);
        Assert.Equal("(p) -> (return)", Variables(row));
    }

    [Fact]
    public void A_series_that_converges_soon_needs_few_iterations() => Only("""
        #include <math.h>
        double series(double x) {
            double sum = 0, term = 1;
            x = 0.01 * sin(x);
            for (int i = 1; fabs(term) > 1e-9 * fabs(sum); i++) { sum += term; term *= x * (1.0 + 0.5 / i) / (1 + x * x) * cos(x) * (1 + 0.1 * sin(sum * x)); }
            return sum;
        }
        """);

    [Fact]
    public void A_function_that_only_copies_computes_nothing() =>
        Assert.Empty(Mine("void copy(const double *a, double *b) { b[0] = a[1]; b[1] = a[0]; }"));

    [Fact]
    public void A_header_that_configuring_makes_is_read_from_its_template()
    {
        Write("settings.h.in", "#define SCALE 2.5\n#define PLACE @prefix@\n");
        Only("#include \"settings.h\"\ndouble scaled(double x) { return SCALE * x + 1; }");
    }

    [Fact]
    public void A_library_that_is_not_there_has_a_stand_in()
    {
        ShardRow row = Only("""
            #include <glib.h>
            G_BEGIN_DECLS
            gdouble mixed(gdouble a, gdouble b, gfloat t) { g_return_val_if_fail(t > 0, 0.0); return a + (b - a) * CLAMP(t, 0, 1) * G_PI; }
            G_END_DECLS
            """);
        Assert.Equal("mixed", row.Function);
    }

    [Fact]
    public void Headers_in_angle_brackets_are_the_packages_own_code()
    {
        Write("include/pkg/vec.h", "struct vec { double x, y; }; static inline double dot(struct vec a, struct vec b) { return a.x * b.x + a.y * b.y; }");
        Assert.Equal(2, Mine("#include <pkg/vec.h>\ndouble norm2(struct vec *a) { return dot(*a, *a); }").Count);
    }

    [Fact]
    public void Tests_of_a_package_are_no_part_of_it()
    {
        Write("tests/check.c", "double helper(double x) { return x * x; }");
        Only("double cube(double x) { return x * x * x; }");
    }

    [Fact]
    public void The_same_text_in_two_files_is_examined_once()
    {
        Write("second.c", "static double half(double x) { return x / 2 + x * x; }");
        Only("static double half(double x) { return x / 2 + x * x; }");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    // As the compiler reads the row's unit.
    private string Variables(ShardRow row)
    {
        var diagnostics = new DiagnosticBag();
        FrontEndOptions options = FrontEndOptions.Covered with { Functions = [row.Function] };
        ProgramSignature signature = Assert.Single(ClangFrontEnd.LoadUnit("unit.c", row.Source, options, sandbox.Toolchain, diagnostics)).Signature;
        Assert.False(diagnostics.HasErrors);
        Assert.Equal(row.Program().Inputs, signature.Inputs);
        Assert.Equal(row.Outputs, signature.Outputs.Length);
        return $"({string.Join(", ", signature.Inputs.Select(i => i.Name))}) -> ({string.Join(", ", signature.Outputs.Select(o => o.Name))})";
    }

    private ShardRow Only(string code) => Assert.Single(Mine(code));

    private IReadOnlyList<ShardRow> Mine(string code)
    {
        Write("code.c", code);
        string corpus = Path.Combine(_root, "corpus");
        ExeStack.Open(corpus).Add(
            new SourcePackage("real", Path.Combine(_root, "real")), "1", 512, 2, sandbox.Toolchain, progress: null, TestContext.Current.CancellationToken);
        return ExeStack.Open(corpus).Load("real");
    }

    private void Write(string name, string text)
    {
        string path = Path.Combine(_root, "real", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
