// Functions of the C library that units define themselves give what the library gives.

using System.Diagnostics;
using Nsc.FrontEnd.Slicing.Library;

namespace Nsc.Tests.FrontEnd;

public sealed class LibraryDefinitionsTests : IDisposable
{
    private const string Comparison = """
        #define _GNU_SOURCE
        #include <math.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        DEFINITIONS
        static int differs(double a, double b) { return memcmp(&a, &b, sizeof a) && !(a != a && b != b); }
        static int order(const void *a, const void *b) { float x = *(const float *)a, y = *(const float *)b; return (x > y) - (x < y); }
        static int compare(double x)
        {
            int e = 5, f = 5, bad; double i, j, s, c, t, d; float g, h, y = (float)x;
            bad = differs(frexp(x, &e), own_frexp(x, &f)) || (isfinite(x) && e != f);
            bad |= (differs(frexpf(y, &e), own_frexpf(y, &f)) || (isfinite(y) && e != f)) << 1;
            bad |= (differs(modf(x, &i), own_modf(x, &j)) || differs(i, j)) << 2;
            bad |= (differs(modff(y, &g), own_modff(y, &h)) || differs(g, h)) << 3;
            sincos(x, &s, &c); own_sincos(x, &t, &d);
            bad |= (differs(s, t) || differs(c, d)) << 4;
            bad |= (fabs(x) < 1e14 && (differs(remquo(x, 0.7, &e), own_remquo(x, 0.7, &f)) || (e & 7) != (f & 7))) << 5;
            bad |= (x > -1e14 && x < 1e14 && (differs(lgamma_r(x, &e), own_lgamma_r(x, &f)) || (isfinite(lgamma(x)) && e != f))) << 6;
            if (bad) printf("%g: %d\n", x, bad);
            return bad;
        }
        int main(void)
        {
            static const double special[] = { 0, -0.0, 1, -1, 0.5, 2, 4, 1e300, 1e-300, 5e-324, 2.2250738585072014e-308, 2.2250738585072009e-308, 1.7976931348623157e308, 7.9999999999999991,
                1024, 1023.9999999999999, 0.49999999999999994, INFINITY, -INFINITY, NAN, 1.4e-45, 1.1754942e-38, 3.4028234e38 };
            float v[7] = { 3, -1, 3, 0, 9, -7, 2 }, w[7];
            int bad = 0;
            for (unsigned k = 0; k < sizeof special / sizeof *special; k++) bad |= compare(special[k]);
            srand48(1);
            for (int k = 0; k < 20000; k++) bad |= compare(ldexp(drand48() - 0.5, (int)(drand48() * 200) - 100));
            memcpy(w, v, sizeof v); qsort(v, 7, sizeof *v, order); own_qsort(w, 7, sizeof *w, order);
            return bad || memcmp(v, w, sizeof v);
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("nsc-test-").FullName;

    [Fact]
    public void They_give_what_the_library_gives()
    {
        string[] names = ["frexp", "frexpf", "modf", "modff", "sincos", "remquo", "lgamma_r", "qsort"];
        string definitions = LibraryDefinitions.For(string.Join(' ', names)).Split('\n', 2)[1];
        definitions = names.Aggregate(definitions, (text, name) => text.Replace($" {name}(", $" own_{name}(", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(_folder, "a.c"), Comparison.Replace("DEFINITIONS", definitions, StringComparison.Ordinal));
        Assert.Equal((0, ""), Run("gcc", "-O2", "-w", "a.c", "-o", "a", "-lm"));
        Assert.Equal((0, ""), Run(Path.Combine(_folder, "a")));
    }

    [Fact]
    public void A_unit_defines_what_it_calls_and_lacks()
    {
        Assert.Equal("", LibraryDefinitions.For("double f(double x) { return sin(x); }"));
        Assert.Equal("", LibraryDefinitions.For("static double modf(double x, double *y) { return 0; } double f(double x) { double y; return modf(x, &y); }"));
        string definitions = LibraryDefinitions.For("double f(double x) { double y; return modf(x, &y); }");
        Assert.Contains("double modf(double", definitions, StringComparison.Ordinal);
        Assert.DoesNotContain("frexp", definitions, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private (int, string) Run(string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
