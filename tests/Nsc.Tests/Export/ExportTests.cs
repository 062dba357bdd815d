using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Export;
using Nsc.FrontEnd.Clang;
using Nsc.Nets;
using Nsc.Nets.CompNets;
using Nsc.Tests.Clang;

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
        { "#pragma nsc inputs(-3, 40)\nvoid f(float x, int n, float out[3]) { out[0] = x; out[1] = n; out[2] = x * n; }", 16 },
        { "struct v { double x, y; }; struct v f(const struct v *a, struct v b) { struct v r = {a->x + b.x, a->y * b.y}; return r; }", 24 },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void C_with_either_compiler_agrees(string source, int width)
    {
        Surrogate surrogate = NewSurrogate(source, width, seed: 1);
        (double[] inputs, double[] expected) = Evaluate(surrogate);
        foreach (string compiler in (string[])["gcc", ClangTesting.Toolchain.ClangPath])
        {
            nint library = Compile(CExport.Write(surrogate, new CExportOptions(null, false)), compiler);
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
        string dropIn = ClangTesting.LoadOne(source).DropInSource;
        nint library = Compile(CExport.Write(surrogate, new CExportOptions(dropIn, Guarded: true)), "gcc", "-Werror", "-Wno-unknown-pragmas");
        Assert.True(NativeLibrary.TryGetExport(library, "f", out _) && NativeLibrary.TryGetExport(library, "f_original", out _));
        NativeLibrary.Free(library);
    }

    [Fact]
    public void A_guarded_function_calls_the_original_out_of_range()
    {
        const string Source = "#pragma nsc input(x, 0, 10)\nint f(double x) { return (int)(7 * x); }";
        Surrogate surrogate = NewSurrogate(Source, 16, seed: 4) with { OutputMean = [1e9], OutputDeviation = [1e-3] };
        nint library = Compile(CExport.Write(surrogate, new CExportOptions(ClangTesting.LoadOne(Source).DropInSource, Guarded: true)), "gcc");
        var f = Function<Whole>(library, "f");
        Assert.Equal((77, -7, 1_000_000_000), (f(11), f(-1), f(5)));
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

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private delegate void EvaluateRow(ReadOnlySpan<double> inputs, Span<double> outputs);

    private delegate void One(double[] inputs, double[] outputs);

    private delegate void Batch(double[] inputs, double[] outputs, nuint count);

    private delegate int Whole(double x);

    private static Surrogate NewSurrogate(string source, int width, int seed)
    {
        CProgram program = ClangTesting.LoadOne(source);
        Surrogate random = SurrogateEmitter.Random(new NetShape(16, width), program, seed, "1.0.0");
        return random with
        {
            OutputMean = [.. random.OutputMean.Select((_, k) => 3.5 - k)], OutputDeviation = [.. random.OutputDeviation.Select((_, k) => 10.0 / (k + 1))],
        };
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
    private static void AssertClose(Surrogate surrogate, double[] expected, double[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-6 * surrogate.OutputDeviation[i % surrogate.Topology.Outputs]);
        }
    }

    private nint Compile(string text, string compiler, params string[] options)
    {
        string source = Path.Combine(_folder, "f.c"), library = Path.Combine(_folder, $"f{Directory.GetFiles(_folder).Length}.so");
        File.WriteAllText(source, text);
        using Process process = Process.Start(new ProcessStartInfo(compiler, ["-std=c99", "-pedantic", "-Wall", "-Wextra", .. options, "-O2", "-shared", "-fPIC", source, "-lm", "-o", library]) { RedirectStandardError = true })!;
        string messages = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, messages);
        return NativeLibrary.Load(library);
    }

    private static T Function<T>(nint library, string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
}
