// Exported C, compiled by the machine's own compiler, which the build needs too.

using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Nsc.Tests.Export;

internal sealed class CompiledC : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nsc-test-").FullName;
    private readonly nint _library;

    public CompiledC(string text)
    {
        string source = Path.Combine(_folder, "unit.c"), library = Path.Combine(_folder, "unit.so");
        File.WriteAllText(source, text);
        using Process compiler = Process.Start(new ProcessStartInfo(
            "cc", ["-std=c99", "-O1", "-Wall", "-Wextra", "-Werror", "-Wno-unused-variable", "-shared", "-fPIC", "-o", library, source, "-lm"]) { RedirectStandardError = true })!;
        string errors = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        Assert.True(compiler.ExitCode == 0, errors);
        _library = NativeLibrary.Load(library);
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void One(double[] inputs, double[] outputs);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void Batch(double[] inputs, double[] outputs, nuint count);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void BatchOfFloats(float[] inputs, float[] outputs, nuint count);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate double Real(double x);

    /// <summary>What <c>f_surrogate</c> gives for one row.</summary>
    public double[] OneRow(double[] inputs, int outputs)
    {
        var row = new double[outputs];
        Function<One>("f_surrogate")(inputs, row);
        return row;
    }

    /// <summary>What <c>f_surrogate_jacobian</c> gives for one row.</summary>
    public double[] Jacobian(double[] inputs, int outputs)
    {
        var jacobian = new double[outputs * inputs.Length];
        Function<One>("f_surrogate_jacobian")(inputs, jacobian);
        return jacobian;
    }

    /// <summary>What <c>f_surrogate_batch</c> gives.</summary>
    public double[] AllRows(double[] inputs, int rows, int outputs)
    {
        var all = new double[rows * outputs];
        Function<Batch>("f_surrogate_batch")(inputs, all, (nuint)rows);
        return all;
    }

    /// <summary>The same of floats.</summary>
    public double[] AllRowsOfFloats(double[] inputs, int rows, int outputs)
    {
        var all = new float[rows * outputs];
        Function<BatchOfFloats>("f_surrogate_batch")(Array.ConvertAll(inputs, x => (float)x), all, (nuint)rows);
        return Array.ConvertAll(all, y => (double)y);
    }

    /// <summary>A table of doubles.</summary>
    public double[] Table(string name, int length)
    {
        var table = new double[length];
        Marshal.Copy(NativeLibrary.GetExport(_library, name), table, 0, length);
        return table;
    }

    /// <summary>What other files can name.</summary>
    public string[] Names
    {
        get
        {
            using Process nm = Process.Start(new ProcessStartInfo("nm", ["-D", "--defined-only", "-j", Path.Combine(_folder, "unit.so")]) { RedirectStandardOutput = true })!;
            string output = nm.StandardOutput.ReadToEnd();
            nm.WaitForExit();
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }

    /// <summary>A function of one double.</summary>
    public Func<double, double> Scalar(string name) => new(Function<Real>(name).Invoke);

    public void Dispose()
    {
        NativeLibrary.Free(_library);
        Directory.Delete(_folder, recursive: true);
    }

    private T Function<T>(string name) where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(_library, name));
}
