// A command line: parses, calls a verb, turns what went wrong into a message and an exit code.

using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.ComponentModel;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Nsc.CommandLine.Messages;
using Nsc.Core.Text;
using Nsc.FrontEnd.Tools;

namespace Nsc.CommandLine;

internal static partial class Invocation
{
    /// <summary>How long a verb that was cancelled may take to end by itself. It may be deep in a computation, or wait for its input.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>A root for some verbs.</summary>
    public static RootCommand Root(params IReadOnlyList<Command> verbs)
    {
        var root = new RootCommand("nsc compiles C functions to small neural networks that mimic them.");
        foreach (Option option in LogOptions.All)
        {
            root.Options.Add(option);
        }

        foreach (Command verb in verbs)
        {
            root.Subcommands.Add(verb);
        }

        return root;
    }

    /// <summary>Runs one command line on the process's streams; signals cancel it.</summary>
    public static int Run(RootCommand root, string[] arguments)
    {
        // The library's own handler ends in an unhandled exception when a second signal comes.
        using var cancellation = new CancellationTokenSource();
        if (arguments is [Candidates.Asking, .. var words])
        {
            return Answer(root, words, Console.Out);
        }

        ParseResult parse = Parse(root, arguments);
        TimeSpan grace = parse.Action is VerbAction verb ? verb.GraceOf(parse) : Grace;
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Cancel(signal, cancellation, grace));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Cancel(signal, cancellation, grace));
        return Run(parse, new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancellation.Token);
    }

    /// <summary>Runs one command line with the given writers; returns the exit code.</summary>
    public static int Run(RootCommand root, string[] arguments, InvocationConfiguration configuration, CancellationToken cancellationToken) =>
        arguments is [Candidates.Asking, .. var words] ? Answer(root, words, configuration.Output) : Run(Parse(root, arguments), configuration, cancellationToken);

    // The options of a verb are listed by its --help; people ask for them by `help VERB` too.
    private static ParseResult Parse(RootCommand root, string[] arguments) =>
        root.Parse(ProjectFlagOptions.Prepare(root, arguments is ["help", .. var verb] ? [.. verb, "--help"] : arguments));

    private static int Answer(RootCommand root, string[] words, TextWriter output)
    {
        foreach (string candidate in Candidates.For(root, words))
        {
            output.WriteLine(candidate);
        }

        return (int)ExitCode.Success;
    }

    private static int Run(ParseResult parse, InvocationConfiguration configuration, CancellationToken cancellationToken)
    {
        string[] errors = parse.Action is ParseErrorAction ? [.. parse.Errors.Select(InWords)] : [.. Options.Objections(parse)];
        if (errors.Length > 0)
        {
            var terminal = new Terminal(configuration.Output, configuration.Error, interactive: false);
            Array.ForEach(errors, terminal.Fail);
            terminal.Say($"  hint: {Candidates.Meant(parse) ?? "nsc --help lists the verbs, nsc VERB --help its options"}");
            return (int)ExitCode.Usage;
        }

        return parse.InvokeAsync(configuration, cancellationToken).GetAwaiter().GetResult();
    }

    // The library lists choices line by line, and does not say what they are of.
    private static string InWords(ParseError error)
    {
        Match choice = Choice().Match(error.Message);
        string name = error.SymbolResult switch { OptionResult o => o.Option.Name + " ", ArgumentResult { Parent: OptionResult o } => o.Option.Name + " ", ArgumentResult a => a.Argument.Name + " ", _ => "" };
        return !choice.Success ? error.Message
            : $"{name}{choice.Groups["given"].Value}: expected {Names.List(choice.Groups["choice"].Captures.Select(c => c.Value), "or").Replace("'", "", StringComparison.Ordinal)}";
    }

    [GeneratedRegex(@"^Argument '(?<given>.*)' not recognized\. Must be one of:(?:\s+'(?<choice>[^']*)')+\s*$", RegexOptions.Singleline)]
    private static partial Regex Choice();

    // The first signal asks the verb to end, which keeps what it has, and ends the process when the verb has not heard it; the
    // second one ends the process at once. Ending the process ends its children and removes its scratch folders.
    private static void Cancel(PosixSignalContext signal, CancellationTokenSource cancellation, TimeSpan grace)
    {
        signal.Cancel = !cancellation.IsCancellationRequested;
        if (signal.Cancel)
        {
            // Not on the thread pool, which may be at work.
            new Thread(() => EndAfter(grace)) { IsBackground = true }.Start();
            cancellation.Cancel();
        }
    }

    private static void EndAfter(TimeSpan grace)
    {
        Thread.Sleep(grace);

        // The verb may be stuck in a message of its own, to a pipe that nobody reads.
        var message = new Thread(() => Console.Error.WriteLine("nsc: cancelled")) { IsBackground = true };
        message.Start();
        message.Join(Grace);
        Environment.Exit((int)ExitCode.Cancelled);
    }

    /// <summary>Gives a command its action, with the one place where failures become messages and exit codes.</summary>
    /// <param name="grace">How long the action may take to save its work when it is cancelled, where two seconds are too short.</param>
    internal static Command WithAction(this Command command, Func<ParseResult, Terminal, CancellationToken, ExitCode> action, Func<ParseResult, TimeSpan>? grace = null)
    {
        command.Action = new VerbAction(action, grace ?? (_ => Grace));
        return command;
    }

    private sealed class VerbAction(Func<ParseResult, Terminal, CancellationToken, ExitCode> action, Func<ParseResult, TimeSpan> grace) : AsynchronousCommandLineAction
    {
        public TimeSpan GraceOf(ParseResult parse) => grace(parse);

        public override Task<int> InvokeAsync(ParseResult parse, CancellationToken cancellationToken = default)
        {
            Terminal terminal = Terminal.Of(parse);
            return Task.FromResult((int)Guarded(terminal, () =>
            {
                OutputPaths.Check(parse);
                return action(parse, terminal, cancellationToken);
            }));
        }
    }

    /// <summary>Does something, and says what went wrong.</summary>
    internal static ExitCode Guarded(Terminal terminal, Func<ExitCode> action)
    {
        try
        {
            return action();
        }
        catch (AggregateException failures) when (failures.InnerException is not null)
        {
            return Guarded(terminal, () =>
            {
                ExceptionDispatchInfo.Throw(failures.InnerException); // Of work on all cores, the first failure, with its own place.
                return default;
            });
        }
        catch (CommandException failure)
        {
            terminal.Fail(failure);
            return failure.Code;
        }
        catch (MissingToolException missing)
        {
            terminal.Fail(new CommandException(ExitCode.Missing, missing.Message, missing.Hint));
            return ExitCode.Missing;
        }
        catch (OperationCanceledException)
        {
            terminal.Say("nsc: cancelled");
            return ExitCode.Cancelled;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or Win32Exception)
        {
            terminal.Fail(failure.Message);
            return ExitCode.Failure;
        }
        catch (Exception failure) when (Damage(failure) is { } damage)
        {
            terminal.Fail(damage.Message);
            return ExitCode.Refused;
        }
        catch (OutOfMemoryException)
        {
            terminal.Fail("there is not enough memory for this; ask for less");
            return ExitCode.Failure;
        }
        catch (Exception failure)
        {
            terminal.Say($"nsc: internal error: {failure}");
            return ExitCode.Failure;
        }
        finally
        {
            terminal.ClearProgress();
        }
    }

    // What every reader of a user's files says of a damaged one, also when it read on many threads.
    private static InvalidDataException? Damage(Exception failure) =>
        failure as InvalidDataException ?? (failure as AggregateException)?.Flatten().InnerExceptions.OfType<InvalidDataException>().FirstOrDefault();
}
