// Programs of one source text, compiled together: whoever wants the graphs and samples of many functions of a file starts the
// compiler twice for the file, not twice for each function.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd;

/// <summary>
/// What clang makes of a source with the entries of several programs. Each program's graph and samples are those that it has
/// when it is compiled alone, and so are its diagnostics. Its members may be called by several threads at once.
/// </summary>
public sealed class ProgramSet : IDisposable
{
    private readonly IReadOnlyList<CProgram> _programs;
    private readonly Toolchain _toolchain;
    private readonly Sanitizing _sanitizing;
    private readonly ScratchFolder _folder = new();
    private readonly Task<IReadOnlyList<Diagnostic>> _native;

    /// <summary>Begins to compile the unit.</summary>
    /// <param name="programs">Programs with the same source and distinct entry names, as <see cref="Together"/> finds them.</param>
    /// <param name="sanitizing">As <see cref="NativeProgram.Compile"/> has it.</param>
    public ProgramSet(IReadOnlyList<CProgram> programs, Toolchain toolchain, Sanitizing sanitizing = Sanitizing.Off)
    {
        (_programs, _toolchain, _sanitizing) = (programs, toolchain, sanitizing);
        _native = ObjectBuilder.BuildAsync(programs, toolchain, _folder, sanitizing);
    }

    /// <summary>Indices of programs that can share a unit, unit by unit.</summary>
    public static IEnumerable<int[]> Together(IReadOnlyList<CProgram> programs) => Enumerable.Range(0, programs.Count)
        .GroupBy(i => programs[i].Source)
        .SelectMany(source => source.GroupBy(i => programs[i].EntryName).SelectMany(same => same.Select((i, copy) => (Index: i, Copy: copy)))
            .GroupBy(s => s.Copy, s => s.Index))
        .Select(unit => unit.Order().ToArray());

    /// <summary>The dataflow of each program, or null where its diagnostics say why there is none.</summary>
    /// <param name="diagnostics">One bag for each program.</param>
    public ImmutableArray<DataflowGraph?> Lower(GraphOptions options, IReadOnlyList<DiagnosticBag> diagnostics) =>
        GraphBuilder.BuildEach(_programs, _toolchain, options, diagnostics, clang: null);

    /// <summary>One of the programs as native code, to be disposed of before the unit; null when the diagnostics say why there is none.</summary>
    public NativeProgram? Open(CProgram program, DiagnosticBag diagnostics) => ClangTime.Measure(() => _native.GetAwaiter().GetResult()).Count == 0
        ? NativeProgram.Of(program, _folder[ObjectBuilder.ObjectName])
        : NativeProgram.Compile(program, _toolchain, diagnostics, limits: null, sanitizing: _sanitizing);

    public void Dispose()
    {
        _native.ContinueWith(_ => { }, TaskScheduler.Default).Wait(); // Whatever became of it, it writes no more.
        _folder.Dispose();
    }
}
