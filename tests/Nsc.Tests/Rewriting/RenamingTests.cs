using Nsc.FrontEnd.Rewriting;

namespace Nsc.Tests.Rewriting;

public class RenamingTests
{
    private const string Orbit = """
        #include <math.h>
        #define TURN 6.283185307
        #define SCALED(value) ((value) * TURN)
        enum mode { SLOW = 1, FAST = 3 };
        typedef struct { double radius, angle; } polar;
        static double wrapped(double angle) { return angle - TURN * floor(angle / TURN); }
        #pragma nsc input(p.radius, 1, 2)
        #pragma nsc input(mode, 1, 3)
        double height(polar p, int mode) {
            double sine = sin(wrapped(SCALED(p.angle)));
            if (mode > SLOW) goto fast;
            return p.radius * sine;
        fast:
            return (polar){ .radius = p.radius }.radius * FAST * fabs(sine);
        }
        """;

    [Fact]
    public void Types_fields_parameters_locals_macros_labels_and_ranges_get_new_names()
    {
        RewrittenUnit renamed = RewritingTesting.Rewrite("renaming", Orbit);
        string[] gone = ["TURN", "SCALED", "mode", "SLOW", "FAST", "polar", "radius", "angle", "wrapped", "height", "sine", "fast"];
        Assert.All(gone, name => Assert.DoesNotMatch($@"\b{name}\b", renamed.Source));
        Assert.Equal(["height", "wrapped"], renamed.Touched.Order());
        Assert.Matches($@"\b{renamed.NameOf("height")}\(", renamed.Source);
        RewritingTesting.AssertKept("renaming", Orbit);
    }

    [Fact]
    public void What_others_declare_keeps_its_name()
    {
        const string Source = """
            #define _GNU_SOURCE
            #include <math.h>
            #ifndef M_PI
            #define M_PI 3.0
            #endif
            double cbrt(double);
            double f(double nsc, double input) { double exp = cbrt(input); return M_PI * exp + sqrt(nsc * nsc); }
            """;
        string renamed = RewritingTesting.Rewrite("renaming", Source).Source;
        Assert.All(["_GNU_SOURCE", "M_PI", "cbrt", "sqrt", "exp"], name => Assert.Matches($@"\b{name}\b", renamed));
        Assert.DoesNotMatch(@"\bnsc\b", renamed);
        RewritingTesting.AssertKept("renaming", Source);
    }

    [Fact]
    public void A_pragma_keeps_its_own_words_even_when_variables_have_them()
    {
        const string Source = "#pragma nsc input(input, 2, 3)\ndouble pragma(double input, double nsc) { return input * nsc; }\n";
        Assert.Matches(@"^#pragma nsc input\([a-z]_\d+, 2, 3\)\n", RewritingTesting.Rewrite("renaming", Source).Source);
        RewritingTesting.AssertKept("renaming", Source);
    }

    [Fact]
    public void Names_that_macros_paste_together_are_left_alone()
    {
        const string Source = "#define FIELD(n) part_##n\ndouble f(double part_1) { return FIELD(1) * 2; }\n";
        RewrittenUnit renamed = RewritingTesting.Rewrite("renaming", Source);
        Assert.Equal(Source, renamed.Source);
        Assert.Empty(renamed.Touched);
    }

    [Fact]
    public void The_same_seed_gives_the_same_text_and_another_seed_another_one()
    {
        Assert.All(SourceRewriting.All.Where(r => r.Name is "renaming" or "reformatting"), r => Assert.Equal(
            (true, false),
            (RewritingTesting.Rewrite(r.Name, Orbit).Source == RewritingTesting.Rewrite(r.Name, Orbit).Source,
             RewritingTesting.Rewrite(r.Name, Orbit).Source == RewritingTesting.Rewrite(r.Name, Orbit, seed: 2).Source)));
    }
}
