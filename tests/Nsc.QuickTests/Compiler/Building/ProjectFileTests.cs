using Nsc.Compiler.Building;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;

namespace Nsc.Tests.Compiler.Building;

public sealed class ProjectFileTests : IDisposable
{
    private const string Outputs = """ "outputs": { "accelerated": "out/f.c" } """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nsc-project-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_project_says_what_is_made_of_which_function()
    {
        BuildProject project = Read("""
            {
              "model": "m.safetensors", "seed": 3, "flags": ["-Iinclude", "-DN=4", "-O3"],
              "functions": [
                {
                  "file": "src/f.c", "function": "f", "ranges": { "x": [0, 2], "p": [1, 1e6, "log"] }, "fix": { "n": 9 }, "extents": { "q": 8 }, "inputs": ["x"],
                  "with": ["src/g.c"], "samples": 100, "heldOut": 2000, "topology": "8-8", "maxError": 0.5, "rate": 0.05, "confidence": 0.9, "keepLoops": true,
                  "outputs": { "accelerated": "out/f.c", "onnx": "out/f.onnx" }
                },
                { "file": "src/h.c", "seed": 4, "topology": "auto", "outputs": { "surrogate": "out/h.surrogate" } }
              ]
            }
            """).Project!;
        Assert.Equal(At("m.safetensors"), project.Model);
        (BuildFunction first, BuildFunction second) = (project.Functions[0], project.Functions[1]);
        Assert.Equal((At("src/f.c"), "f", 100, 2000, 3L), (first.File, first.Function, first.Samples, first.HeldOut, first.Seed));
        Assert.Equal(new Interval(0, 2), first.Ranges["x"]);
        Assert.Equal(new Interval(1, 1e6) { IsLogarithmic = true }, first.Ranges["p"]);
        Assert.Equal((9, 8), (first.Fixed["n"], first.Extents["q"]));
        Assert.Equal(["-I", At("include"), "-DN=4"], first.Flags); // How fast the program is does not matter.
        Assert.Equal([At("src/g.c")], first.With);
        Assert.Equal([8, 8], first.Hidden!.Value);
        Assert.Equal((0.5, 0.05, 0.9), (first.Limit.MaxError!.Value, first.Limit.Rate, first.Limit.Confidence));
        Assert.Equal([new BuildOutput("accelerated", At("out/f.c")), new BuildOutput("onnx", At("out/f.onnx"))], first.Outputs);
        Assert.Equal((4L, 0), (second.Seed, second.Hidden!.Value.Length));
        Assert.Equal((true, false), (first.KeepsLoops, second.KeepsLoops));
        Assert.Null(second.Limit.MaxError);
    }

