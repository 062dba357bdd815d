using Nsc.Core.Diagnostics;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Parsing;
using Nsc.Tests.FrontEnd;

namespace Nsc.Tests.FrontEnd.Rewriting;

public class ReformattingTests
{
    private const string Source = """
        #include <math.h>
        #define LONG(a, b) \
            ((a) + \
             (b)) // two lines
        #pragma nsc input(x, 0, 2)
        double f(const double x[2], int n) {
            double s = 0; /* sum */ char c = '"';
            for (int i = 0; i<2; i++) s += x[i]- -1.5e-3*.5; // from 0
        #if 0
            this isn't C
        #else
            s = LONG(s, n) / +c;
        #endif
            return n-->0 ? s : -s;
        }
        """;

    [Fact]
    public void Tokens_stay_and_the_space_between_them_changes()
    {
        string text = RewritingTesting.Rewrite("reformatting", Source).Source;
        Assert.NotEqual(RewritingTesting.UnitOf(Source), text);
        Assert.Equal(Spellings(RewritingTesting.UnitOf(Source)), Spellings(text));
        RewritingTesting.AssertKept("reformatting", Source);
    }

    private static IEnumerable<string> Spellings(string source) =>
        ClangFrontEnd.Tokenize("program.c", source, ClangTesting.Toolchain, new DiagnosticBag()).Select(t => t.Spelling);
}
