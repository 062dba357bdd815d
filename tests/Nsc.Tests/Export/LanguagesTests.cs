// Other languages use a surrogate: Fortran through its module, Python by the file, ONNX by what the model says of itself, C by two files with static functions of one name.

using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Nsc.Core.Files;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Export;
using Nsc.Tests.Cli;
using Nsc.Tests.Core.Surrogates;

namespace Nsc.Tests.Export;

public sealed class LanguagesTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Fortran_calls_the_C_file_by_a_module()
    {
        Assert.SkipUnless(ExecutablePath.Find("gfortran") is not null, "There is no gfortran; apt-get install gfortran brings it.");
        Surrogate surrogate = SampleSurrogates.Create(new Topology(3, [5], 2));
        var options = new ExportOptions(HasJacobian: true, Precision: Precision.Double) { Name = "end" };
        _work.Write("end.c", CExport.Write(surrogate, options));
        _work.Write("end.f90", FortranExport.Write(surrogate, options));
        _work.Write("user.f90", """
            program user
                use, intrinsic :: iso_c_binding
                use end_module
                implicit none
                real(c_double) :: in(3, 2), out(2, 2), one(2), jacobian(3, 2)
                in = reshape([0.5d0, 1d0, -1d0, 2d0, 0.25d0, 0.75d0], [3, 2])
                call end_surrogate(in(:, 1), one)
                call end_surrogate_batch(in, out, 2_c_size_t)
                call end_surrogate_jacobian(in(:, 1), jacobian)
                print '(12es25.16)', one, out, jacobian
            end program
            """);
        Run("gcc", "-c", "end.c", "-o", "end.o");
        Run("gfortran", "-std=f2008", "-Wall", "-Werror", "end.f90", "user.f90", "end.o", "-o", "user");
        double[] said = [.. Run(_work["user"]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => double.Parse(w, CultureInfo.InvariantCulture))];
        double[] y = surrogate.Answer([0.5, 1, -1, 2, 0.25, 0.75]);
        Assert.All(((double[])[y[0], y[1], .. y]).Zip(said), p => Assert.Equal(p.First, p.Second, 1e-10));
        double[] above = surrogate.Answer([0.5, 1 + 1e-5, -1]), below = surrogate.Answer([0.5, 1 - 1e-5, -1]);
        Assert.Equal((above[1] - below[1]) / 2e-5, said[6 + 3 + 1], 1e-6); // of the second output by the second input
    }

    [Fact]
    public void A_name_that_Fortran_cannot_have_is_refused_with_what_to_do()
    {
        _work.Write("größe.c", "double größe(double x) { return x * x; }\n");
        Workplace.Run("compile", _work["größe.c"], "-o", _work["s"], "--init", "random", "--model", _work.Model);
        Outcome refused = Workplace.Run("export", _work["s"], "--format", "fortran");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("choose another with --name", refused.Error, StringComparison.Ordinal);
        Outcome named = Workplace.Run("export", _work["s"], "--format", "fortran", "--name", "size", "-o", _work["size.f90"]);
        Assert.True(named.ExitCode == 0, named.Error);
        Assert.Contains("bind(c, name=\"size_surrogate\")", File.ReadAllText(_work["size.f90"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_static_functions_of_one_name_link_with_their_surrogates()
    {
        foreach ((string file, string factor) in (ReadOnlySpan<(string, string)>)[("a", "2"), ("b", "-3")])
        {
            _work.Write($"{file}.c", $"static double f(double x) {{ return {factor} * x; }}\ndouble {file}(double x);\ndouble {file}(double x) {{ return f(x); }}\n");
            Assert.Equal(0, Workplace.Run("compile", _work[$"{file}.c"], "--function", "f", "-o", _work[$"{file}.surrogate"], "--init", "random", "--model", _work.Model).ExitCode);
            Outcome guarded = Workplace.Run("export", _work[$"{file}.surrogate"], "--guard", "-o", _work[$"{file}.guarded.c"]);
            Assert.True(guarded.ExitCode == 0, guarded.Error);
            Assert.False(File.Exists(_work[$"{file}.guarded.h"]));
            Assert.Equal(0, Workplace.Run("export", _work[$"{file}.surrogate"], "--name", $"{file}_f", "-o", _work[$"{file}.nn.c"]).ExitCode);
        }

        _work.Write("main.c", """
            #include "a.nn.h"
            #include "b.nn.h"
            double a(double x), b(double x);
            int main(void) { double x = 7, out[1]; a_f_surrogate(&x, out); b_f_surrogate(&x, out); return a(x) == 14 && b(x) == -21 ? 0 : 1; }
            """);
        Run("gcc", "-std=c99", "-Wall", "-Wextra", "-Werror", "main.c", "a.guarded.c", "b.guarded.c", "a.nn.c", "b.nn.c", "-o", "main");
        Run(_work["main"]);
    }

    [Fact]
    public void An_ONNX_model_names_its_columns_and_their_ranges()
    {
        Surrogate surrogate = SampleSurrogates.WithAnswers();
        using var session = new InferenceSession(OnnxExport.Write(surrogate));
        IReadOnlyDictionary<string, string> metadata = session.ModelMetadata.CustomMetadataMap;
        Assert.Equal(("x[0]", "1", "1000"), (metadata["inputs[0].name"], metadata["inputs[0].low"], metadata["inputs[0].high"]));
        Assert.Equal(["hit", "y", "level", "code", "count"], Enumerable.Range(0, 5).Select(k => metadata[$"outputs[{k}].name"]));
        Assert.Equal(11, metadata.Count);
        Assert.StartsWith("A neural surrogate of f: 2-5-3-1 tanh x 5. Columns of inputs: x[0] in ", session.ModelMetadata.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Forty_lines_of_Python_read_a_surrogate()
    {
        string? python = ((string?[])[ExecutablePath.Find("python3"), "/usr/bin/python3"]).FirstOrDefault(p => File.Exists(p) && Succeeds(p, "-c", "import numpy"));
        Assert.SkipWhen(python is null, "There is no python3 with numpy; apt-get install python3-numpy brings it.");
        string script = Repository.At("src/docs/read_surrogate.py");
        Assert.InRange(File.ReadLines(script).Count(l => l.Trim().Length > 0), 30, 42);
        foreach (Surrogate surrogate in (Surrogate[])[SampleSurrogates.WithAnswers(), SampleSurrogates.Create(new Topology(2, [4, 3], 2)), SampleSurrogates.Linear([1], [2], 3)])
        {
            SurrogateFile.Save(_work["s"], surrogate);
            double[] x = InputSampler.Draw(surrogate.Signature, 1, new SplitMix64(5));
            double[] said = [.. Run(python!, [script, _work["s"], .. x.Select(v => v.ToString("R", CultureInfo.InvariantCulture))])
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => double.Parse(w, CultureInfo.InvariantCulture))];
            Assert.All(surrogate.Answer(x).Zip(said), p => Assert.Equal(p.First, p.Second, 1e-9));
            Assert.Equal(surrogate.Topology.Outputs, said.Length);
        }
    }

    private static bool Succeeds(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private string Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = Path.GetDirectoryName(_work["x"]) })!;
        string messages = process.StandardError.ReadToEnd(), output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, messages);
        return output;
    }
}
