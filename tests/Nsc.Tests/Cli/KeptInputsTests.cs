// --input keeps some inputs; what the others are is said, and every later verb knows it.

using Nsc.Core.Programs;
using Nsc.Core.Surrogates;

namespace Nsc.Tests.Cli;

public sealed class KeptInputsTests(Workplace place) : IClassFixture<Workplace>
{
    private const string Source = """
        struct state { double v; int k; };
        #pragma nsc input(z, 0, 3)
        double f(double x, float y, double z, int n, _Bool q, struct state *s)
        {
            s->v += x;
            return x * y + z * n + (q ? s->v : 1) + s->k;
        }
        """;

    [Fact]
    public void The_rest_has_the_middle_of_its_range_or_the_value_of_fix()
    {
        Outcome compiled = Compile("middle", "--input", "x,s.v", "--range", "n=1:4", "--fix", "y=0.1");
        Assert.True(compiled.ExitCode == 0, compiled.Error);
        Assert.Contains("note: the other inputs of 'f' have one value: z = 1.5, n = 2, q = 0, s.k = 0", compiled.Error, StringComparison.Ordinal);
        ProgramSignature signature = SurrogateFile.Load(place["middle.surrogate"]).Signature;
        Assert.Equal(["x", "s.v"], signature.Inputs.Select(i => i.Name));
        Assert.Equal(["return", "s.v.next"], signature.Outputs.Select(o => o.Name));
        Assert.Equal(
            [("y", (double)0.1f), ("z", 1.5), ("n", 2), ("q", 0), ("s.k", 0)], signature.Fixed.Select(f => (f.Name, f.Value)));
    }

    [Fact]
    public void Later_verbs_sample_what_was_compiled()
    {
        Compile("later", "--input", "x", "--input", "s.v", "--fix", "q=1");
        Assert.Equal(0, Workplace.Run("finetune", place["later.surrogate"], "--samples", "64").ExitCode);
        double[] answer = new SurrogateEvaluator(SurrogateFile.Load(place["later.surrogate"])).Evaluate([0.5, 0.25]);
        Assert.Equal(0.75, answer[0], 0.01); // y, n and s.k are 0.
        Assert.Equal(0.75, answer[1], 0.01);
        Outcome evaluated = Workplace.Run("eval", place["later.surrogate"], "--program", place["later.c"], "--json");
        Assert.True(evaluated.ExitCode == 0, evaluated.Error);
        Assert.InRange(evaluated.Json.GetProperty("nmse").GetDouble(), 0, 1e-3);
    }

    [Fact]
    public void A_name_means_all_below_it_for_graph_and_accelerate_too()
    {
        Outcome graph = Workplace.Run("graph", place.Write("graph.c", Source), "--input", "s", "--check", "50");
        Assert.True(graph.ExitCode == 0, graph.Error);
        Assert.Contains("x = 0, y = 0, z = 1.5, n = 0, q = 0", graph.Error, StringComparison.Ordinal);
        Outcome accelerated = Workplace.Run("accelerate", place["graph.c"], "--input", "nothing", "-o", place["graph.nn.c"], "--model", place.Model);
        Assert.Equal(3, accelerated.ExitCode);
        Assert.Contains("--input: error: 'f' has no input 'nothing'", accelerated.Error, StringComparison.Ordinal);
    }

    private Outcome Compile(string name, params string[] options) =>
        Workplace.Run(["compile", place.Write(name + ".c", Source), "-o", place[name + ".surrogate"], "--model", place.Model, .. options]);
}
