// A net and its samples as the second-order method takes them.

namespace Nsc.Engine.Trainers;

/// <summary>A task in double precision, without the last input columns that are zero on every row.</summary>
internal sealed record LeastSquaresTask(NetShape Shape, SampleRows Training, SampleRows HeldOut, double[] Weights)
{
    public static LeastSquaresTask Of(NetTask task, NetShape full, FineTuneOptions options)
    {
        int samples = task.Targets.Length, training = samples - options.HeldOutCount(samples);
        NetShape shape = full with { Inputs = UsedColumns(task.Inputs, full.Inputs) };
        double[] points = Columns(task.Inputs, full.Inputs, shape.Inputs);
        double[] targets = Array.ConvertAll(task.Targets, t => (double)t);
        double[]? roots = task.RowWeights is null ? null : Array.ConvertAll(task.RowWeights, w => Math.Sqrt(w));
        int split = training * shape.Inputs;
        return new LeastSquaresTask(
            shape, new SampleRows(shape.Inputs, points[..split], targets[..training], roots?[..training]),
            new SampleRows(shape.Inputs, points[split..], targets[training..], roots?[training..]),
            [.. Places(shape, full).Select(place => (double)task.Weights[place])]);
    }

    /// <summary>The flat vector of the full shape; weights of columns that are not used stay as they were.</summary>
    public float[] Flat(double[] weights, NetShape full, float[] before)
    {
        float[] flat = [.. before];
        foreach ((int place, double weight) in Places(Shape, full).Zip(weights))
        {
            flat[place] = (float)weight;
        }

        return flat;
    }

    /// <summary>The first columns of inputs (n, columns), row-major: (n, used).</summary>
    public static double[] Columns(float[] inputs, int columns, int used)
    {
        var points = new double[inputs.Length / columns * used];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = inputs[(i / used * columns) + (i % used)];
        }

        return points;
    }

    /// <summary>The columns of inputs (n, columns) up to the last one that is not zero on every row; at least one.</summary>
    public static int UsedColumns(float[] inputs, int columns)
    {
        int used = columns;
        while (used > 1 && !HasValue(inputs, used - 1, columns))
        {
            used--;
        }

        return used;
    }

    private static bool HasValue(float[] inputs, int column, int columns)
    {
        for (int i = column; i < inputs.Length; i += columns)
        {
            if (inputs[i] != 0)
            {
                return true;
            }
        }

        return false;
    }

    // Where each weight of a shape lies in the flat vector of a shape with more inputs.
    private static IEnumerable<int> Places(NetShape shape, NetShape full) =>
    [
        .. Enumerable.Range(0, shape.FirstWidth * shape.Inputs).Select(i => (i / shape.Inputs * full.Inputs) + (i % shape.Inputs)),
        .. Enumerable.Range(shape.FirstWidth * full.Inputs, full.WeightCount - (shape.FirstWidth * full.Inputs)),
    ];
}
