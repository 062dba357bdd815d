// The file or the user chooses the function; when neither does, the message says how to.

using Nsc.FrontEnd;

namespace Nsc.Tests.FrontEnd;

public class FunctionChoiceTests
{
    private const string Two = "double f(double x) { return x; } double g(double x) { return -x; }";

    [Theory]
    [InlineData("static double h(double x) { return x; } double f(double x) { return h(x); }", "f")]
    [InlineData("static double h(double x) { return x; }", "h")]
    [InlineData("double f(double x) { return x; }\n#pragma nsc\ndouble g(double x) { return -x; }", "g")]
    [InlineData("double f(double x);\ndouble g(double x) { return -x; }", "g")]
    public void The_file_chooses_its_function(string source, string function) =>
        Assert.Equal(function, ClangTesting.LoadOne(source).Signature.Function);

    [Fact]
    public void A_named_function_is_taken()
    {
        var program = ClangTesting.LoadOne(Two, FrontEndOptions.Default with { Functions = ["g"] });
        Assert.Equal("g", program.Signature.Function);
        Assert.Equal("nsc_entry", program.EntryName);
    }

    [Fact]
    public void An_unknown_function_is_answered_with_the_closest_names()
    {
        var (programs, diagnostics) = ClangTesting.Load(
            "double scale(double x) { return x; } double shift(double x) { return x; }", FrontEndOptions.Default with { Functions = ["scael"] });
        Assert.Empty(programs);
        Assert.Equal("did you mean 'scale'?", Assert.Single(diagnostics).Hint);
    }

    [Fact]
    public void Several_candidates_are_listed()
    {
        var (_, diagnostics) = ClangTesting.Load(Two);
        Assert.Contains("'f' and 'g'", Assert.Single(diagnostics).Message);
        Assert.Contains("--function", Assert.Single(diagnostics).Hint);
    }

    [Fact]
    public void All_functions_means_the_visible_ones()
    {
        var (programs, _) = ClangTesting.Load("static double h(double x) { return x; }" + Two, FrontEndOptions.Default with { AllFunctions = true });
        Assert.Equal(["f", "g"], programs.Select(p => p.Signature.Function));
    }
}
