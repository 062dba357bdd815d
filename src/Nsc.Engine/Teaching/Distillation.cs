// What a teacher knows, put into a net: Levenberg and Marquardt's method on the samples and on inputs that the teacher has answered.

using Nsc.Engine.Adapting;
using Nsc.Engine.Trainers;

namespace Nsc.Engine.Teaching;

internal static class Distillation
{
    /// <summary>Inputs that the teacher may be asked about.</summary>
    public const int Lessons = 4096;

    // That a program answers itself, which costs some nanoseconds for each of its values.
    private const int LessonsOfProgram = 16_384, MostValues = 1 << 25;

    // Those that every net learns from; the others are for one that then knows less than its teacher.
    private const int FirstLessons = 1024;

    /// <summary>With more samples the net learns as much from them alone as from processes that know them.</summary>
    public const int MostSamples = 512;

    // Of the targets' variance: what single precision leaves of rows that the program gives exactly.
    private const double Negligible = 1e-10;

    // With so few, errors of samples that parameters have seen say too little.
    private const int FewSamples = 64;

    // With fewer, what teachers err on samples left out does not tell which model they should begin with.
    private const int FewForChoice = 16;

    private const int Steps = 40, Rounds = 10, RoundsOfProgram = 4, WarmUpSteps = 20_000, RowsOfBatch = 128;
    private const double HoldOut = 0.15;

    /// <summary>How many inputs are drawn to be answered.</summary>
    /// <param name="program">The program that was measured; null for none.</param>
    public static int LessonsFor(ProgramMean? program) => program is { IsSampled: true } ? Math.Clamp(MostValues / program.Graph.Nodes.Length, Lessons, LessonsOfProgram) : Lessons;

    /// <summary>The better of a fine-tuned net and one that a teacher has taught, by what is expected of their errors.</summary>
    /// <param name="task">All samples, and the net before fine-tuning.</param>
    /// <param name="tuned">What fine-tuning alone made of it.</param>
    /// <param name="lessons">(<see cref="LessonsFor"/>, I) inputs in the task's coordinates, row-major.</param>
    /// <param name="means">Models of the function: each says something of the samples, (n), and of the lessons.</param>
    /// <param name="program">The program that was measured, whose answers are the last of these; null for none.</param>
    public static NetResult Improve(NetTask task, NetResult tuned, float[] lessons, NetShape shape, IReadOnlyList<(double[] Samples, double[] Lessons)> means, ProgramMean? program, FineTuneOptions options)
    {
        (LessonSet pupils, double[] asked) = LessonSet.Of(task, lessons, shape, means);
        bool isExplained = program is not null && IsExplained(pupils);
        if (isExplained && pupils.Count < FewForChoice)
        {
            (pupils, means) = (pupils with { Means = [pupils.Means[^1]], IsOnMeansAlone = true }, [means[^1]]);
        }

        // A program that explains the rows needs no proof that it is better than a net that has seen them alone; one that gives them needs no teacher.
        double[]? given = isExplained && program!.IsSampled && ResidualOf(pupils) <= Negligible ? means[^1].Lessons : null;
        Teacher? teacher = given is null && pupils.Count <= MostSamples ? Teacher.Of(pupils) : null;
        double most = (isExplained ? 1 : Chance.LeastGain(task.Targets.Length)) * tuned.HeldOutError, known = given is null ? teacher?.LeaveOneOutError ?? double.PositiveInfinity : 0;
        if (teacher is not null && known < most && task.Targets.Length <= FewSamples)
        {
            known = Teacher.CrossValidate(pupils, (int)options.Seed);
        }

        if (given is null && (teacher is null || known >= most))
        {
            return tuned;
        }

        float[] answers = Answers(0, FirstLessons), first = lessons[..(FirstLessons * shape.Inputs)];
        float[] start = new[] { task.Weights, tuned.Weights }.MinBy(w => Error(w, first, answers, shape))!;
        NetResult taught = Teach(start, first, options with { Steps = Steps });
        if (taught.HeldOutError > known)
        {
            (float[] weights, int all) = (taught.Weights, given?.Length ?? Lessons);
            answers = [.. answers, .. Answers(answers.Length, all)];
            FineTuneOptions inBatches = options with { BatchRows = RowsOfBatch };
            NetResult further = Teach(weights, lessons[..(all * shape.Inputs)], given is null ? inBatches with { Steps = Rounds } : inBatches with { Steps = RoundsOfProgram, WarmUpSteps = WarmUpSteps });
            taught = further.BestStep > 0 ? further : taught;
        }

        double error = known + taught.HeldOutError;
        return given is not null || error < most ? tuned with { Weights = taught.Weights, HeldOutError = error } : tuned;

        float[] Answers(int from, int to)
        {
            int width = pupils.Coordinates;
            double[] said = given?[from..to] ?? teacher!.Mean(asked[(from * width)..(to * width)], [.. means.Select(m => m.Lessons[from..to])]);
            return Array.ConvertAll(said, a => (float)a);
        }

        NetResult Teach(float[] net, float[] inputs, FineTuneOptions how) => new LevenbergMarquardt().Run([new NetTask(net, [.. task.Inputs, .. inputs], [.. task.Targets, .. answers])
        {
            RowWeights = task.RowWeights is null ? null : [.. task.RowWeights, .. Enumerable.Repeat(1f, answers.Length)],
        }], shape, how with { HoldOut = HoldOut, Workers = 1 }, null, default)[0];
    }

    // Whether less is left of the targets than there is.
    private static bool IsExplained(LessonSet pupils)
    {
        double mean = pupils.Targets.Average();
        return ResidualOf(pupils) < pupils.Targets.Average(t => (t - mean) * (t - mean));
    }

    // The mean square of what the program leaves of the targets.
    private static double ResidualOf(LessonSet pupils) => pupils.Targets.Zip(pupils.Means[^1], (t, m) => (t - m) * (t - m)).Average();

    private static double Error(float[] weights, float[] inputs, float[] answers, NetShape shape) =>
        NetAnswers.Of(weights, inputs, answers.Length, shape).Zip(answers, (p, a) => ((double)p - a) * ((double)p - a)).Average();
}
