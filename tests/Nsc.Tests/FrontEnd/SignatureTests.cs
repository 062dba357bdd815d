// Parameters and results flatten to scalars with the names, kinds and default ranges that the program model promises.

using Nsc.Core.Programs;

namespace Nsc.Tests.FrontEnd;

public class SignatureTests
{
    private const string Vector = "typedef struct { float x, y; } vec; ";

    [Theory]
    [InlineData("double f(double x) { return x; }", "x:Double", "return:Double")]
    [InlineData("float f(float x, int n) { return x * n; }", "x:Float n:Int32", "return:Float")]
    [InlineData("double f(const float p[3]) { return p[0]; }", "p[0]:Float p[1]:Float p[2]:Float", "return:Double")]
    [InlineData("double f(const float p[static 2]) { return p[0]; }", "p[0]:Float p[1]:Float", "return:Double")]
    [InlineData("double f(const double m[2][2]) { return m[1][0]; }", "m[0][0]:Double m[0][1]:Double m[1][0]:Double m[1][1]:Double", "return:Double")]
    [InlineData("void f(double x, double out[2]) { out[0] = out[1] = x; }", "x:Double", "out[0]:Double out[1]:Double")]
    [InlineData("int f(double x, double *y) { *y = x; return 0; }", "x:Double", "return:Int32 y:Double")]
    [InlineData("typedef float pair[2]; float f(const pair p) { return p[0]; }", "p[0]:Float p[1]:Float", "return:Float")]
    [InlineData(Vector + "vec f(vec v) { return v; }", "v.x:Float v.y:Float", "return.x:Float return.y:Float")]
    [InlineData(Vector + "float f(const vec *v) { return v->x + v->y; }", "v.x:Float v.y:Float", "return:Float")]
    [InlineData(Vector + "void f(float x, vec *v) { v->x = v->y = x; }", "x:Float", "v.x:Float v.y:Float")]
    [InlineData(Vector + "float f(const vec p[2]) { return p[1].y * p[0].x; }", "p[0].x:Float p[0].y:Float p[1].x:Float p[1].y:Float", "return:Float")]
    [InlineData(Vector + "struct ray { vec origin; double t[2]; }; double f(struct ray r) { return r.t[1] * r.origin.x * r.origin.y; }", "r.origin.x:Float r.origin.y:Float r.t[0]:Double r.t[1]:Double", "return:Double")]
    [InlineData("struct s { struct { int a; }; const int b; }; int f(struct s v) { return v.a + v.b; }", "v.a:Int32 v.b:Int32", "return:Int32")]
    [InlineData("int f(_Bool a, signed char b, unsigned char c, short d) { return a + b + c + d; }", "a:Bool b:Int8 c:UInt8 d:Int16", "return:Int32")]
    [InlineData("long f(unsigned short a, unsigned b, long c, unsigned long long d) { return a + b + c + d; }", "a:UInt16 b:UInt32 c:Int64 d:UInt64", "return:Int64")]
    [InlineData("double _Complex f(float _Complex z) { return z * z; }", "z.re:Float z.im:Float", "return.re:Double return.im:Double")]
    [InlineData("struct s { double _Complex z[2]; }; void f(const struct s *s, float _Complex *w) { *w = s->z[0] * s->z[1]; }", "s.z[0].re:Double s.z[0].im:Double s.z[1].re:Double s.z[1].im:Double", "w.re:Float w.im:Float")]
    [InlineData("void f(double _Complex *z) { *z *= 2; }", "z.re:Double z.im:Double", "z.re.next:Double z.im.next:Double")]
    [InlineData("void f(long double x, long double _Complex *z) { *z = x; }", "x:Double", "z.re:Double z.im:Double")]
    [InlineData("static volatile int ticks; double f(double x) { return x * ticks; }", "x:Double ticks:Int32", "return:Double")]
    [InlineData("static volatile const int ticks = 3; double f(double x) { return x * ticks; }", "x:Double", "return:Double")]
    [InlineData("union u { int i[2]; double d; short s; }; double f(union u u) { return u.d * u.s; }", "u.d:Double", "return:Double")]
    [InlineData("enum mode { slow = -1, fast = 4 }; enum mode f(enum mode m) { return m; }", "m:Int32", "return:Int32")]
    public void A_function_flattens_to_scalars(string source, string inputs, string outputs)
    {
        ProgramSignature signature = ClangTesting.LoadOne(source).Signature;
        Assert.Equal(inputs, string.Join(' ', signature.Inputs.Select(i => $"{i.Name}:{i.Kind}")));
        Assert.Equal(outputs, string.Join(' ', signature.Outputs.Select(o => $"{o.Name}:{o.Kind}")));
    }

    [Theory]
    [InlineData("double", -1, 1)]
    [InlineData("int", -1, 1)]
    [InlineData("unsigned", 0, 1)]
    [InlineData("_Bool", 0, 1)]
    [InlineData("enum { none, some, all = 7 }", 0, 7)]
    public void An_input_without_a_range_gets_its_types_default(string type, double low, double high)
    {
        InputVariable input = ClangTesting.LoadOne($"typedef {type} t; double f(t x) {{ return x; }}").Signature.Inputs[0];
        Assert.Equal(new Interval(low, high), input.Range);
    }

    [Fact]
    public void The_prototype_is_the_declaration_as_written()
    {
        ProgramSignature signature = ClangTesting.LoadOne("static float f(const float p[2], int n) { return p[0] * n; }").Signature;
        Assert.Equal("f", signature.Function);
        Assert.Equal("static float f(const float p[2], int n)", signature.Prototype);
    }
}
