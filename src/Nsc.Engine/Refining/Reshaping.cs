// A surrogate of another size that says the same: a larger net starts as the one at hand, a smaller one is taught by it.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;

namespace Nsc.Engine.Refining;

public static class Reshaping
{
    /// <summary>Inputs that a smaller net learns from a larger one on.</summary>
    private const int Lessons = 2048;

    /// <summary>The surrogate with other hidden layers.</summary>
    /// <param name="seed">Of what is drawn.</param>
    public static Surrogate To(Surrogate surrogate, ImmutableArray<int> hidden, long seed)
    {
        NetShape before = NetShape.Of(surrogate.Topology), after = before with { Hidden = hidden };
        if (before.Equals(after))
        {
            return surrogate;
        }

        Surrogate other = SurrogateEmitter.Random(after, surrogate.Program, seed, surrogate.Provenance.ToolVersion);
        bool isLarger = before.Hidden.Length == after.Hidden.Length && before.Hidden.Zip(after.Hidden).All(w => w.First <= w.Second);
        float[][] nets = NetLayout.FromLayers(surrogate, before), random = NetLayout.FromLayers(other, after);
        if (surrogate.Provenance.Init == Provenance.RandomInit && surrogate.Provenance.Samples == 0)
        {
            nets = random;
        }
        else if (isLarger)
        {
            nets = [.. nets.Zip(random, (net, fresh) => Widened(net, fresh, before, after))];
        }
        else
        {
            nets = Taught(surrogate, nets, random, before, after, seed);
        }

        return surrogate with { Topology = after.TopologyOf(surrogate.Topology.Inputs, surrogate.Topology.Outputs), Layers = NetLayout.ToLayers(nets, surrogate.Topology.Inputs, after) };
    }

    // The function stays (Chen, Goodfellow and Shlens, "Net2Net", 2016): new units listen at random, and nothing listens to them.
    private static float[] Widened(float[] net, float[] random, NetShape before, NetShape after)
    {
        float[] wide = [.. random];
        for (int l = 0; l < after.LayerCount; l++)
        {
            for (int row = 0; row < after.Rows(l); row++)
            {
                Span<float> weights = wide.AsSpan(after.LayerStart(l) + (row * after.Columns(l)), after.Columns(l));
                if (row < before.Rows(l))
                {
                    net.AsSpan(before.LayerStart(l) + (row * before.Columns(l)), before.Columns(l)).CopyTo(weights);
                    weights[before.Columns(l)..].Clear();
                    wide[after.BiasStart(l) + row] = net[before.BiasStart(l) + row];
                }
            }
        }

        InSpaceOf(wide, net, before, after);
        return wide;
    }

    // New units of the first layer listen along the directions that the others do.
    private static void InSpaceOf(float[] wide, float[] net, NetShape before, NetShape after)
    {
        double[] basis = FirstLayerSubspace.Basis(net, before.Inputs, before);
        FirstLayerSubspace.Project(wide, basis, after.Inputs, after);
        net.AsSpan(0, before.FirstWidth * before.Inputs).CopyTo(wide);
    }

    private static float[][] Taught(Surrogate surrogate, float[][] nets, float[][] random, NetShape before, NetShape after, long seed)
    {
        ProgramSignature signature = surrogate.Signature;
        double[] drawn = InputSampler.Draw(signature, Lessons, new SplitMix64(SampleSeeds.For(seed, SamplePurpose.Lessons)));
        float[] inputs = [.. drawn.Select((x, i) => (float)signature.Inputs[i % before.Inputs].Range.Unit(x))];
        NetTask[] tasks = [.. nets.Zip(random, (net, fresh) => new NetTask(fresh, inputs, NetAnswers.Of(net, inputs, Lessons, before)))];
        var options = new FineTuneOptions(Steps: 2 * FineTuneOptions.DefaultSteps(Optimizer.Lm), Seed: seed, Optimizer: Optimizer.Lm);
        return [.. new LevenbergMarquardt().Run(tasks, after, options, null, default).Select(r => r.Weights)];
    }
}
