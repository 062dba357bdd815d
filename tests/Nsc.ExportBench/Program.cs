// How fast an exported surrogate is: its C file, compiled here and now, beside ONNX Runtime and FANN on the same network, one row at a
// time and 4,096 at once, in turns; and what share of this core's multiply-adds each reaches. That all of them compute the same is checked first.
//
//   scripts/bench-export SURROGATE

using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Export;
using Nsc.ExportBench;

const int Rows = 4096, Rounds = 9, OneRowCalls = 2000;
const double MostApart = 1e-4;
if (args.Length != 1)
{
    Console.Error.WriteLine("usage: scripts/bench-export SURROGATE");
    return 2;
}

Surrogate surrogate = SurrogateFile.Load(args[0]);
Topology shape = surrogate.Topology;
double[] inputs = InputSampler.Draw(surrogate.Signature, Rows, new SplitMix64(1)), outputs = new double[Rows * shape.Outputs];
int lanes = File.ReadAllText("/proc/cpuinfo").Contains("avx512f", StringComparison.Ordinal) ? 16 : 8;
string clang = Directory.GetDirectories("/usr/lib", "llvm-*").Select(d => Path.Combine(d, "bin", "clang")).Where(File.Exists).Order(StringComparer.Ordinal).Last();
DirectoryInfo folder = Directory.CreateTempSubdirectory("nsc-bench-");
try
{
    CompiledC[] compiled = [.. from precision in (Precision[])[Precision.Double, Precision.Single]
                               from options in (string[][])[["-O2"], ["-O3", "-march=native"]]
                               from compiler in (string[])["gcc", clang]
                               select CompiledC.Of(surrogate, precision, compiler, options, lanes, folder.FullName)];
    using var runtime = new OnnxRun(OnnxExport.Write(surrogate));
    var fann = new FannRun(surrogate, folder.FullName);
    double[] expected = new SurrogateEvaluator(surrogate).Evaluate(inputs);
    var apart = new Dictionary<string, double>();
    foreach (CompiledC c in compiled)
    {
        c.Batch(inputs, outputs, Rows, 1);
        apart[c.Name] = Apart(surrogate, expected, outputs);
    }

    apart[OnnxRun.Name] = Apart(surrogate, expected, runtime.Run(inputs, Rows, shape.Inputs));
    fann.Run(inputs, outputs, Rows);
    apart[FannRun.Name] = Apart(surrogate, expected, outputs);
    if (apart.FirstOrDefault(a => !(a.Value <= MostApart)) is { Key: { } other } far)
    {
        Console.Error.WriteLine($"{other} computes something else: {far.Value:G3} of a deviation apart");
        return 1;
    }

    var one = new Dictionary<string, List<double>>();
    var batch = new Dictionary<string, List<double>>();
    var rates = new List<double>();
    for (int round = 0; round < Rounds; round++)
    {
        foreach (CompiledC c in compiled)
        {
            Add(one, c.Name, c.One(inputs, outputs, Rows, (nuint)shape.Inputs, 20));
            Add(batch, c.Name, c.Batch(inputs, outputs, Rows, 20));
        }

        CompiledC clock = compiled[^1];
        Add(one, OnnxRun.Name, Time(clock, OneRowCalls, () => runtime.Run(inputs, 1, shape.Inputs)));
        Add(batch, OnnxRun.Name, Time(clock, 20, () => runtime.Run(inputs, Rows, shape.Inputs)) / Rows);
        double perRow = fann.Time(inputs, outputs, Rows, 20); // It has no batches.
        Add(one, FannRun.Name, perRow);
        Add(batch, FannRun.Name, perRow);
        rates.Add(clock.MultiplyAdds(0.999f, new double[1]));
    }

    double multiplyAdds = shape.Outputs * Enumerable.Range(0, shape.LayerCount).Sum(l => shape.Rows(l) * shape.Columns(l)), rate = Median(rates);
    Say($"{surrogate.Signature.Function}: {shape}, {multiplyAdds} multiply-adds; this core does {rate:F1} a nanosecond (float, {lanes} lanes)");
    Say($"medians of {Rounds} rounds in turns, nanoseconds of processor time for an evaluation");
    Say($"ratios: how many times as fast as ONNX Runtime and FANN; apart: the largest difference from nsc run, in deviations of the output");
    Say($"{"",-32}{"one row",10}{"to ONNX",9}{"to FANN",9}{"4,096 rows",12}{"to ONNX",9}{"to FANN",9}{"of the core",13}{"apart",10}");
    foreach (string name in one.Keys)
    {
        (double single, double many) = (Median(one[name]), Median(batch[name]));
        Say($"{name,-32}{single,10:F1}{Median(one[OnnxRun.Name]) / single,8:F1}x{Median(one[FannRun.Name]) / single,8:F1}x{many,12:F1}{Median(batch[OnnxRun.Name]) / many,8:F1}x{Median(batch[FannRun.Name]) / many,8:F1}x{multiplyAdds / many / rate,13:P1}{apart[name],10:G2}");
    }

    return 0;
}
finally
{
    folder.Delete(recursive: true);
}

