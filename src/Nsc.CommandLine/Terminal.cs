// Where a verb writes: results to standard output, everything else to standard error, and nothing that a terminal would obey.

using System.CommandLine;
using Microsoft.Extensions.Logging;
using Nsc.CommandLine.Messages;
using Nsc.Compiler.Input;
using Nsc.Core.Diagnostics;
using Nsc.Core.Text;
using Spectre.Console;

namespace Nsc.CommandLine;

/// <summary>
/// The streams of one invocation. Messages are log entries with a level and a category; a progress line is redrawn in place on a terminal and left
/// out elsewhere.
/// </summary>
internal sealed class Terminal
{
    private const string EraseLine = "\r\u001b[K";
    private static readonly TimeSpan RedrawEvery = TimeSpan.FromMilliseconds(100);
    private readonly TextWriter _output, _error;
    private readonly bool _isInteractive, _saysDetails;
    private readonly Func<string, ILogger> _loggerOf;
    private readonly HashSet<Diagnostic> _shown = [];
    private DateTime _lastDrawn = DateTime.MinValue;
    private bool _progressShown;

    /// <param name="interactive">Whether someone may be watching.</param>
    /// <param name="least">The least level that is shown.</param>
    /// <param name="isJson">Whether messages are JSON objects.</param>
    public Terminal(TextWriter output, TextWriter error, bool interactive, LogLevel least = LogLevel.Information, bool isJson = false)
    {
        TextWriter printable = PrintableWriter.Over(error);
        (_output, _error, _isInteractive) = (PrintableWriter.Over(output), error, interactive && !isJson && least < LogLevel.Warning);
        _saysDetails = least <= LogLevel.Debug;
        ColourWriter? colour = ColourWriter.For(error, interactive);
        var provider = new StreamLoggerProvider(error, isJson, (level, message) =>
        {
            ClearProgress();
            if (colour is null)
            {
                printable.WriteLine(message);
            }
            else
            {
                colour.Write(level, message);
            }
        });
        _loggerOf = new LoggerFactory([provider], new LoggerFilterOptions { MinLevel = least }).CreateLogger;
    }

    public static Terminal Of(ParseResult parse)
    {
        InvocationConfiguration configuration = parse.InvocationConfiguration;
        bool interactive = ReferenceEquals(configuration.Error, Console.Error) && !Console.IsErrorRedirected;
        bool isShown = ReferenceEquals(configuration.Output, Console.Out) && !Console.IsOutputRedirected;
        bool isTaken = OutputPaths.IsStandardOutput(parse);
        return new Terminal(isTaken ? configuration.Error : configuration.Output, configuration.Error, interactive, LogOptions.Least(parse), LogOptions.IsJson(parse))
        {
            Canvas = isShown && !isTaken ? AnsiConsole.Console : null,
        };
    }

    /// <summary>One on which nothing appears.</summary>
    public static Terminal Silent { get; } = new(TextWriter.Null, TextWriter.Null, interactive: false);

    /// <summary>Where results are said: standard output, or standard error where the result itself goes to standard output.</summary>
    public TextWriter Output => _output;

    /// <summary>What draws tables where results go to a terminal; null elsewhere.</summary>
    public IAnsiConsole? Canvas { get; init; }

    /// <summary>Whether someone may be watching.</summary>
    public bool IsInteractive => _isInteractive;

    /// <summary>A line for people.</summary>
    public void Say(string line) => Log(LogCategory.Verb, LogLevel.Information, line);

    /// <summary>A line for who asks for more with -v.</summary>
    public void Detail(string category, Func<string> line)
    {
        if (_saysDetails)
        {
            Log(category, LogLevel.Debug, line());
        }
    }

    /// <summary>Shows what was not shown before; a refusal is what the verb ends with.</summary>
    public void Show(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics.Where(d => d.RefusalKind() is null && _shown.Add(d)))
        {
            LogLevel level = diagnostic.Severity switch { Severity.Error => LogLevel.Error, Severity.Warning => LogLevel.Warning, _ => LogLevel.Information };
            _loggerOf(LogCategory.Diagnostics).Log(
                level, default, diagnostic, null, (d, _) => d.Id == RefusalDiagnostics.RemarkId ? d.Message : d.ToString());
        }
    }

    public void Fail(CommandException failure)
    {
        string hint = failure.Hint is null ? "" : $"\n  hint: {PrintableText.OneLine(failure.Hint)}";
        Log(LogCategory.Verb, LogLevel.Error, $"nsc: error: {PrintableText.OneLine(failure.Message)}{hint}");
    }

    /// <summary>Says what went wrong, on one line.</summary>
    public void Fail(string message) => Log(LogCategory.Verb, LogLevel.Error, $"nsc: error: {PrintableText.OneLine(message)}");

    /// <summary>Redraws the progress line, on a terminal only and not too often.</summary>
    public void Progress(Func<string> line)
    {
        if (_isInteractive && DateTime.UtcNow - _lastDrawn > RedrawEvery)
        {
            _error.Write(EraseLine + PrintableText.OneLine(line()));
            _progressShown = true;
            _lastDrawn = DateTime.UtcNow;
        }
    }

    public void ClearProgress()
    {
        if (_progressShown)
        {
            _error.Write(EraseLine);
            _progressShown = false;
        }
    }

    private void Log(string category, LogLevel level, string line) => _loggerOf(category).Log(level, default, line, null, (text, _) => text);
}
