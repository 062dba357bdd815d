// Compiles generated functions with the real clang and runs them in a child process on random inputs of their ranges.

using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Nsc.Core.Sampling;
using Nsc.Corpus.Generator;
using Nsc.Corpus.Generator.Drafting;
using Nsc.FrontEnd.Tools;

namespace Nsc.Tests.Corpus;

/// <summary>What one function computed: inputs [point][input] and outputs [point][output].</summary>
internal sealed record Probe(GeneratedFunction Function, double[][] Inputs, double[][] Outputs);

internal static class NativeProbe
{
    /// <summary>The flags under which generated programs must be clean.</summary>
    public static readonly string[] Strict = ["-std=gnu17", "-Wall", "-Wextra", "-Wno-unused", "-Wno-unused-parameter", "-Wno-unknown-pragmas", "-Wno-unused-command-line-argument", "-Werror"];

    private const string Reader = """
        #include <stdio.h>
        typedef void (*probe_entry)(const double *, double *);
        static void probe_run(probe_entry entry, int points, int inputs, int outputs) {
            double in[16], out[8];
            for (int i = 0; i < points; i++) {
                if (fread(in, sizeof(double), inputs, stdin) != (size_t)inputs) return;
                entry(in, out);
                fwrite(out, sizeof(double), outputs, stdout);
            }
        }

        """;

    /// <summary>Runs clang over C text and returns its messages, empty when there are none.</summary>
    public static string Compile(string source, string output, params string[] flags)
    {
        string path = output + ".c";
        File.WriteAllText(path, source);
        using Process clang = Start(Toolchain.Find()!.ClangPath, [.. flags, path, "-o", output, "-lm"]);
        clang.StandardInput.Close();
        string messages = clang.StandardError.ReadToEnd();
        clang.WaitForExit();
        return messages;
    }

    /// <summary>Runs every function at random points of its inputs' ranges.</summary>
    public static ImmutableArray<Probe> Run(IReadOnlyList<GeneratedFunction> functions, int points, ulong seed)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nsc-probe");
        try
        {
            string program = Path.Combine(folder.FullName, "probe");
            string messages = Compile(Source(functions, points), program, "-std=gnu17", "-O1", "-ffp-contract=off");
            Assert.True(File.Exists(program), messages);
            double[][][] inputs = [.. functions.Select((f, i) => Draw(f, points, seed + (ulong)i))];
            return [.. Execute(program, functions, inputs, points)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<Probe> Execute(string program, IReadOnlyList<GeneratedFunction> functions, double[][][] inputs, int points)
    {
        using Process process = Start(program, []);
        var feeding = Task.Run(() =>
        {
            using Stream stdin = process.StandardInput.BaseStream;
            foreach (double[] point in inputs.SelectMany(p => p))
            {
                stdin.Write(MemoryMarshal.AsBytes(point.AsSpan()));
            }
        });
        using var reply = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(reply);
        feeding.Wait();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        double[] values = MemoryMarshal.Cast<byte, double>(reply.ToArray()).ToArray();
        int next = 0;
        for (int i = 0; i < functions.Count; i++)
        {
            int width = functions[i].Output.Names.Length;
            double[][] outputs = [.. Enumerable.Range(0, points).Select(p => values[(next + (p * width))..(next + ((p + 1) * width))])];
            next += points * width;
            yield return new(functions[i], inputs[i], outputs);
        }
    }

    private static double[][] Draw(GeneratedFunction function, int points, ulong seed)
    {
        var random = new SplitMix64(seed);
        GeneratedInput[] inputs = [.. function.Parameters.SelectMany(p => p.Inputs)];
        return [.. Enumerable.Range(0, points).Select(_ => inputs.Select(i => DrawOne(random, i)).ToArray())];
    }

    private static double DrawOne(SplitMix64 random, GeneratedInput input)
    {
        double width = input.Range.High - input.Range.Low;
        return input.IsInteger ? input.Range.Low + random.NextInt((int)width + 1) : input.Range.Low + (width * random.NextDouble());
    }

    private static string Source(IReadOnlyList<GeneratedFunction> functions, int points)
    {
        var text = new StringBuilder(ProgramGenerator.Prelude);
        foreach (GeneratedFunction function in functions)
        {
            text.Append(function.Text).Append(Entry(function));
        }

        text.Append(Reader).Append("int main(void) {\n");
        foreach (GeneratedFunction f in functions)
        {
            text.Append($"    probe_run(probe_{f.Name}, {points}, {f.InputCount}, {f.Output.Names.Length});\n");
        }

        return text.Append("    return 0;\n}\n").ToString();
    }

    private static string Entry(GeneratedFunction function)
    {
        var text = new StringBuilder($"static void probe_{function.Name}(const double *probe_in, double *probe_out) {{\n");
        int next = 0;
        foreach (GeneratedParameter parameter in function.Parameters)
        {
            text.Append($"    {parameter.CType} {parameter.Name}{(parameter.Shape == ParameterShape.Array ? $"[{parameter.Inputs.Length}]" : "")};\n");
            foreach (GeneratedInput input in parameter.Inputs)
            {
                text.Append($"    {input.Path} = probe_in[{next++}];\n");
            }
        }

        return text.Append(Call(function)).Append("}\n").ToString();
    }

    private static string Call(GeneratedFunction function)
    {
        GeneratedOutput output = function.Output;
        int width = output.Names.Length;
        var arguments = function.Parameters.Select(p => (p.Shape == ParameterShape.StructByPointer ? "&" : "") + p.Name).ToList();
        arguments.AddRange(output.Shape switch
        {
            OutputShape.Array => ["probe_o"],
            OutputShape.Pointers => Enumerable.Range(0, width).Select(i => $"&probe_o[{i}]"),
            _ => [],
        });
        string call = $"{function.Name}({string.Join(", ", arguments)});\n";
        string copy = string.Concat(Enumerable.Range(0, width).Select(i => $"    probe_out[{i}] = probe_o[{i}];\n"));
        return output.Shape switch
        {
            OutputShape.Value => $"    probe_out[0] = {call}",
            OutputShape.Struct => $"    {output.StructType} probe_r = {call}" + string.Concat(output.Names.Select((n, i) => $"    probe_out[{i}] = probe_r.{n};\n")),
            _ => $"    {output.CType} probe_o[{width}];\n    {call}{copy}",
        };
    }

    private static Process Start(string program, string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(info)!;
    }
}
