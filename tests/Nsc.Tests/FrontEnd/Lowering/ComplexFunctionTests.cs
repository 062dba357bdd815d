// The functions of complex.h, which a unit defines for itself, give what they are to give. Expected values: Python's cmath.

using Nsc.Core.Dataflow;

namespace Nsc.Tests.FrontEnd.Lowering;

public sealed class ComplexFunctionTests
{
    [Theory]
    [InlineData("cexp(z)", 0.566609028286408, 0.4772482007911177)]
    [InlineData("csqrt(z)", 0.4804046786753803, 0.7285524382590421)]
    [InlineData("clog(z)", -0.272363587720836, 1.9756881130799802)]
    [InlineData("csin(z)", -0.37092780393896435, 0.7247026904232853)]
    [InlineData("ccos(z)", 1.199108751098743, 0.22417681233754289)]
    [InlineData("csinh(z)", -0.23290996731262684, 0.6734255599525789)]
    [InlineData("ccosh(z)", 0.7995189955990348, -0.1961773591614612)]
    [InlineData("ctanh(z)", -0.4697051659675581, 0.72703718624352)]
    [InlineData("cpow(z, w)", 0.6532567934314283, 1.1188271658224693)]
    [InlineData("conj(z) / w", -0.03448275862068968, -1.4137931034482756)]
    [InlineData("z * carg(z) + cabs(w)", -0.05418995321054365, 1.3829816791559861)]
    public void A_function_of_complex_numbers_is_the_librarys(string expression, double re, double im)
    {
        DataflowGraph graph = LlvmTest.Build($"#include <complex.h>\ndouble _Complex f(double _Complex z, double _Complex w) {{ return {expression} + 0 * w * z; }}\n");
        double[] answer = new GraphEvaluator(graph).EvaluateOutputs([-0.3, 0.7, 0.5, -0.2], 1);
        Assert.Equal(re, answer[0], 1e-12);
        Assert.Equal(im, answer[1], 1e-12);
    }
}
