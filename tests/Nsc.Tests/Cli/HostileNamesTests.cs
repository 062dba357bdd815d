// Names from strangers' files reach the terminal as text only.

using Nsc.CommandLine;
using Nsc.Core.Text;
using Nsc.Engine.Emission;

namespace Nsc.Tests.Cli;

public sealed class HostileNamesTests : IDisposable
{
    private const string Escape = "\u001b]0;owned\u0007\u202e";
    private readonly Workplace _work = new();

    public HostileNamesTests() => _work.WriteSquare();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("verb")]
    [InlineData("option")]
    [InlineData("value")]
    [InlineData("file")]
    [InlineData("line")]
    [InlineData("source")]
    [InlineData("missing")]
    [InlineData("output")]
    [InlineData("column")]
    [InlineData("cell")]
    [InlineData("binding")]
    [InlineData("function")]
    [InlineData("image")]
    [InlineData("model")]
    public void An_escape_is_spelled_out_wherever_it_comes_from(string place)
    {
        string odd = _work[$"a{Escape}.c"];
        File.WriteAllText(odd, $"double f(double x) {{ return {Escape}; }}\n");
        Outcome outcome = place switch
        {
            "verb" => Workplace.Run("x" + Escape),
            "option" => Workplace.Run("inspect", _work["s"], "--x" + Escape),
            "value" => Workplace.Run("compile", _work["f.c"], "-o", _work["o"], "--seed", Escape),
            "file" => Workplace.Run("compile", odd, "-o", _work["o"], "--model", _work.Model),
            "line" => Workplace.Run("compile", _work.Write("a\nforged: error: b.c", "int f(void) { return 1; }\n"), "-o", _work["o"], "--model", _work.Model),
            "source" => Workplace.Run("compile", _work.Write("b.c", $"double f(double x) {{ return g(\"{Escape}\"); }}\n"), "-o", _work["o"], "--model", _work.Model),
            "missing" => Workplace.Run("inspect", _work["none" + Escape]),
            "output" => Workplace.Run("compile", _work["f.c"], "-o", _work[$"none{Escape}/s"], "--model", _work.Model),
            "column" => Workplace.Run("eval", _work["s"], "--data", _work.Write("c.csv", $"a{Escape},b\n1,2\n")),
            "cell" => Workplace.Run("eval", _work["s"], "--data", _work.Write("d.csv", $"x,return\n1,{Escape}\n")),
            "binding" => Workplace.Run("run", _work["s"], $"{Escape}=1"),
            "function" => Workplace.Run("compile", _work["f.c"], "-o", _work["o"], "--function", Escape, "--model", _work.Model),
            "image" => Workplace.Run("bench", "images", "--programs", _work["."], "--image", _work.Write($"{Escape}.png", "no image")),
            _ => Workplace.Run("compile", _work["f.c"], "-o", _work["o"], "--model", _work["none" + Escape]),
        };
        Assert.NotEqual(0, outcome.ExitCode);
        Assert.DoesNotContain("internal error", outcome.Error, StringComparison.Ordinal);
        string shown = outcome.Output + outcome.Error;
        Assert.True(PrintableText.Lines(shown) == shown, shown);
        Assert.True(place is "source" or "function" || shown.Contains(place == "line" ? "<U+000A>forged" : "<U+001B>", StringComparison.Ordinal), shown);
        Assert.DoesNotContain("\nforged", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_s_notes_are_shown_as_text()
    {
        CompNetCheckpoint model = CompNetCheckpoint.Load(_work.Model);
        (model with { Notes = model.Notes.SetItem("note" + Escape, "value\nforged: line" + Escape) }).Save(_work["m.safetensors"]);
        string shown = Workplace.Run("inspect", _work["m.safetensors"]).Output;
        Assert.Contains("note<U+001B>]0;owned<U+0007><U+202E>: value<U+000A>forged", shown, StringComparison.Ordinal);
        Assert.Equal(PrintableText.Lines(shown), shown);
    }

    [Fact]
    public void A_model_with_an_odd_name_compiles_and_is_recorded_as_text()
    {
        string odd = _work[$"m{Escape}\n.safetensors"];
        File.Copy(_work.Model, odd);
        Assert.Equal(0, Workplace.Run("compile", _work["f.c"], "-o", _work["o"], "--model", odd).ExitCode);
        Assert.Contains("m<U+001B>", Workplace.Run("inspect", _work["o"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Characters_in_two_halves_are_put_together()
    {
        using var shown = new StringWriter();
        TextWriter writer = PrintableWriter.Over(shown);
        foreach (char c in "\U0001F600\u001b\n")
        {
            writer.Write(c);
        }

        Assert.Equal("\U0001F600<U+001B>\n", shown.ToString());
    }
}
