// A program whose loops have blocks of rows answered prints what it prints when each row is asked for by itself, to the last bit.

using Nsc.Core.Approximation;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Export;
using Nsc.Export.Approximations;
using Nsc.FrontEnd;
using Nsc.Tests.FrontEnd;

namespace Nsc.Tests.Export;

[Trait("speed", "slow")]
public sealed class BlockLoopTests : IDisposable
{
    // Inputs beyond [-1, 1] go to the original, which is another function than its approximation here.
    private const string Source = """
        #include <stdio.h>
        #include <stdlib.h>
        static double f(double x, double y) { return x * y; }

        static double a[100], b[100], c[100];
        static float small[100];
        static signed char bytes[100];
        static double scale = 0.25;

        static void fill(void)
        {
            for (int i = 0; i < 100; i++)
            {
                a[i] = i * 0.0173 - 0.8;
                b[i] = i % 7 == 3 ? 2 + i : 0.9 - i * 0.0117;
                c[i] = 1e9;
                small[i] = (float)a[i];
                bytes[i] = (signed char)(i % 3 - 1);
            }
        }

        static double sum(void)
        {
            double total = scale;
            for (int i = 0; i < 100; i++)
                total += (i + 1) * (a[i] + 3 * b[i] + 7 * c[i] + small[i] + bytes[i]);
            return total;
        }

        static void run(int n, double *out, const double *x)
        {
            LOOP
            (void)out;
            (void)x;
        }

        int main(int argc, char **argv)
        {
            for (int n = 0; n < 60; n++)
            {
                fill();
                run(n, PLACES);
                for (int i = 0; i < 100; i++)
                    printf("%a %a %a %a %d\n", a[i], b[i], c[i], (double)small[i], bytes[i]);
            }
            printf("%a\n", sum());
            return argc > 9 ? atoi(argv[1]) : 0;
        }

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("nsc-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("c, a", "for (int i = 0; i < n; i++) out[i] = f(x[i], b[i]);")] // Of b some are beyond the range.
    [InlineData("c, a", "for (int i = 5; i <= n; ++i) { out[i] = f(x[i], 0.5 * scale); }")]
    [InlineData("a, a", "int i; for (i = 0; i != n; i += 1) out[i] = f(x[i], b[i]); printf(\"%d\\n\", i);")] // In place.
    [InlineData("a + 1, a", "for (int i = 0; i < n; i++) out[i] = f(x[i], b[i]);")] // Each row reads what the one before wrote.
    [InlineData("a + 20, a", "for (int i = 0; i < n; i++) out[i] = f(x[i], b[i]);")]
    [InlineData("a + 33, a", "for (int i = 0; i < n; i++) out[i] = f(x[i], b[i]);")]
    [InlineData("a, a + 1", "for (int i = 0; i < n; i++) out[i] = f(x[i], b[i]);")]
    [InlineData("&scale, a", "for (int i = 0; i < n && i < 1; i++) out[i] = f(x[i], scale);")]
    [InlineData("b, a", "for (int i = 0; i < n; i++) out[i] = f(x[i], b[40]);")] // Row 40 changes what all read.
    [InlineData("c, a", "for (unsigned i = 0; i < (unsigned)n; i++) small[i] = (float)f(small[i], bytes[i]);")]
    [InlineData("c, a", "for (long i = 0; i < n; i++) bytes[i] = (signed char)f(x[i], small[i]);")]
    [InlineData("c, a", "for (int y = 0; y < 3; y++) for (int i = 0; i < n / 3; i++) out[y * 30 + i] = f(x[i + y], i * 0.02 - 0.5);")]
    public void Blocks_of_rows_give_what_single_rows_give(string places, string loop) => AssertSame(Source, places, loop);

    [Theory]
    [InlineData("static void f(double x, double y, double *to) { *to = x * y; }", "f(x[i], b[i], &out[i]);")]
    [InlineData("static int f(double x, double y, double *to) { *to = x * y; return x > y; }", "bytes[i] = f(x[i], b[i], &out[i]);")]
    [InlineData("static int f(double x, double y, double *to) { *to = x * y; return x > y; }", "f(x[i], b[i], &out[i]);")]
    [InlineData("static unsigned char f(double x, float y) { return (unsigned char)(9 + x * y); }", "out[i] = f(x[i], b[i]);")]
    [InlineData("static _Bool f(float x, int n) { return x > n; }", "out[i] = f(x[i], bytes[i]);")]
    public void Answers_have_the_function_s_types_and_places(string function, string statement) =>
        AssertSame(Source.Replace("static double f(double x, double y) { return x * y; }", function, StringComparison.Ordinal), "c, a", $"for (int i = 0; i < n; i++) {statement}");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nets_answer_blocks_with_a_second_opinion_and_without(bool hasSecond) =>
        AssertSame(Source, "c, a", "for (int i = 0; i < n; i++) out[i] = f(x[i], b[i]);", program =>
        {
            Surrogate net = SurrogateEmitter.Random(new NetShape(16, [16, 16]), program, seed: 1, "1.0.0");
            Surrogate steeper = net with { OutputDeviation = [.. net.OutputDeviation.Select(d => 1.5 * d)] }; // Of another opinion where the answer is far from the mean.
            return new NetApproximation(net, new ExportOptions(Guard: hasSecond ? new SurrogateGuard(net, steeper, 0.2) : SurrogateGuard.OfRanges(net)));
        });

    private void AssertSame(string source, string places, string loop, Func<CProgram, IApproximation>? approximate = null)
    {
        string text = source.Replace("PLACES", places, StringComparison.Ordinal).Replace("LOOP", loop, StringComparison.Ordinal);
        CProgram program = ClangTesting.Load(text, FrontEndOptions.Default with { Functions = ["f"] }).Programs.Single();
        Assert.NotEmpty(program.DropIn!.Loops);
        IApproximation approximation = approximate?.Invoke(program) ?? Approximation(program.Signature);
        string rows = Write(program.DropIn), blocks = Write(program.DropIn.ByBlocks());
        Assert.Contains("f_answers_block(nsc_in", blocks, StringComparison.Ordinal);
        Assert.DoesNotContain("f_answers_block", rows, StringComparison.Ordinal);
        foreach (string compiler in (string[])["gcc", ClangTesting.Toolchain.ClangPath])
        {
            string expected = Printed(compiler, "-O1", "c99", rows);
            Assert.NotEqual(Printed(compiler, "-O1", "c99", text), expected);
            Assert.Equal(expected, Printed(compiler, "-O3", "c99", blocks));
            Assert.Equal(expected, Printed(compiler, "-O0", "c17", blocks));
        }

        string Write(DropIn file) => CFile.Write(approximation, file, isGuarded: true, [], []);
    }

    // Not quite the function, so that it shows who has answered.
    private static ChebyshevApproximation Approximation(ProgramSignature signature)
    {
        int[] sizes = [.. signature.Inputs.Select(_ => 3)];
        double[] values = [.. ChebyshevInterpolant.Grid(sizes).Chunk(sizes.Length).SelectMany(p => signature.Outputs.Select((_, k) => 0.5 + (p[0] * p[1]) - (0.1 * k)))];
        return new ChebyshevApproximation(signature, new ApproximationOrigin("1.0.0", new string('a', 64), 9), ChebyshevInterpolant.Through(sizes, signature.Outputs.Length, values));
    }

    private string Printed(string compiler, string level, string standard, string text)
    {
        string file = Path.Combine(_folder, "program.c"), program = Path.Combine(_folder, "program");
        File.WriteAllText(file, text);
        Assert.Equal((0, ""), Tool.Run(compiler, $"-std={standard}", level, "-Wall", "-Wextra", "-Werror", file, "-o", program));
        (int code, string output) = Tool.Run(program);
        Assert.Equal(0, code);
        return output;
    }
}
