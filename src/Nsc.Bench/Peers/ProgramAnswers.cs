// What a program under test answers at any points: its graph's values where the graph is exact, which has the program's bits; else it runs in the sandbox.

using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Sampling;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Tools;

namespace Nsc.Bench.Peers;

public sealed class ProgramAnswers : IDisposable
{
    private readonly BenchProgram _program;
    private readonly NativeProgram? _native;

    private ProgramAnswers(BenchProgram program, NativeProgram? native) => (_program, _native) = (program, native);

    /// <summary>Null when the program does not compile.</summary>
    public static ProgramAnswers? Open(BenchProgram program, Toolchain toolchain)
    {
        NativeProgram? native = program.Graph.IsExact ? null : NativeProgram.Compile(program.Program, toolchain, new DiagnosticBag());
        return program.Graph.IsExact || native is not null ? new ProgramAnswers(program, native) : null;
    }

    /// <param name="points">(rows, inputs), row-major, in the program's units.</param>
    public ProgramRun Run(double[] points, CancellationToken cancellationToken)
    {
        if (_native is not null)
        {
            return _native.Run(points, cancellationToken);
        }

        int rows = points.Length / _program.Program.Signature.Inputs.Length;
        double[] outputs = new GraphEvaluator(_program.Graph).EvaluateOutputs(points, rows);
        int width = rows == 0 ? 0 : outputs.Length / rows;
        return new ProgramRun(outputs, [.. Enumerable.Range(0, rows).Select(r => outputs.AsSpan(r * width, width).ContainsAnyExceptInRange(double.MinValue, double.MaxValue) ? SampleStatus.NotFinite : SampleStatus.Ok)], null);
    }

    public void Dispose() => _native?.Dispose();
}
