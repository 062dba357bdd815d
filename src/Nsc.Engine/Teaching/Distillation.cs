// What a teacher knows, put into a net: Levenberg and Marquardt's method on the samples and on inputs that the teacher has answered.

using Nsc.Engine.Trainers;

namespace Nsc.Engine.Teaching;

internal static class Distillation
{
    /// <summary>Inputs that the teacher answers.</summary>
    public const int Lessons = 1024;

    /// <summary>With more samples the net learns as much from them alone.</summary>
    public const int MostSamples = 512;

    // With so few, errors of samples that parameters have seen say too little.
    private const int FewSamples = 64;

    // With fewer, what teachers err on samples left out does not tell which model they should begin with.
    private const int FewForChoice = 16;

    private const int Steps = 40;
    private const double HoldOut = 0.15;

    /// <summary>The better of a fine-tuned net and one that a teacher has taught, by what is expected of their errors.</summary>
    /// <param name="task">All samples, and the net before fine-tuning.</param>
    /// <param name="tuned">What fine-tuning alone made of it.</param>
    /// <param name="lessons">(<see cref="Lessons"/>, I) inputs in the task's coordinates, row-major.</param>
    /// <param name="means">Models of the function: each says something of the samples, (n), and of the lessons.</param>
    /// <param name="hasProgram">Whether the last of these is the program that was measured.</param>
    public static NetResult Improve(NetTask task, NetResult tuned, float[] lessons, NetShape shape, IReadOnlyList<(double[] Samples, double[] Lessons)> means, bool hasProgram, FineTuneOptions options)
    {
        (LessonSet pupils, double[] asked) = LessonSet.Of(task, lessons, shape, means);
        bool isExplained = hasProgram && IsExplained(pupils);
        if (isExplained && pupils.Count < FewForChoice)
        {
            (pupils, means) = (pupils with { Means = [pupils.Means[^1]], IsOnMeansAlone = true }, [means[^1]]);
        }

        // A program that explains the rows needs no proof that it is better than a net that has seen them alone.
        var teacher = Teacher.Of(pupils);
        double most = (isExplained ? 1 : Chance.LeastGain(task.Targets.Length)) * tuned.HeldOutError, known = teacher?.LeaveOneOutError ?? double.PositiveInfinity;
        if (known < most && task.Targets.Length <= FewSamples)
        {
            known = Teacher.CrossValidate(pupils, (int)options.Seed);
        }

        if (teacher is null || known >= most)
        {
            return tuned;
        }

        float[] answers = Array.ConvertAll(teacher.Mean(asked, [.. means.Select(m => m.Lessons)]), a => (float)a);
        float[] start = new[] { task.Weights, tuned.Weights }.MinBy(w => Error(w, lessons, answers, shape))!;
        var lesson = new NetTask(start, [.. task.Inputs, .. lessons], [.. task.Targets, .. answers])
        {
            RowWeights = task.RowWeights is null ? null : [.. task.RowWeights, .. Enumerable.Repeat(1f, answers.Length)],
        };
        NetResult taught = new LevenbergMarquardt().Run([lesson], shape, options with { Steps = Steps, HoldOut = HoldOut, Workers = 1 }, null, default)[0];
        double error = known + taught.HeldOutError;
        return error < most ? tuned with { Weights = taught.Weights, HeldOutError = error } : tuned;
    }

    // Whether less is left of the targets than there is.
    private static bool IsExplained(LessonSet pupils)
    {
        double mean = pupils.Targets.Average();
        return pupils.Targets.Zip(pupils.Means[^1], (t, m) => (t - m) * (t - m)).Sum() < pupils.Targets.Sum(t => (t - mean) * (t - mean));
    }

    private static double Error(float[] weights, float[] inputs, float[] answers, NetShape shape) =>
        NetAnswers.Of(weights, inputs, answers.Length, shape).Zip(answers, (p, a) => ((double)p - a) * ((double)p - a)).Average();
}
