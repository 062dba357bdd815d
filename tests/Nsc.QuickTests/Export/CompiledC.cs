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

    /// <summary>A function of one double.</summary>
    public Func<double, double> Scalar(string name) => new(Function<Real>(name).Invoke);

    public void Dispose()
    {
        NativeLibrary.Free(_library);
        Directory.Delete(_folder, recursive: true);
    }

    private T Function<T>(string name) where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(_library, name));
}
