// What functions answer whose headers are not there: what is guessed of these has to mean what it means in the projects that have it.

using Nsc.Core.Surrogates;
using Nsc.Tests.Cli;

namespace Nsc.Tests.FrontEnd.Preprocessing;

public sealed class MissingHeaderTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    // What counts its calls tells how often an argument is evaluated.
    [Theory]
    [InlineData("__SSAT", "__SSAT(next() + 40000, 16)", 32767)]
    [InlineData("__SSAT", "__SSAT(next() + 0, 16)", 1)]
    [InlineData("__USAT", "__USAT(next() - 9, 8)", 0)]
    [InlineData("__CLZ", "__CLZ(next())", 31)]
    [InlineData("min", "min(next(), 5)", 1)]
    [InlineData("max", "max(min(next(), 5), -1)", 1)]
    [InlineData("constrain", "constrain(next(), 0, 9)", 1)]
    [InlineData("clamp_val", "clamp_val(next(), 3, 9)", 3)]
    [InlineData("sq", "sq(next() + 1)", 4)]
    [InlineData("DIV_ROUND_CLOSEST", "DIV_ROUND_CLOSEST(next() * 100, 40)", 3)]
    [InlineData("_IQsat", "_IQsat(next(), 9, 2)", 2)]
    public void A_guessed_macro_evaluates_its_argument_once(string name, string expression, double answer)
    {
        string said = Compile($"#include <board.h>\nstatic int calls;\nstatic int next(void) {{ return ++calls; }}\nint f(int x) {{ calls = 0; int y = {expression}; return y + 1000000 * (calls - 1) + x; }}\n");
        Assert.Contains(name, said, StringComparison.Ordinal);
        Assert.Equal(answer, LinkedFilesTests.AnswerOf(_work["s"], "0")[0]);
    }

    [Theory]
    [InlineData("unsigned f(unsigned x) { return DIV_ROUND_CLOSEST(x * 100, 800u); }", "0", 0)]
    [InlineData("unsigned f(unsigned x) { return DIV_ROUND_CLOSEST(x * 100, 800u); }", "4", 1)]
    [InlineData("int f(int x) { return DIV_ROUND_CLOSEST(x * 100, 800); }", "-5", -1)]
    [InlineData("gdouble f(gdouble x) { g_return_val_if_fail (x >= 0, -7.0); return 2 * x; }", "-1", -7)]
    [InlineData("VOID WINAPI g(FLOAT *y) { *y *= 2; }\nFLOAT f(FLOAT x) { g(&x); return x; }", "3", 6)]
    [InlineData("_iq f(_iq x) { return _IQmpy(x, _IQ(0.5)); }", "-3", -2)]
    [InlineData("float f(float x) { float y; arm_sqrt_f32(x, &y); return y + arm_cos_f32(0); }", "9", 4)]
    [InlineData("int f(int x) { switch (x) { case CHAN_A: return 10; case CHAN_B: return 20; default: return 0; } }", "1", 20)]
    [InlineData("int f(int x) { return x > 0 ? x : -EINVAL; }", "-1", -22)]
    [InlineData("int f(int x) { if (x < 0) nrerror(\"negative\"); return x; }", "4", 4)]
    public void What_is_guessed_means_what_it_means_elsewhere(string function, string inputs, double answer)
    {
        Compile($"#include <board.h>\n{function}\n");
        Assert.Equal(answer, LinkedFilesTests.AnswerOf(_work["s"], inputs)[0]);
    }

    [Theory]
    [InlineData("struct value { int32_t whole; }; void f(struct sensor_value *v, int x) { v->val1 = (int32_t)(x / 10); v->val2 = (int32_t)(x % 10); }", "v.val1 v.val2", "sensor_value = { int32_t val1; int32_t val2; }", "57", 5)]
    [InlineData("float f(Vector2 v) { return v.x + 10 * v.y; }", "return", "Vector2 = { double x; double y; }", "2,3", 32)]
    [InlineData("t_real f(t_real x) { return x / 2; }", "return", "t_real = double", "3", 1.5)]
    [InlineData("int f(t_mask x) { t_mask y = x << 1; return y & 6; }", "return", "t_mask = long", "3", 6)]
    [InlineData("struct own { double k; };\ndouble f(const struct device *dev, double x) { const struct own *own = dev->data; return own->k * x; }", "return", "device = { void * data; }", "3,4", 12)]
    public void A_type_of_a_missing_header_is_what_the_file_does_with_it(string function, string outputs, string guess, string inputs, double answer)
    {
        string said = Compile($"#include <stdint.h>\n#include <board.h>\n{function}\n");
        Assert.Contains(guess, said, StringComparison.Ordinal);
        Assert.Equal(outputs, string.Join(' ', SurrogateFile.Load(_work["s"]).Signature.Outputs.Select(o => o.Name)));
        Assert.Equal(answer, LinkedFilesTests.AnswerOf(_work["s"], inputs)[0]);
    }

    [Fact]
    public void A_header_without_a_guard_may_include_a_missing_one_twice()
    {
        _work.Write("a.h", "#include <vendor.h>\nstruct pid { TIM_Handle *timer; double k; };\n");
        Compile("#include <vendor.h>\n#include \"a.h\"\ndouble f(const struct pid *p, double x) { return p->k * x; }\n");
        Assert.Equal([12], LinkedFilesTests.AnswerOf(_work["s"], "3,4"));
    }

    [Fact]
    public void A_function_of_the_section_that_one_file_of_a_program_reads_is_found()
    {
        const string Library = """
            double scale(double x);
            #ifdef TINY_IMPLEMENTATION
            static double half(double x) { return x / 2; }
            double scale(double x)
            {
                return half(x);
            }
            #endif
            """;
        Outcome compiled = Workplace.Run("compile", _work.Write("tiny.h", Library), "--function", "scale", "-o", _work["s"], "--init", "random", "--model", _work.Model);
        Assert.Contains("TINY_IMPLEMENTATION is defined", compiled.Error, StringComparison.Ordinal);
        Assert.Equal([2], LinkedFilesTests.AnswerOf(_work["s"], "4"));
    }

    [Fact]
    public void A_pointer_that_is_only_handed_on_is_null_and_it_is_said()
    {
        string said = Compile("struct s { double k; void (*changed)(void *owner, double k); void *owner; };\ndouble f(struct s *s, double x) { s->k += x; if (s->changed) s->changed(s->owner, s->k); return s->k; }\n");
        Assert.Contains("'f' does not say what 's.owner' points to: taken for null", said, StringComparison.Ordinal);
        Assert.Equal(7, LinkedFilesTests.AnswerOf(_work["s"], "3,4")[0]);
    }

    private string Compile(string source)
    {
        Outcome compiled = Workplace.Run("compile", _work.Write("f.c", source), "--function", "f", "-o", _work["s"], "--init", "random", "--model", _work.Model);
        Assert.True(compiled.ExitCode == 0, compiled.Error);
        return compiled.Error;
    }
}
