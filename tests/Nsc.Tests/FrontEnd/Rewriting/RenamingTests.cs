using Nsc.FrontEnd.Rewriting;

namespace Nsc.Tests.FrontEnd.Rewriting;

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
    public void Types_fields_parameters_locals_constants_and_labels_get_new_names()
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
            #include <math.h>
            double cbrt(double);
            double f(double nsc, double input) { double exp = cbrt(input); return 3 * exp + sqrt(nsc * nsc); }
            """;
        string renamed = RewritingTesting.Rewrite("renaming", Source).Source;
        Assert.All(["cbrt", "sqrt", "exp"], name => Assert.Matches($@"\b{name}\b", renamed));
        Assert.DoesNotMatch(@"\bnsc\b", renamed);
        RewritingTesting.AssertKept("renaming", Source);
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