static void Add(Dictionary<string, List<double>> times, string name, double time)
{
    times.TryAdd(name, []);
    times[name].Add(time);
}

// The largest difference at any output, in its deviations.
static double Apart(Surrogate surrogate, double[] expected, double[] actual) =>
    expected.Select((e, i) => Math.Abs(actual[i] - e) / surrogate.OutputDeviation[i % surrogate.Topology.Outputs]).Max(d => double.IsNaN(d) ? double.PositiveInfinity : d);

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

// Nanoseconds for a call.
static double Time(CompiledC clock, int calls, Action call)
{
    call();
    double start = clock.Now();
    for (int i = 0; i < calls; i++)
    {
        call();
    }

    return (clock.Now() - start) / calls;
}

/// <summary>The C file of a surrogate, compiled with timing.c.</summary>
internal sealed record CompiledC(string Name, CompiledC.OneTimer One, CompiledC.BatchTimer Batch, CompiledC.RateTimer MultiplyAdds, CompiledC.Clock Now)
{
    public delegate double OneTimer(double[] inputs, double[] outputs, nuint rows, nuint columns, nuint repeats);

    public delegate double BatchTimer(double[] inputs, double[] outputs, nuint rows, nuint repeats);

    public delegate double RateTimer(float factor, double[] result);

    public delegate double Clock();

    public static CompiledC Of(Surrogate surrogate, Precision precision, string compiler, string[] options, int lanes, string folder)
    {
        string name = $"{Path.GetFileName(compiler)} {string.Join(' ', options)}{(precision == Precision.Double ? ", double" : "")}", f = surrogate.Signature.Function;
        string stem = Path.Combine(folder, string.Concat(name.Select(c => char.IsLetterOrDigit(c) ? c : '_')));
        File.WriteAllText(stem + ".c", CExport.Write(surrogate, new ExportOptions(Precision: precision)));
        using (Stream resource = typeof(CompiledC).Assembly.GetManifestResourceStream("timing.c")!)
        using (FileStream file = File.Create(stem + "_timing.c"))
        {
            resource.CopyTo(file);
        }

        string[] arguments =
        [
            .. options, "-w", $"-DSURROGATE={f}_surrogate", $"-DSURROGATE_BATCH={f}_surrogate_batch", $"-DLANES={lanes}", "-shared", "-fPIC",
            stem + ".c", stem + "_timing.c", "-o", stem + ".so",
        ];
        using Process process = Process.Start(compiler, arguments);
        process.WaitForExit();
        nint library = process.ExitCode == 0 ? NativeLibrary.Load(stem + ".so") : throw new InvalidOperationException($"{name} does not compile the surrogate");
        return new CompiledC(
            name, Function<OneTimer>(library, "bench_one"), Function<BatchTimer>(library, "bench_batch"),
            Function<RateTimer>(library, "bench_multiply_adds"), Function<Clock>(library, "bench_now"));
    }

    private static T Function<T>(nint library, string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
}

/// <summary>ONNX Runtime on one thread, its inputs where they are, as a program would use it that cares for speed.</summary>
internal sealed class OnnxRun : IDisposable
{
    public const string Name = "ONNX Runtime";
    private readonly SessionOptions _options = new() { IntraOpNumThreads = 1, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
    private readonly RunOptions _run = new();
    private readonly InferenceSession _session;

    public OnnxRun(byte[] model) => _session = new InferenceSession(model, _options);

    public double[] Run(double[] inputs, int rows, int columns)
    {
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, inputs.AsMemory(0, rows * columns), [rows, columns]);
        using var results = _session.Run(_run, ["inputs"], [value], ["outputs"]);
        return results[0].GetTensorDataAsSpan<double>().ToArray();
    }

    public void Dispose()
    {
        _session.Dispose();
        _run.Dispose();
        _options.Dispose();
    }
}
