// Names of all kinds, in every export: letters of any script, what macros make, and words that are keywords in one of the languages.

using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Export;
using Nsc.Tests.FrontEnd;

namespace Nsc.Tests.Export;

public sealed class NamesTests : IDisposable
{
    private static readonly string[] s_sources =
    [
        "double größe(double länge, double höhe) { return länge * höhe; }",
        "double 𝑓(double 𝑥) { return 𝑥 * 𝑥; }",
        "#define NAME(x) my_##x\ndouble NAME(f)(double x) { return x * x; }",
        "#define DECLARE(type, name) type name(type x)\nDECLARE(double, cube) { return x * x * x; }",
        "#define square(x) ((x) * (x))\ndouble (square)(double x) { return x * x; }",
        "double class(double new, double namespace, double operator) { return new * namespace + operator; }",
        "double decimal(double string, double params, double checked) { return string * params - checked; }",
        "double end(double integer, double function, double subroutine) { return integer + function * subroutine; }",
        "double in(double out, double k, double s, double j, double a, double b, double u) { return out + k + s + j + a + b + u; }",
        "double Base(double base, double this) { return base * this; }",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("nsc-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void C_compiles_and_C_plus_plus_calls_it()
    {
        Surrogate[] surrogates = [.. s_sources.Select(NewSurrogate)];
        Assert.Equal(["größe", "𝑓", "my_f", "cube", "square", "class", "decimal", "end", "in", "Base"], surrogates.Select(s => s.Signature.Function));
        string[] files = [.. surrogates.Select((s, i) => Write($"{i}.c", CExport.Write(s, new ExportOptions(s.Program.DropIn, s.Program.DropIn is null ? null : SurrogateGuard.OfRanges(s)))))];
        string[] headers = [.. surrogates.Select((s, i) => $"#include \"{Write($"{i}.h", CExport.WriteDeclarations(s, new ExportOptions()))}\"\n")];
        string user = Write("user.cpp", $$"""
            {{string.Concat(headers)}}{{string.Concat(headers)}}
            int main() {
                double in[8] = { 0.5 }, out[1] = { 0 };
                {{string.Concat(surrogates.Select(s => $"{s.Signature.Function}_surrogate(in, out); {s.Signature.Function}_surrogate_batch(in, out, 1); "))}}
                return out[0] == out[0] ? 0 : 1;
            }
            """);
        Run("gcc", ["-std=c11", "-Wall", "-Wextra", "-Werror", "-c", .. files]);
        Run(ClangTesting.Toolchain.ClangPath, ["-std=c17", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", .. files]);
        Run("g++", ["-Wall", "-Wextra", "-Werror", user, .. files.Select(f => Path.ChangeExtension(f, ".o")), "-o", Path.Combine(_folder, "user")]);
        Run(Path.Combine(_folder, "user"), []);
    }

    [Fact]
    public void C_sharp_and_ONNX_take_them()
    {
        Surrogate[] surrogates = [.. s_sources.Select(NewSurrogate)];
        string text = "using System;\n" + string.Concat(surrogates.Select(s => CSharpExport.Write(s, hasJacobian: true))).Replace("using System;", "", StringComparison.Ordinal);
        Assert.Equal(
            ["BaseSurrogate", "ClassSurrogate", "CubeSurrogate", "DecimalSurrogate", "EndSurrogate", "GrößeSurrogate", "InSurrogate", "My_fSurrogate", "SquareSurrogate", "_Surrogate"],
            CSharpCompiler.Compile(text, _folder).GetExportedTypes().Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.All(surrogates, s =>
        {
            using var session = new InferenceSession(OnnxExport.Write(s));
            Assert.Equal([-1, s.Topology.Inputs], session.InputMetadata["inputs"].Dimensions);
        });
    }

    private static Surrogate NewSurrogate(string source)
    {
        CProgram program = ClangTesting.LoadOne(source);
        return SurrogateEmitter.Random(new NetShape(16, [4]), program, 1, "1.0.0");
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private void Run(string program, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, WorkingDirectory = _folder })!;
        string messages = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, messages);
    }
}
