// Where a verb writes: results to standard output, everything else to standard error, and nothing that a terminal would obey.

using System.CommandLine;
using Nsc.Compiler.Input;
using Nsc.Core.Diagnostics;
using Nsc.Core.Text;

namespace Nsc.CommandLine;

/// <summary>The streams of one invocation. A progress line is redrawn in place on a terminal and left out elsewhere.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool interactive)
{
    private const string EraseLine = "\r\u001b[K";
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(100);
    private readonly TextWriter _output = PrintableWriter.Over(output), _error = PrintableWriter.Over(error);
    private readonly HashSet<Diagnostic> _shown = [];
    private DateTime _lastDrawn = DateTime.MinValue;
    private bool _progressShown;

    public static Terminal Of(ParseResult parse)
    {
        InvocationConfiguration configuration = parse.InvocationConfiguration;
        bool interactive = ReferenceEquals(configuration.Error, Console.Error) && !Console.IsErrorRedirected;
        return new Terminal(configuration.Output, configuration.Error, interactive);
    }

    /// <summary>One on which nothing appears.</summary>
    public static Terminal Silent { get; } = new(TextWriter.Null, TextWriter.Null, interactive: false);

    public TextWriter Output => _output;

    /// <summary>Whether someone may be watching.</summary>
    public bool IsInteractive => interactive;

    /// <summary>A line for people.</summary>
    public void Say(string line)
    {
        ClearProgress();
        _error.WriteLine(line);
    }

    /// <summary>Shows what was not shown before; a refusal is what the verb ends with.</summary>
    public void Show(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics.Where(d => d.RefusalKind() is null && _shown.Add(d)))
        {
            Say(diagnostic.Id == RefusalDiagnostics.RemarkId ? diagnostic.Message : diagnostic.ToString());
        }
    }

    public void Fail(CommandException failure)
    {
        Fail(failure.Message);
        if (failure.Hint is not null)
        {
            Say($"  hint: {PrintableText.OneLine(failure.Hint)}");
        }
    }

    /// <summary>Says what went wrong, on one line.</summary>
    public void Fail(string message) => Say($"nsc: error: {PrintableText.OneLine(message)}");

    /// <summary>Redraws the progress line, on a terminal only and not too often.</summary>
    public void Progress(Func<string> line)
    {
        if (interactive && DateTime.UtcNow - _lastDrawn > RedrawEvery)
        {
            error.Write(EraseLine + PrintableText.OneLine(line()));
            _progressShown = true;
            _lastDrawn = DateTime.UtcNow;
        }
    }

    public void ClearProgress()
    {
        if (_progressShown)
        {
            error.Write(EraseLine);
            _progressShown = false;
        }
    }
}
