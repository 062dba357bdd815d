// A surrogate from memory, which no reader has checked: nothing in its strings becomes code, markup or another line.

using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using System.Xml.Linq;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Export;
using Nsc.Report;
using Nsc.Tests.FrontEnd;
using Nsc.Tests.Core.Surrogates;

namespace Nsc.Tests.Export;

public sealed class HostileStringsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nsc-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void C_takes_no_code_from_strings()
    {
        // Many surrogates in one file for each of two compilers: their names differ by their number.
        string text = string.Concat(HostileText.All.Select((hostile, i) => CExport.Write(Hostile(hostile, $"f{i}"), new ExportOptions(Notes: [hostile])) + "\n"));
        string source = Path.Combine(_folder, "all.c");
        File.WriteAllText(source, text);
        Assert.Equal(0, Run("gcc", ["-std=c99", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", source]));
        Assert.Equal(0, Run(ClangTesting.Toolchain.ClangPath, ["-std=c99", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", source]));
    }

    [Fact]
    public void C_sharp_takes_no_code_from_strings()
    {
        string[] files = [.. HostileText.All.Select((hostile, i) => CSharpExport.Write(Hostile(hostile, $"f{i}")))];
        string text = "using System;\n" + string.Concat(files).Replace("using System;", "", StringComparison.Ordinal);
        Type[] types = CSharpCompiler.Compile(text, _folder).GetExportedTypes();
        Assert.Equal(HostileText.All.Select((_, i) => $"F{i}Surrogate").Order(), types.Select(t => t.Name).Order());
    }

    [Theory]
    [InlineData("f; int injected")]
    [InlineData("f\n#error injected\n")]
    [InlineData("9")]
    [InlineData("")]
    [InlineData("a$b")]
    public void A_function_s_name_becomes_an_identifier(string function)
    {
        Surrogate surrogate = Hostile("1", function);
        string source = Path.Combine(_folder, "named.c");
        File.WriteAllText(source, CExport.Write(surrogate, new ExportOptions()));
        Assert.Equal(0, Run("gcc", ["-std=c99", "-Werror", "-fsyntax-only", source]));
        Assert.Single(CSharpCompiler.Compile(CSharpExport.Write(surrogate), _folder).GetExportedTypes());
    }

    [Fact]
    public void Reports_and_models_hold_no_characters_that_steer()
    {
        Assert.All(HostileText.All, hostile =>
        {
            string html = new HtmlPage(hostile).Heading(hostile).Paragraph(hostile).Remark(hostile).List([hostile]).Table([hostile], [[hostile]]).ToString();
            Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
            Assert.True(Nsc.Core.Text.PrintableText.Lines(html) == html, html);
            string svg = Plot.Svg(new PlotFrame(hostile, hostile, hostile), new PlotLine(hostile, [new(1, 1)]));
            Assert.Equal(Nsc.Core.Text.PrintableText.OneLine(hostile).Trim(), XDocument.Parse(svg).Root!.Elements().First().Value.Trim());
            string model = Encoding.UTF8.GetString(OnnxExport.Write(Hostile(hostile, hostile)));
            Assert.Contains(Nsc.Core.Text.PrintableText.OneLine(hostile), model, StringComparison.Ordinal);
        });
    }

    // Every string but the function's name.
    private static Surrogate Hostile(string text, string function)
    {
        Surrogate sample = SampleSurrogates.Create(new Topology(1, [2], 1));
        ImmutableArray<InputVariable> inputs = [sample.Signature.Inputs[0] with { Name = text }];
        ImmutableArray<OutputVariable> outputs = [sample.Signature.Outputs[0] with { Name = text }];
        var signature = new ProgramSignature(function, text, inputs, outputs);
        return sample with
        {
            Program = sample.Program with { Path = text, Signature = signature },
            Provenance = sample.Provenance with { ToolVersion = text, Model = text, ModelHash = text, SourceHash = text, Init = text },
        };
    }

    private static int Run(string program, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string messages = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, messages);
        return process.ExitCode;
    }
}