    [Theory]
    [InlineData("""{ "functions": [ { "file": "f.c", "maxErorr": 1, OUT } ] }""", 1, 35, "a function has no member 'maxErorr'", "did you mean 'maxError'?")]
    [InlineData("""{ "functions": [ { "file": "f.c", "outputs": { "acelerated": "f.nn.c" } } ] }""", 1, 48, "'outputs' has no member 'acelerated'", "did you mean 'accelerated'?")]
    [InlineData("""{ "functions": [ { OUT } ] }""", 1, 18, "a function needs 'file'", null)]
    [InlineData("""{ "functions": [ { "file": "f.c" } ] }""", 1, 18, "a function needs 'outputs'", null)]
    [InlineData("""{ "functions": [ { "file": "f.c", "samples": 1.5, OUT } ] }""", 1, 46, "this must be a whole number from 4 to 1,000,000", null)]
    [InlineData("""{ "functions": [ { "file": "f.c", "maxError": "1", OUT } ] }""", 1, 47, "'maxError' must be a number", null)]
    [InlineData("""{ "functions": [ { "file": "f.c", "maxError": 1e999, OUT } ] }""", 1, 47, "this number is too large", null)]
    [InlineData("""{ "functions": [ { "file": "f.c", "keepLoops": "no", OUT } ] }""", 1, 48, "'keepLoops' must be true or false", null)]
    [InlineData("""{ "functions": [ { "file": "f.c", "ranges": { "x": [1, 0] }, OUT } ] }""", 1, 52, "a range must be [LOW, HIGH]", null)]
    [InlineData("""{ "functions": [ { "file": "f.c", "topology": "8x8", OUT } ] }""", 1, 47, "a topology must be 1 to 4 widths", null)]
    [InlineData("""{ "functions": [ { "file": "f.c", "rate": 2, OUT } ] }""", 1, 18, "rate and confidence must lie between 0 and 1", null)]
    [InlineData("""{ "functions": [ { "file": "f.c", "file": "g.c", OUT } ] }""", 1, 35, "'file' stands here twice", null)]
    [InlineData("""{ "functions": [ { "file": "../f.c", OUT } ] }""", 1, 28, "leads out of the folder", "--root names a folder")]
    [InlineData("""{ "functions": [ { "file": "/etc/passwd", OUT } ] }""", 1, 28, "leads out of the folder", "--root names a folder")]
    [InlineData("""{ "functions": [ { "file": "link/f.c", OUT } ] }""", 1, 28, "leads out of the folder", "--root names a folder")]
    [InlineData("""{ "functions": [ { "file": "f.c", "outputs": { "c": "../f.nn.c" } } ] }""", 1, 53, "leads out of the folder", "--output names a folder")]
    [InlineData("""{ "functions": [ { "file": "f.c", "outputs": { "c": ".git/hooks/pre-commit" } } ] }""", 1, 53, "nothing is made in hidden files", null)]
    [InlineData("""{ "functions": [ { "file": "f.c", "flags": ["-I../../etc"], OUT } ] }""", 1, 45, "-I leads out of the folder", "--root names a folder")]
    [InlineData("""{ "functions": [ { "file": "f.c", "outputs": { "c": "f.c" } } ] }""", 1, 53, "is read, and would be overwritten", null)]
    [InlineData("""{ "functions": [ { "file": "f.c", OUT }, { "file": "g.c", OUT } ] }""", 1, 123, "is the place of two outputs", null)]
    [InlineData("""{ "functions": [] }""", 1, 1, "the project has no functions", null)]
    [InlineData("""{ "functions": [ 1, ] }""", 1, 21, "this is no JSON: The JSON array contains a trailing comma at the end which does not belong there", null)]
    [InlineData("""[]""", 1, 1, "the project must be an object", null)]
    [InlineData("{\n  \"functions\": [ {\n} ] ]\n}", 3, 5, "this is no JSON", null)]
    [InlineData("", 1, 1, "this is no JSON", null)]
    public void What_makes_no_sense_is_said_with_its_place(string text, int line, int column, string message, string? hint)
    {
        Directory.CreateSymbolicLink(At("link"), "/tmp");
        Diagnostic found = Read(text.Replace("OUT", Outputs.Trim(), StringComparison.Ordinal)).Diagnostics.First();
        Assert.Equal((line, column), (found.Location.Line, found.Location.Column));
        Assert.Contains(message, found.Message);
        Assert.Contains(hint ?? "", found.Hint ?? "");
    }

    [Fact]
    public void Another_root_and_another_folder_for_outputs_are_the_command_lines_choice()
    {
        string root = Path.GetDirectoryName(_folder.FullName)!, output = At("elsewhere");
        (BuildProject? project, DiagnosticBag diagnostics) = Read($$"""{ "functions": [ { "file": "../f.c", {{Outputs}} } ] }""", root, output);
        Assert.Empty(diagnostics);
        Assert.Equal((Path.Combine(root, "f.c"), Path.Combine(output, "out/f.c")), (project!.Functions[0].File, project.Functions[0].Outputs[0].Path));
    }

    [Fact]
    public void A_file_that_never_ends_or_is_not_there_is_refused()
    {
        foreach (string path in (string[])["/dev/zero", _folder.FullName, At("none.json")])
        {
            var diagnostics = new DiagnosticBag();
            Assert.Null(ProjectFile.Read(path, null, null, diagnostics));
            Assert.Single(diagnostics);
        }
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private (BuildProject? Project, DiagnosticBag Diagnostics) Read(string text, string? root = null, string? output = null)
    {
        var diagnostics = new DiagnosticBag();
        File.WriteAllText(At("nsc.json"), text);
        return (ProjectFile.Read(At("nsc.json"), root, output, diagnostics), diagnostics);
    }
}
