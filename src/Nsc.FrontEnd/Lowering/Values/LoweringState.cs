// What every part of one execution shares: the graph under construction, the path conditions, the budgets, and where in
// the source the execution is, for messages.

using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Preprocessing;

namespace Nsc.FrontEnd.Lowering.Values;

/// <summary>The state of one program's lowering from IR to a graph.</summary>
internal sealed class LoweringState(CProgram program, GraphOptions options, DiagnosticBag diagnostics)
{
    /// <summary>Operations may be created and dropped again; only this many times more than the graph may hold.</summary>
    private const int WasteFactor = 16;

    private const int MaxDecisions = 200_000;

    private readonly List<string> _approximations = [];
    private int _steps;

    public CProgram Program => program;

    public GraphOptions Options => options;

    public ValueGraph Graph { get; } = new();

    public PathConditions Conditions => field ??= new PathConditions(Graph);

    public IReadOnlyList<string> Approximations => _approximations;

    /// <summary>Whether an error was reported for this program.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Whether data decide how long some loop or recursion goes on.</summary>
    public bool FollowsData { get; set; }

    /// <summary>Whether elements are used that data decide about, of arrays that are handed over and static, or others than they have.</summary>
    public bool LeavesArrays { get; set; }

    /// <summary>The most iterations of a loop whose end data decide.</summary>
    public int OpenIterations { get; set; }

    /// <summary>Whether the execution has to stop, because it costs too much.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>The position of the instruction that is executed; line 0 when unknown.</summary>
    public (int Line, int Column) Position
    {
        get;
        set
        {
            field = value;
            Graph.Line = value.Line;
        }
    }

    /// <summary>The path that is executed.</summary>
    public Condition Path { get; set; } = Condition.True;

    /// <summary>The paths that end the process.</summary>
    public HashSet<Condition> Traps { get; } = [];

    /// <summary>Whether the last instruction did what no program may do, so that no input leads along its path.</summary>
    public bool EndsPath { get; set; }

    /// <summary>Ends a path that some inputs would have to lead along; false for one that all do.</summary>
    public bool TryEndPath(string reason)
    {
        EndsPath |= Path != Condition.True;
        if (EndsPath)
        {
            Approximate(reason);
        }

        return EndsPath;
    }

    /// <summary>Counts one instruction, and stops the execution at its budgets.</summary>
    public void Step()
    {
        if (IsExhausted)
        {
            return;
        }

        bool isTooLarge = Graph.OperationCount > WasteFactor * options.MaxNodes || Conditions.Count > MaxDecisions;
        if (isTooLarge || ++_steps > options.MaxSteps)
        {
            IsExhausted = true;
            if (isTooLarge)
            {
                ReportTooLarge();
            }
            else
            {
                Report(GraphLimits.TooLong, $"'{program.Signature.Function}' executes more than {options.MaxSteps:N0} instructions when its loops are unrolled");
            }
        }
    }

    public void ReportTooLarge() =>
        Report(GraphLimits.TooLarge, $"'{program.Signature.Function}' needs more than {options.MaxNodes:N0} values after unrolling");

    /// <summary>Adds an error at the current position.</summary>
    public void Report(string id, string message, string? hint = null)
    {
        HasFailed = true;
        diagnostics.Add(new Diagnostic(Severity.Error, id, Location(), message, hint, SourceLine()));
    }

    /// <summary>Adds an error about the program as a whole.</summary>
    public void ReportProgram(string id, string message, string? hint = null)
    {
        Position = default;
        Report(id, message, hint);
    }

    /// <summary>Records why the graph may differ from the program.</summary>
    public void Approximate(string reason)
    {
        if (!_approximations.Contains(reason))
        {
            _approximations.Add(reason);
        }
    }

    /// <summary>Records that a long double is computed.</summary>
    public void ApproximateLongDouble() => Approximate("long double has more digits than the graph's double");

    /// <summary>" at line 12", or nothing where the line is not one of the program's own.</summary>
    public static string AtLine(int line) => IsOfSource(line) ? $" at line {line}" : "";

    /// <summary>Whether a line is one of the file that was compiled: those beyond are of its headers, or the entry's.</summary>
    public static bool IsOfSource(int line) => line is > 0 and < CProgram.FirstGeneratedLine;

    private SourceLocation Location() => IsOfSource(Position.Line)
        ? new SourceLocation(program.Path, Position.Line, Position.Column)
        : SourceLocation.InFile(program.Path);

    private string? SourceLine() => UnitText.LineOf(program.Source, Position.Line);

    /// <summary>The bounds of a signature's integer input.</summary>
    public static ValueRange RangeOf(InputVariable input, ValueKind kind)
    {
        ValueRange whole = ValueRange.Of(kind);
        double low = Math.Ceiling(input.Range.Low), high = Math.Floor(input.Range.High);
        bool fits = low >= whole.Low && high <= whole.High && Math.Abs(low) < 1e15 && Math.Abs(high) < 1e15 && low <= high;
        return fits ? new ValueRange((long)low, (long)high) : whole;
    }
}
