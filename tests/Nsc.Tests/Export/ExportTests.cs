using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine.Trainers;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Export;
using Nsc.FrontEnd;
using Nsc.Tests.FrontEnd;
using Nsc.Tests.FrontEnd.Lowering;

namespace Nsc.Tests.Export;

/// <summary>Every export computes what nsc computes.</summary>
public sealed class ExportTests : IDisposable
{
    private const int Rows = 203; // Whole blocks, and a rest.
    private readonly string _folder = Directory.CreateTempSubdirectory("nsc-test-").FullName;

    public static TheoryData<string, int> Programs => new()
    {
        { "float f(const float p[9]) { return p[0] * p[8]; }", 16 },
        { "double f(double x) { return x * x; }", 5 },
        { "#pragma nsc input(p, 1, 1e9, log)\n#pragma nsc input(n, 1, 100, log)\ndouble f(double p, double x, int n) { return p * n + x; }", 16 },
        { "#pragma nsc inputs(-3, 40)\nvoid f(float x, int n, float out[3]) { out[0] = x; out[1] = n; out[2] = x * n; }", 16 },
        { "struct v { double x, y; }; struct v f(const struct v *a, struct v b) { struct v r = {a->x + b.x, a->y * b.y}; return r; }", 24 },
    };

    /// <summary>Outputs of whole numbers: of a type, of few values, and a number between them.</summary>
    [Fact]
    public void Every_export_answers_with_whole_numbers()
    {
        const string Source = "#include <stdbool.h>\nstruct r { bool hit; double t; signed char level; int code; unsigned count; };\nstruct r f(double x) { struct r v = { x > 0, x, (signed char)x, x > 0 ? 3 : -1, 0u }; return v; }";
        Surrogate surrogate = NewSurrogate(Source, 16, seed: 6) with { OutputValues = [[], [], [], [-1, 0, 3], []], OutputMean = [0, 0, 0, 0, 0], OutputDeviation = [50, 1, 800, 60, 900] };
        double[] inputs = InputSampler.Draw(surrogate.Signature, Rows, new SplitMix64(3)), numbers = new SurrogateEvaluator(surrogate).Evaluate(inputs);

        // Between the two numbers in the middle of each output its answers differ.
        double[] middles = [.. Enumerable.Range(0, 5).Select(k => numbers.Where((_, i) => i % 5 == k).Order().Skip(Rows / 2).Take(2).Average())];
        surrogate = surrogate with { OutputMean = [.. middles.Zip([0.5, 0, 127, 1, -3], (middle, about) => about - middle)] };
        double[] expected = surrogate.Answer(inputs);
        double[] Column(int k) => [.. expected.Where((_, i) => i % 5 == k).Distinct().Order()];
        Assert.Equal([0, 1], Column(0));
        Assert.True(Column(2) is [.., 127] level && level.All(v => v is >= -128 and <= 127 && v == Math.Floor(v)));
        Assert.Equal([-1, 0, 3], Column(3));
        Assert.True(Column(4)[0] == 0 && Column(4).Length > 1);
        foreach (Precision precision in (Precision[])[Precision.Single, Precision.Double])
        {
            nint library = Compile(CExport.Write(surrogate, new ExportOptions(surrogate.Program.DropIn, SurrogateGuard.OfRanges(surrogate), precision)), "gcc", "-Wall", "-Wextra", "-Werror");
            var batch = new double[expected.Length];
            Function<Batch>(library, "f_surrogate_batch")(inputs, batch, Rows);
            AssertClose(surrogate, expected, batch);
            var row = new double[5];
            Function<One>(library, "f_surrogate")(inputs[^1..], row);
            AssertClose(surrogate, expected[^5..], row);
            NativeLibrary.Free(library);

            using var session = new InferenceSession(OnnxExport.Write(surrogate, precision));
            using var results = session.Run([NamedOnnxValue.CreateFromTensor("inputs", new DenseTensor<double>(inputs, [Rows, 1]))]);
            AssertClose(surrogate, expected, [.. results.Single().AsEnumerable<double>()]);

            AssertClose(surrogate, expected, CSharpExport.Evaluate(surrogate, inputs, precision));
            var evaluate = CSharpCompiler.Compile(CSharpExport.Write(surrogate, precision), _folder).GetType("FSurrogate")!.GetMethod("Evaluate")!.CreateDelegate<EvaluateRow>();
            evaluate(inputs.AsSpan()[^1..], row);
            AssertClose(surrogate, expected[^5..], row);
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void C_with_either_compiler_agrees(string source, int width)
    {
        Surrogate surrogate = NewSurrogate(source, width, seed: 1);
        (double[] inputs, double[] expected) = Evaluate(surrogate);
        foreach (string compiler in (string[])["gcc", ClangTesting.Toolchain.ClangPath])
        {
            nint library = Compile(CExport.Write(surrogate, new ExportOptions()), compiler);
            var batch = new double[expected.Length];
            Function<Batch>(library, "f_surrogate_batch")(inputs, batch, Rows);
            AssertClose(surrogate, expected, batch);
            var one = Function<One>(library, "f_surrogate");
            var single = new double[surrogate.Topology.Outputs];
            for (int row = 0; row < Rows; row++)
            {
                one(inputs[(row * surrogate.Topology.Inputs)..], single);
                AssertClose(surrogate, expected.AsSpan(row * single.Length, single.Length).ToArray(), single);
            }

            NativeLibrary.Free(library);
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void C_with_16_bit_weights_computes_the_rounded_surrogate(string source, int width)
    {
        Surrogate precise = NewSurrogate(source, width, seed: 8), rounded = StoredWeights.Round(precise, WeightFormat.Float16)!;
        Assert.InRange(StoredWeights.Moved(precise, rounded, seed: 1), 1e-8, 2e-3);
        (double[] inputs, double[] expected) = Evaluate(rounded);
        nint library = Compile(CExport.Write(rounded, new ExportOptions(Weights: WeightFormat.Float16)), "gcc");
        var batch = new double[expected.Length];
        Function<Batch>(library, "f_surrogate_batch")(inputs, batch, Rows);
        AssertClose(rounded, expected, batch);
        NativeLibrary.Free(library);
    }

    [Theory]
    [InlineData(0, 0f)]
    [InlineData(1, 5.9604645e-8f)] // The least of all, which has no leading one.
    [InlineData(0x03ff, 6.097555e-5f)]
    [InlineData(0x3c00, 1f)]
    [InlineData(0xc000, -2f)]
    [InlineData(0x7bff, 65504f)]
    public void A_16_bit_float_is_read_without_hardware(int bits, float value)
    {
        Surrogate linear = NewSurrogate("double f(double x) { return x; }", 4, seed: 1) with { OutputMean = [0], OutputDeviation = [1] };
        Topology shape = linear.Topology with { Hidden = [] };
        linear = linear with { Topology = shape, Layers = [new Layer([0], [(float)BitConverter.UInt16BitsToHalf((ushort)bits)])] };
        nint library = Compile(CExport.Write(linear, new ExportOptions(Weights: WeightFormat.Float16)), "gcc");
        double[] result = [1];
        Function<One>(library, "f_surrogate")([0.5], result);
        Assert.Equal(value, (float)result[0]);
        NativeLibrary.Free(library);
    }

    [Fact]
    public void A_weight_that_is_too_large_for_16_bits_is_noticed()
    {
        Surrogate surrogate = NewSurrogate("double f(double x) { return x; }", 4, seed: 1);
        Assert.Null(StoredWeights.Round(surrogate with { Layers = [surrogate.Layers[0] with { Bias = [70000, 0, 0, 0] }, .. surrogate.Layers[1..]] }, WeightFormat.Float16));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Onnx_runtime_agrees(string source, int width)
    {
        Surrogate surrogate = NewSurrogate(source, width, seed: 2);
        (double[] inputs, double[] expected) = Evaluate(surrogate);
        using var session = new InferenceSession(OnnxExport.Write(surrogate));
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("inputs", new DenseTensor<double>(inputs, [Rows, surrogate.Topology.Inputs]))]);
        AssertClose(surrogate, expected, [.. results.Single().AsEnumerable<double>()]);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void The_function_itself_is_replaced(string source, int width)
    {
        Surrogate surrogate = NewSurrogate(source, width, seed: 3);
        var options = new ExportOptions(surrogate.Program.DropIn, new SurrogateGuard(surrogate, NewSurrogate(source, width, seed: 7), 0.1));
        nint library = Compile(CExport.Write(surrogate, options), "gcc", "-Werror", "-Wno-unknown-pragmas");
        Assert.True(NativeLibrary.TryGetExport(library, "f", out _) && NativeLibrary.TryGetExport(library, "f_original", out _));
        NativeLibrary.Free(library);
    }

    [Fact]
    public void A_guarded_function_calls_the_original_out_of_range()
    {
        const string Source = "#pragma nsc input(x, 0, 10)\nint f(double x) { return (int)(7 * x); }";
        Surrogate surrogate = NewSurrogate(Source, 16, seed: 4) with { OutputMean = [1e9], OutputDeviation = [1e-3] };
        nint library = Compile(CExport.Write(surrogate, new ExportOptions(surrogate.Program.DropIn, SurrogateGuard.OfRanges(surrogate))), "gcc");
        var f = Function<Whole>(library, "f");
        Assert.Equal((77, -7, 1_000_000_000), (f(11), f(-1), f(5)));
        NativeLibrary.Free(library);
    }

    /// <summary>With -ffast-math a compiler believes that every number is one; the guard asks for the bits.</summary>
    [Theory]
    [InlineData("gcc", "-Ofast")]
    [InlineData("gcc", "-ffast-math")]
    [InlineData("clang", "-Ofast")]
    [InlineData("clang", "-ffast-math")]
    public void What_is_no_number_or_out_of_range_stays_the_original_s_to_the_bit_whatever_the_compiler_believes(string compiler, string option)
    {
        const string Source = "#pragma nsc input(x, 0, 10)\n#pragma nsc input(y, 0, 10)\ndouble f(double x, float y) { return x + 0 * y; }";
        Surrogate surrogate = NewSurrogate(Source, 16, seed: 4) with { OutputMean = [1e9], OutputDeviation = [1e-3] };
        nint library = Compile(
            CExport.Write(surrogate, new ExportOptions(surrogate.Program.DropIn, SurrogateGuard.OfRanges(surrogate))),
            compiler == "gcc" ? compiler : ClangTesting.Toolchain.ClangPath, option, "-Wno-unused-parameter", "-Wno-unknown-pragmas", "-w");
        var f = Function<Mixed>(library, "f");
        double[] odd = [double.NaN, BitConverter.Int64BitsToDouble(0x7ff8_0000_dead_beef), double.PositiveInfinity, double.NegativeInfinity, 10.000000000000002, -5e-324, 1e300];
        Assert.All(odd, x => Assert.Equal(BitConverter.DoubleToInt64Bits(x), BitConverter.DoubleToInt64Bits(f(x, 5))));
        Assert.All([float.NaN, float.PositiveInfinity, float.NegativeInfinity, 10.000001f, -1f], y => Assert.Equal(2.5, f(2.5, y)));
        Assert.Equal([1e9, 1e9, 1e9], [Math.Round(f(0, 0)), Math.Round(f(10, 10)), Math.Round(f(2.5, 5))]);
        NativeLibrary.Free(library);
    }

    [Fact]
    public void Where_two_surrogates_disagree_the_original_is_called()
    {
        const string Source = "#pragma nsc input(x, 0, 10)\ndouble f(double x) { return 7 * x; }";
        Surrogate first = NewSurrogate(Source, 16, seed: 4);

        // The further from the middle of the range, the larger the difference.
        Surrogate second = first with { Layers = [first.Layers[0] with { Weight = [.. first.Layers[0].Weight.Select(w => w / 2)] }, .. first.Layers[1..]] };
        double furthest = new SurrogateEvaluator(first).Evaluate([10.0])[0] - new SurrogateEvaluator(second).Evaluate([10.0])[0];
        double[] inputs = [.. Enumerable.Range(-100, 1200).Select(i => i / 100.0)];
        var truth = new SampleSet(1, 1, inputs, [.. inputs.Select(x => 7 * x)]);
        var guard = new SurrogateGuard(first, second, Math.Abs(furthest) / 2 / first.OutputDeviation[0]);
        GuardedOutputs expected = guard.Answer(truth);
        nint library = Compile(CExport.Write(first, new ExportOptions(first.Program.DropIn, guard)), "gcc");
        var f = Function<Real>(library, "f");
        Assert.InRange(expected.Fallbacks, 250, 1100);
        AssertClose(first, expected.Outputs, [.. inputs.Select(x => f(x))]);
        NativeLibrary.Free(library);
    }

    [Fact]
    public void Callers_before_and_after_the_function_get_its_surrogate()
    {
        const string Source = "static double f(double x);\ndouble twice(double x) { return 2 * f(x); }\nstatic double f(double x) { return x; }\ndouble thrice(double x) { return 3 * f(x); }\n";
        CProgram program = ClangTesting.LoadOne(Source, FrontEndOptions.Default with { Functions = ["f"] });
        Surrogate random = SurrogateEmitter.Random(new NetShape(16, [16, 16]), program, 1, "1.0.0");
        Surrogate surrogate = random with { OutputMean = [50], OutputDeviation = [1e-3] };
        nint library = Compile(CExport.Write(surrogate, new ExportOptions(program.DropIn, SurrogateGuard.OfRanges(surrogate))), "gcc", "-Wno-unknown-pragmas", "-Werror");
        Assert.Equal(100, Function<Real>(library, "twice")(0.5), 0.01);
        Assert.Equal(150, Function<Real>(library, "thrice")(0.5), 0.01);
        Assert.Equal(-6, Function<Real>(library, "thrice")(-2));
        Assert.False(NativeLibrary.TryGetExport(library, "f", out _));
        NativeLibrary.Free(library);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void C_sharp_agrees(string source, int width)
    {
        Surrogate surrogate = NewSurrogate(source, width, seed: 5);
        (double[] inputs, double[] expected) = Evaluate(surrogate);
        Assembly assembly = CSharpCompiler.Compile(CSharpExport.Write(surrogate), _folder);
        var evaluate = assembly.GetType("FSurrogate")!.GetMethod("Evaluate")!.CreateDelegate<EvaluateRow>();
        var row = new double[surrogate.Topology.Outputs];
        for (int s = 0; s < Rows; s++)
        {
            evaluate(inputs.AsSpan(s * surrogate.Topology.Inputs, surrogate.Topology.Inputs), row);
            AssertClose(surrogate, expected.AsSpan(s * row.Length, row.Length).ToArray(), row);
        }
    }

    /// <summary>
    /// A fine-tuned net's large weights carry single precision's rounding with them, and no activation can be accurate enough to change that; in
    /// double precision all compute the same.
    /// </summary>
    [Theory]
    [InlineData("#include <math.h>\nfloat f(const float p[9]) { float x = p[2] - p[0] + 2 * (p[5] - p[3]) + p[8] - p[6], y = p[6] - p[0] + 2 * (p[7] - p[1]) + p[8] - p[2]; float r = sqrtf(x * x + y * y) / 8; return r > 0.7f ? 0.7f : r; }")]
    [InlineData("#include <math.h>\ndouble f(double x, double y) { return x > 0.3 ? sin(6 * x) * exp(y) : 5 * y; }")]
    [InlineData("#include <math.h>\ndouble f(double a, double b, double c) { double m = (a + b + c) / 3; return (a - m) * (a - m) + (b - m) * (b - m) + (c - m) * (c - m); }")]
    [InlineData("#include <math.h>\nvoid f(double r, double t, double out[2]) { out[0] = r * cos(3 * t); out[1] = r * sin(3 * t); }")]
    [InlineData("#pragma nsc input(n, 0, 20)\n#include <math.h>\ndouble f(int n, double x) { return pow(0.9, n) * fabs(x); }")]
    public void Every_export_of_a_trained_surrogate_agrees_within_a_millionth_in_double_precision_and_nearly_so_in_single(string source)
    {
        Surrogate surrogate = Trained(source);
        (double[] inputs, double[] expected) = Evaluate(surrogate);
        foreach ((Precision precision, double most) in (ReadOnlySpan<(Precision, double)>)[(Precision.Double, 1e-10), (Precision.Single, 2e-5)])
        {
            foreach (string compiler in (string[])["gcc", ClangTesting.Toolchain.ClangPath])
            {
                nint library = Compile(CExport.Write(surrogate, new ExportOptions(Precision: precision)), compiler, precision == Precision.Double ? "-ffast-math" : "-O2");
                var batch = new double[expected.Length];
                Function<Batch>(library, "f_surrogate_batch")(inputs, batch, Rows);
                AssertClose(surrogate, expected, batch, most);
                NativeLibrary.Free(library);
            }

            using var session = new InferenceSession(OnnxExport.Write(surrogate, precision));
            using var results = session.Run([NamedOnnxValue.CreateFromTensor("inputs", new DenseTensor<double>(inputs, [Rows, surrogate.Topology.Inputs]))]);
            AssertClose(surrogate, expected, [.. results.Single().AsEnumerable<double>()], most);

            var evaluate = CSharpCompiler.Compile(CSharpExport.Write(surrogate, precision), _folder).GetType("FSurrogate")!.GetMethod("Evaluate")!.CreateDelegate<EvaluateRow>();
            var rows = new double[expected.Length];
            for (int s = 0; s < Rows; s++)
            {
                evaluate(
                    inputs.AsSpan(s * surrogate.Topology.Inputs, surrogate.Topology.Inputs), rows.AsSpan(s * surrogate.Topology.Outputs, surrogate.Topology.Outputs));
            }

            AssertClose(surrogate, expected, rows, most);
            Assert.Equal(rows, CSharpExport.Evaluate(surrogate, inputs, precision)); // to the last bit
        }
    }

    [Fact]
    public void The_hyperbolic_tangent_in_single_precision_is_as_good_as_its_comment_says()
    {
        Surrogate surrogate = NewSurrogate("double f(double x) { return x; }", 16, seed: 9);
        string text = CExport.Write(surrogate, new ExportOptions()) + "float tanh_of(float x);\nfloat tanh_of(float x) { return f_surrogate_tanh(f_surrogate_bounded(x)); }\n";
        foreach (string[] options in (string[][])[["-ffp-contract=off"], ["-march=native", "-ffp-contract=fast"]])
        {
            nint library = Compile(text, "gcc", options);
            var tanh = Function<Single>(library, "tanh_of");
            double worst = 0;
            for (uint bits = 0; bits < BitConverter.SingleToUInt32Bits(9); bits += 2111)
            {
                float x = BitConverter.UInt32BitsToSingle(bits);
                worst = Math.Max(worst, Math.Abs(tanh(x) - Math.Tanh(x)));
            }

            Assert.InRange(worst, 1e-7, 4e-7);
            NativeLibrary.Free(library);
        }
    }

    [Fact]
    public void A_guard_calls_the_original_where_that_gives_no_number()
    {
        const string Source = "#include <math.h>\ndouble f(double x, double y) { return sqrt(x - 0.5 * y) + (y > 0 ? log(y) : 0) + 1 / (x * x + 1); }";
        DataflowGraph graph = LlvmTest.Build(Source);
        Surrogate surrogate = NewSurrogate(Source, 16, seed: 4);
        DomainGuard domain = DomainGuard.Of(graph, surrogate.Signature);
        Assert.Single(domain.Conditions); // the logarithm's operand is never out of its domain where it counts, nor is the quotient's
        nint library = Compile(CExport.Write(surrogate, new ExportOptions(surrogate.Program.DropIn, SurrogateGuard.OfRanges(surrogate), Domain: domain)), "gcc");
        var f = Function<Binary>(library, "f");
        Assert.All([(-0.2, 0.1), (0.1, 0.9), (-1.0, -0.5)], p => Assert.True(double.IsNaN(f(p.Item1, p.Item2))));
        Assert.False(double.IsNaN(f(0.5, 0.2)));
        NativeLibrary.Free(library);
        Assert.Empty(DomainGuard.Of(LlvmTest.Build("#include <math.h>\ndouble f(double x) { return x >= 0 ? sqrt(x) : 0; }"), NewSurrogate("double f(double x) { return x; }", 16, 1).Signature).Conditions);
    }

    [Fact]
    public void A_batch_in_double_precision_passes_on_what_is_no_number_and_bounds_what_is_too_large()
    {
        Surrogate surrogate = NewSurrogate("double f(double x) { return x; }", 16, seed: 9);
        nint library = Compile(CExport.Write(surrogate, new ExportOptions(Precision: Precision.Double)), "gcc");
        double[] inputs = [.. Enumerable.Repeat(0.5, 40)], outputs = new double[40];
        (inputs[3], inputs[4], inputs[5]) = (double.NaN, 1e300, double.NegativeInfinity);
        Function<Batch>(library, "f_surrogate_batch")(inputs, outputs, 40);
        Assert.True(double.IsNaN(outputs[3]));
        AssertClose(surrogate, new SurrogateEvaluator(surrogate).Evaluate([1e300, double.NegativeInfinity]), outputs[4..6]);
        NativeLibrary.Free(library);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private delegate void EvaluateRow(ReadOnlySpan<double> inputs, Span<double> outputs);

    private delegate void One(double[] inputs, double[] outputs);

    private delegate void Batch(double[] inputs, double[] outputs, nuint count);

    private delegate int Whole(double x);

    private delegate double Real(double x);

    private delegate double Binary(double x, double y);

    private delegate double Mixed(double x, float y);

    private delegate float Single(float x);

    private static Surrogate NewSurrogate(string source, int width, int seed)
    {
        CProgram program = ClangTesting.LoadOne(source);
        Surrogate random = SurrogateEmitter.Random(new NetShape(16, [width, width]), program, seed, "1.0.0");
        return random with
        {
            OutputMean = [.. random.OutputMean.Select((_, k) => 3.5 - k)], OutputDeviation = [.. random.OutputDeviation.Select((_, k) => 10.0 / (k + 1))],
        };
    }

    private static Surrogate Trained(string source)
    {
        Surrogate random = NewSurrogate(source, 16, seed: 6);
        double[] x = InputSampler.Draw(random.Signature, 1024, new SplitMix64(1));
        var samples = new SampleSet(random.Signature.Inputs.Length, random.Signature.Outputs.Length, x, new GraphEvaluator(LlvmTest.Build(source)).EvaluateOutputs(x, 1024));
        FineTuned tuned = SurrogateFineTuner.Run(random, samples, new FineTuneOptions(Steps: 60, Optimizer: Optimizer.Lm));
        Assert.InRange(tuned.HeldOutNmse.Min(), 0, 0.1);
        Surrogate trained = tuned.Surrogate;
        Assert.True(trained.Layers[2].Weight.Sum(Math.Abs) > 4 * random.Layers[2].Weight.Sum(Math.Abs));
        return trained;
    }

    private static (double[] Inputs, double[] Outputs) Evaluate(Surrogate surrogate)
    {
        var random = new Random(1);
        ImmutableArray<InputVariable> variables = surrogate.Signature.Inputs;
        double[] inputs = [.. Enumerable.Range(0, Rows * variables.Length)
            .Select(i => variables[i % variables.Length].Range).Select(r => r.Low + (random.NextDouble() * (r.High - r.Low)))];
        var outputs = new double[Rows * surrogate.Topology.Outputs];
        new SurrogateEvaluator(surrogate).Evaluate(inputs, outputs);
        return (inputs, outputs);
    }

    // In standard deviations of the outputs.
    private static void AssertClose(Surrogate surrogate, double[] expected, double[] actual, double most = 1e-6)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], most * surrogate.OutputDeviation[i % surrogate.Topology.Outputs]);
        }
    }

    private nint Compile(string text, string compiler, params string[] options)
    {
        string source = Path.Combine(_folder, "f.c"), unit = Path.Combine(_folder, "f.o"), library = Path.Combine(_folder, $"f{Directory.GetFiles(_folder).Length}.so");
        File.WriteAllText(source, text);

        // Linked without the options: with -ffast-math gcc adds code that makes this process flush denormals to zero.
        RunCompiler(compiler, ["-std=c99", "-pedantic", "-Wall", "-Wextra", "-O2", .. options, "-fPIC", "-c", source, "-o", unit]);
        RunCompiler(compiler, ["-shared", unit, "-lm", "-o", library]);
        return NativeLibrary.Load(library);
    }

    private static void RunCompiler(string compiler, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(compiler, arguments) { RedirectStandardError = true })!;
        string messages = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, messages);
    }

    private static T Function<T>(nint library, string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
}
