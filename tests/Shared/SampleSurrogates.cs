// Surrogates for tests: any topology, random weights, a program that goes with it.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;

namespace Nsc.Tests.Core.Surrogates;

internal static class SampleSurrogates
{
    public const string Source = "/* \u00e9t\u00e9, \U0001F600 \"quoted\" \\ */\nfloat f(float x) { return x < 1 ? x : 1; }\n";

    public static Surrogate Create(Topology topology, int seed = 1)
    {
        var random = new Random(seed);
        var signature = new ProgramSignature(
            "f", "float f(float x)",
            [.. Enumerable.Range(0, topology.Inputs).Select(i => new InputVariable($"x[{i}]", ScalarKind.Float, new Interval(-1 - i, 3 + (0.1 * i))))],
            [.. Enumerable.Range(0, topology.Outputs).Select(k => new OutputVariable($"out[{k}]", ScalarKind.Double))]);
        return new Surrogate(
            new CProgram("f.c", Source, EntrySource: "", signature),
            topology,
            [.. Enumerable.Range(0, topology.LayerCount).Select(l => new Layer(
                Weights(random, topology.Outputs * topology.Rows(l) * topology.Columns(l)), Weights(random, topology.Outputs * topology.Rows(l))))],
            [.. Enumerable.Range(0, topology.Outputs).Select(k => 0.1 + k)],
            [.. Enumerable.Range(0, topology.Outputs).Select(k => 1.0 / (k + 3))],
            new Provenance(Provenance.CompNetInit, "compnet.safetensors", Provenance.HashOf("model"), Provenance.HashOf(Source), 7, 128, 500, 420, new ErrorEstimate(0.0123, 0.01, 0.02, 128, EstimateMethod.CrossValidated), "", true, "1.0.0"));
    }

    /// <summary>One with a logarithmic input beside a linear one, and outputs of yes or no, of a number, of a small type, of few values, and of no sign.</summary>
    public static Surrogate WithAnswers()
    {
        Surrogate any = Create(new Topology(2, [5, 3], 5), seed: 4);
        ImmutableArray<OutputVariable> outputs =
            [new("hit", ScalarKind.Bool), new("y", ScalarKind.Double), new("level", ScalarKind.Int8), new("code", ScalarKind.Int32), new("count", ScalarKind.UInt16)];
        ImmutableArray<InputVariable> inputs = [any.Signature.Inputs[0] with { Range = new Interval(1, 1000) { IsLogarithmic = true } }, any.Signature.Inputs[1]];
        any = any with
        {
            Program = any.Program with { Signature = any.Signature with { Inputs = inputs, Outputs = outputs } },
            OutputValues = [[], [], [], [-1, 0, 3], []], OutputMean = [0, 0, 0, 0, 0], OutputDeviation = [5, 1, 90, 60, 90],
        };

        // The middle of each output's numbers is where its answers differ.
        double[] numbers = new SurrogateEvaluator(any).Evaluate(InputSampler.Draw(any.Signature, 101, new SplitMix64(1)));
        double[] middles = [.. Enumerable.Range(0, 5).Select(k => numbers.Where((_, i) => i % 5 == k).Order().ElementAt(50))];
        return any with { OutputMean = [.. middles.Zip([0.5, 0, 127, 1, 0], (middle, about) => Math.Round(about - middle, 3))] }; // The same on any machine.
    }

    /// <summary>One whose networks give, of a number over decades and of a whole number, the logarithm, and of a number beside them the number.</summary>
    public static Surrogate WithLogarithms(Topology? topology = null)
    {
        Surrogate any = Create(topology ?? new Topology(2, [5, 3], 3), seed: 6);
        ImmutableArray<OutputVariable> outputs = [new("y", ScalarKind.Double), new("z", ScalarKind.Double), new("n", ScalarKind.Int32)];
        return any with
        {
            Program = any.Program with { Signature = any.Signature with { Outputs = outputs } },
            OutputLogarithms = [new LogarithmScale(-2, 3), null, new LogarithmScale(4, 1.5)],
        };
    }

    /// <summary>One without hidden layers, over [-1, 1]: output k is mean + deviation * (the sum of slope times input).</summary>
    public static Surrogate Linear(double[] mean, double[] deviation, params float[] slopes)
    {
        int outputs = mean.Length, inputs = slopes.Length / outputs;
        Surrogate any = Create(new Topology(inputs, [], outputs));
        ImmutableArray<InputVariable> variables = [.. any.Signature.Inputs.Select(i => i with { Kind = ScalarKind.Double, Range = Interval.Default })];
        return any with
        {
            Program = any.Program with { Signature = any.Signature with { Inputs = variables } },
            Layers = [new Layer([.. slopes], [.. new float[outputs]])], OutputMean = [.. mean], OutputDeviation = [.. deviation],
        };
    }

    private static ImmutableArray<float> Weights(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2) - 1))];
}
