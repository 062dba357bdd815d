// Holds the graphs of a corpus against the native programs: what CompNet is taught has to be what the functions do.

using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Corpus.Shards;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Sampling;
using Nsc.FrontEnd.Tools;

namespace Nsc.Corpus.Mining;

/// <summary>How a function's graph stands to its native program.</summary>
public enum GraphVerdict
{
    /// <summary>Equal to the last bit, NaN among it.</summary>
    Same,

    /// <summary>Equal but for rounding.</summary>
    Close,

    /// <summary>Different, and the graph says that it is approximate.</summary>
    Approximate,

    /// <summary>Different, although the graph says that it is exact.</summary>
    Wrong,

    /// <summary>The unit cannot be read or built, has other inputs or outputs than the row, or nothing could be compared.</summary>
    Unusable,
}

/// <summary>What came of a row.</summary>
/// <param name="Remark">Why it is not equal; null where it is.</param>
public sealed record AuditedFunction(string Package, string File, string Function, GraphVerdict Verdict, string? Remark);

/// <param name="inputs">As many are drawn from the ranges; edges such as NaN come with them.</param>
public sealed class GraphAudit(int inputs, ulong seed, Toolchain toolchain)
{
    /// <summary>The relative difference that rounding may make.</summary>
    public const double Tolerance = 1e-4;

    public AuditedFunction Audit(ShardRow row, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        FrontEndOptions options = FrontEndOptions.Covered with { Functions = [row.Function] };
        CProgram? program = ClangFrontEnd.Load($"{row.Package}/{row.File}", row.Source, options, toolchain, diagnostics).FirstOrDefault();
        if (program is null || diagnostics.HasErrors)
        {
            return Of(row, GraphVerdict.Unusable, diagnostics.FirstOrDefault(d => d.Severity == Severity.Error)?.Message ?? "the unit does not define it");
        }

        var stored = row.Program();
        if (!program.Signature.Inputs.Select(i => i.Name).SequenceEqual(stored.Inputs.Select(i => i.Name)) || program.Signature.Outputs.Length != row.Outputs)
        {
            return Of(row, GraphVerdict.Unusable, "the unit has other inputs or outputs than the row");
        }

        return GraphCheck.Run(program, stored.Graph, toolchain, inputs, seed, diagnostics, cancellationToken) is { Compared: > 0 } check
            ? Judge(row, program.Signature, SaysExact(program), check)
            : Of(row, GraphVerdict.Unusable, diagnostics.FirstOrDefault(d => d.Severity == Severity.Error)?.Message ?? "nothing could be compared");
    }

    // A row has no reasons why its graph is approximate; the compiler has.
    private bool SaysExact(CProgram program) => GraphBuilder.Build(program, toolchain, GraphOptions.Short, []) is { IsExact: true };

    private static AuditedFunction Judge(ShardRow row, ProgramSignature signature, bool isExact, GraphAgreement check)
    {
        string? remark = check.Worst is { } worst
            ? FormattableString.Invariant($"on {check.Disagreeing} of {check.Compared} inputs; at worst {signature.Outputs[worst.Output].Name} is {worst.Native:G9} by the program and {worst.Graph:G9} by the graph")
            : null;
        return Of(row, check.Worst is null ? GraphVerdict.Same : !isExact ? GraphVerdict.Approximate : check.Worst.Size <= Tolerance ? GraphVerdict.Close : GraphVerdict.Wrong, remark);
    }

    private static AuditedFunction Of(ShardRow row, GraphVerdict verdict, string? remark) => new(row.Package, row.File, row.Function, verdict, remark);
}
