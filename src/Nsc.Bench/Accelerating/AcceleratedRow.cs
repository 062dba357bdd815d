// What bench accelerate finds.

namespace Nsc.Bench.Accelerating;

/// <summary>A way to compute a program, measured on samples that nothing was made from or chosen by.</summary>
/// <param name="Size">How large it is, in words; empty for the program itself.</param>
/// <param name="Ns">Nanoseconds a call, the guard included.</param>
/// <param name="Tail">An error, in deviations of the output, that at most 1% of the inputs exceed; null where the samples bound none.</param>
/// <param name="Keeps">Whether it keeps the bound that was asked for.</param>
/// <param name="IsOnFront">Whether nothing else is both faster and more exact.</param>
public sealed record AcceleratedRow(string Program, string Method, string Size, double Ns, double Nmse, double? Tail, bool Keeps, bool IsOnFront)
{
    public const string Original = "program", Fast = "-Ofast", Single = "float -Ofast";
}

/// <summary>What nsc accelerate --method auto takes, and what was best when all were measured.</summary>
/// <param name="Advised">The method, or the program itself where nothing is faster.</param>
/// <param name="Ratio">The advised one's time over the best one's.</param>
/// <param name="IsRight">Whether it keeps the bound on new samples and is the best of those that do, within a tenth.</param>
/// <param name="NetIsOnFront">Whether one of our nets is on the front.</param>
public sealed record AccelerationAdvice(
    string Program, int Inputs, double OriginalNs, string Advised, string AdvisedSize, double AdvisedNs, string Best, string BestSize, double BestNs, double Ratio, bool IsRight, bool NetIsOnFront);

/// <summary>A whole application with and without its kernel replaced.</summary>
/// <param name="Taken">What has the kernel's place.</param>
/// <param name="Seconds">Processor time of a run.</param>
/// <param name="Metric">What the application's results are judged by, in words.</param>
/// <param name="Value">How far they are apart.</param>
public sealed record ApplicationRow(string Application, string Taken, double OriginalSeconds, double Seconds, string Metric, double Value)
{
    public double SpeedUp => OriginalSeconds / Seconds;
}
