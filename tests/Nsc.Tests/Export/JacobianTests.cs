// The derivatives of the exports that need other tools, and those of the command line, are those that nsc computes.

using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Nsc.CommandLine;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine.Search;
using Nsc.Export;
using Nsc.Tests.Cli;
using Nsc.Tests.Core.Surrogates;

namespace Nsc.Tests.Export;

public sealed class JacobianTests : IDisposable
{
    private const int Rows = 37;
    private readonly Workplace _work = new();

    private delegate void Derive(ReadOnlySpan<double> inputs, Span<double> jacobian);

    public static TheoryData<int[], int, int> Shapes => new() { { [], 2, 2 }, { [4], 1, 1 }, { [16, 16], 9, 1 }, { [7, 5, 3], 3, 4 } };

    public void Dispose() => _work.Dispose();

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Onnx_and_C_sharp_agree_with_nsc(int[] hidden, int inputs, int outputs) =>
        AssertAgree(SampleSurrogates.Create(new Topology(inputs, [.. hidden], outputs), seed: 3));

    [Fact]
    public void So_they_do_with_logarithms_and_whole_numbers() => AssertAgree(SampleSurrogates.WithAnswers());

    [Fact]
    public void So_they_do_with_outputs_that_are_learned_by_their_logarithm()
    {
        Surrogate surrogate = SampleSurrogates.WithLogarithms();
        AssertAgree(surrogate);
        AssertAgree(SampleSurrogates.WithLogarithms(new Topology(2, [], 3)));

        // And the outputs themselves.
        double[] inputs = InputSampler.Draw(surrogate.Signature, Rows, new SplitMix64(11));
        using var session = new InferenceSession(OnnxExport.Write(surrogate, Precision.Double));
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("inputs", new DenseTensor<double>(inputs, [Rows, 2]))]);
        AssertClose(surrogate.Answer(inputs), [.. results.Single().AsTensor<double>()], 1e-11);
    }

    [Fact]
    public void Run_shows_derivatives_in_each_form()
    {
        string surrogate = Compiled();
        JsonElement json = Workplace.Run("run", surrogate, "x=0.5", "y=0.25", "--jacobian", "--json").Json;
        double slope = json.GetProperty("jacobian").GetProperty("return").GetProperty("y").GetDouble();
        double Value(double y) => Workplace.Run("run", surrogate, "x=0.5", FormattableString.Invariant($"y={y:R}"), "--json").Json.GetProperty("return").GetDouble();
        Assert.Equal((Value(0.2501) - Value(0.2499)) / 0.0002, slope, 1e-5 * Math.Max(1, Math.Abs(slope)));
        Assert.Equal(Value(0.25), json.GetProperty("outputs").GetProperty("return").GetDouble());
        Assert.Contains("d return / d y = ", Workplace.Run("run", surrogate, "x=0.5", "y=0.25", "--jacobian").Output, StringComparison.Ordinal);
        string table = Workplace.Run("run", surrogate, "--input", _work.Write("rows.csv", "x,y\n0.5,0.25\n1,0\n"), "--jacobian").Output;
        Assert.StartsWith("return,d(return)/d(x),d(return)/d(y)", table, StringComparison.Ordinal);
        Assert.Equal(3, table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData("c", "_surrogate_jacobian")]
    [InlineData("csharp", "void Jacobian(")]
    [InlineData("onnx", "jacobian")]
    public void Export_writes_derivatives_when_asked(string format, string sign)
    {
        string surrogate = Compiled();
        Assert.Equal(0, Workplace.Run("export", surrogate, "--format", format, "-o", _work["plain"]).ExitCode);
        Assert.Equal(0, Workplace.Run("export", surrogate, "--format", format, "--jacobian", "-o", _work["derived"]).ExitCode);
        Assert.DoesNotContain(sign, File.ReadAllText(_work["plain"]), StringComparison.Ordinal);
        Assert.Contains(sign, File.ReadAllText(_work["derived"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_tells_what_decides_an_output()
    {
        string surrogate = Compiled();
        Assert.Equal(0, Workplace.Run("finetune", surrogate, "--samples", "64", "--report", _work["r.html"]).ExitCode);
        JsonElement[] inputs = [.. Workplace.Run("inspect", surrogate, "--sensitivity", "--json").Json.GetProperty("outputs")[0].GetProperty("inputs").EnumerateArray()];
        Assert.Equal(["x", "y"], inputs.Select(i => i.GetProperty("input").GetString()));
        Assert.True(inputs[0].GetProperty("total").GetDouble() > 0.9 && inputs[1].GetProperty("total").GetDouble() < 0.1);
        Assert.Contains("first     total", Workplace.Run("inspect", surrogate, "--sensitivity").Output, StringComparison.Ordinal);
        Assert.Contains("What decides each output", File.ReadAllText(_work["r.html"]), StringComparison.Ordinal);
        Outcome checkpoint = Workplace.Run("inspect", _work.Model, "--sensitivity");
        Assert.True(checkpoint.ExitCode == (int)ExitCode.Usage && checkpoint.Error.Contains("is for surrogates", StringComparison.Ordinal));
    }

    private string Compiled()
    {
        string surrogate = _work["bend.surrogate"];
        Assert.Equal(0, Workplace.Run("compile", _work.Write("bend.c", "#include <math.h>\n#pragma nsc inputs(-1, 1)\ndouble bend(double x, double y) { return 3 * x + 0.2 * y; }\n"), "-o", surrogate, "--model", _work.Model).ExitCode);
        return surrogate;
    }

    private void AssertAgree(Surrogate surrogate)
    {
        (int width, int outputs) = (surrogate.Topology.Inputs, surrogate.Topology.Outputs);
        double[] inputs = InputSampler.Draw(surrogate.Signature, Rows, new SplitMix64(11)), expected = new SurrogateJacobian(surrogate).At(inputs);
        foreach ((Precision precision, double tolerance) in (ReadOnlySpan<(Precision, double)>)[(Precision.Double, 1e-11), (Precision.Single, 1e-4)])
        {
            using var session = new InferenceSession(OnnxExport.Write(surrogate, precision, hasJacobian: true));
            using var results = session.Run([NamedOnnxValue.CreateFromTensor("inputs", new DenseTensor<double>(inputs, [Rows, width]))]);
            Tensor<double> jacobian = results.Single(r => r.Name == "jacobian").AsTensor<double>();
            Assert.Equal([Rows, outputs, width], jacobian.Dimensions.ToArray());
            AssertClose(expected, [.. jacobian], tolerance);

            var derive = CSharpCompiler.Compile(CSharpExport.Write(surrogate, precision, hasJacobian: true), _work["."]).GetType("FSurrogate")!.GetMethod("Jacobian")!.CreateDelegate<Derive>();
            var row = new double[outputs * width];
            derive(inputs.AsSpan(0, width), row);
            AssertClose(expected[..row.Length], row, tolerance);
        }
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance) =>
        Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, tolerance * Math.Max(1, Math.Abs(p.First))));
}
