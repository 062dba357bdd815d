// What a net answers.

namespace Nsc.Engine.Trainers;

internal static class NetAnswers
{
    /// <summary>What a net answers on its rows, in standardised units.</summary>
    public static float[] Of(float[] weights, float[] inputs, int samples, NetShape shape)
    {
        if (!shape.HasEqualPair)
        {
            return OfAny(weights, inputs, samples, shape);
        }

        var net = new FusedNet(shape, samples, 0);
        net.Begin(new NetTask(weights, inputs, new float[samples]));
        return net.Predict();
    }

    private static float[] OfAny(float[] weights, float[] inputs, int samples, NetShape shape)
    {
        var passes = new NetPasses(shape);
        passes.Load(Array.ConvertAll(weights, w => (double)w));
        var answers = new Activations(samples, shape);
        passes.Forward(new SampleRows(shape.Inputs, Array.ConvertAll(inputs, x => (double)x), new double[samples]), 0, answers);
        return Array.ConvertAll(answers.Errors, e => (float)e);
    }
}
