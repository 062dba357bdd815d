// FANN on the same networks: fann_timing.c, compiled here and now against the library that Debian has.

using System.Diagnostics;
using System.Runtime.InteropServices;
using Nsc.Core.Surrogates;

namespace Nsc.ExportBench;

internal sealed class FannRun
{
    public const string Name = "FANN";
    private readonly double[] _scaling;
    private readonly nint _surrogate;
    private readonly Runner _run;
    private readonly Timer _time;

    public FannRun(Surrogate surrogate, string folder)
    {
        string source = Path.Combine(folder, "fann_timing.c"), library = Path.Combine(folder, "fann.so");
        using (Stream resource = typeof(FannRun).Assembly.GetManifestResourceStream("fann_timing.c")!)
        using (FileStream file = File.Create(source))
        {
            resource.CopyTo(file);
        }

        using (Process process = Process.Start("gcc", ["-O2", "-shared", "-fPIC", source, "-lfann", "-lm", "-o", library]))
        {
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException("fann_timing.c does not compile; is libfann-dev installed?");
            }
        }

        nint handle = NativeLibrary.Load(library);
        _run = Function<Runner>(handle, "fann_bench_run");
        _time = Function<Timer>(handle, "fann_bench_time");
        Topology shape = surrogate.Topology;
        var inputs = surrogate.Signature.Inputs;

        // The library keeps the address.
        _scaling = GC.AllocateArray<double>(2 * (shape.Inputs + shape.Outputs), pinned: true);
        double[] scaling = [.. inputs.Select(i => i.Range.Middle), .. inputs.Select(i => i.Range.HalfWidth), .. surrogate.OutputMean, .. surrogate.OutputDeviation];
        scaling.CopyTo(_scaling, 0);
        int[] sizes = [shape.Inputs, .. shape.Hidden, 1];
        _surrogate = Function<Creator>(handle, "fann_bench_create")(sizes, sizes.Length, shape.Outputs, Weights(surrogate), _scaling);
    }

    private delegate nint Creator(int[] sizes, int layers, int outputs, float[] weights, double[] scaling);

    private delegate void Runner(nint surrogate, double[] inputs, double[] outputs, nuint rows);

    private delegate double Timer(nint surrogate, double[] inputs, double[] outputs, nuint rows, nuint repeats);

    public void Run(double[] inputs, double[] outputs, int rows) => _run(_surrogate, inputs, outputs, (nuint)rows);

    /// <summary>Nanoseconds of processor time for one evaluation.</summary>
    public double Time(double[] inputs, double[] outputs, int rows, int repeats) => _time(_surrogate, inputs, outputs, (nuint)rows, (nuint)repeats);

    // For each output, for each layer, for each unit its weights and then its bias.
    private static float[] Weights(Surrogate surrogate)
    {
        Topology shape = surrogate.Topology;
        var weights = new List<float>();
        for (int k = 0; k < shape.Outputs; k++)
        {
            for (int l = 0; l < shape.LayerCount; l++)
            {
                (int rows, int columns) = (shape.Rows(l), shape.Columns(l));
                for (int unit = k * rows; unit < (k + 1) * rows; unit++)
                {
                    weights.AddRange(surrogate.Layers[l].Weight.AsSpan(unit * columns, columns));
                    weights.Add(surrogate.Layers[l].Bias[unit]);
                }
            }
        }

        return [.. weights];
    }

    private static T Function<T>(nint library, string name)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(library, name));
}
