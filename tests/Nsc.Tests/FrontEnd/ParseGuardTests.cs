using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Sources;

namespace Nsc.Tests.FrontEnd;

public sealed class ParseGuardTests
{
    [Theory]
    [InlineData("void f(double *a) { a[0] = 1; a [1] = 2; }")]
    [InlineData("void f(double a[2][2]) { a[0][1] = .5; (a[1])[0] = a[0][0]; }")]
    [InlineData("struct s { double v[2]; }; void f(struct s *p) { p->v[1] = 1; (*p).v[0] = 2; }")]
    [InlineData("static const double t[] = { 1., .5, -.25 };")]
    public void Assignments_and_plain_tables_need_no_trial(string text) => Assert.True(IsHarmless(text));

    [Theory]
    [InlineData("int t[] = { [1000000000] = 1 };")]
    [InlineData("int t[] = { 1, [1000000000] = 1 };")]
    [InlineData("int t[] = { 1,/* */[1000000000] = 1 };")]
    [InlineData("int t[] = { <:1000000000:> = 1 };")]
    [InlineData("int t[] = { [0 ... 1000000000] = 1 };")]
    [InlineData("struct s { int v[1000000000]; } t = { .v[999999999] = 1 };")]
    [InlineData("struct s { int v[1000000000]; } t = { ./* */v[999999999] = 1 };")]
    public void Designators_which_make_arrays_of_any_size_do(string text) => Assert.False(IsHarmless(text));

    private static bool IsHarmless(string text) => ParseGuard.IsHarmless(new SourceText("unit.c", text));
}
