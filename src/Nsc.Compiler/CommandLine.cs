// A command line: parses, calls a verb, turns what went wrong into a message and an exit code.

using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using Nsc.Cli.Output;

namespace Nsc.Cli;

internal static class CommandLine
{
    /// <summary>A root for some verbs.</summary>
    public static RootCommand Root(params IReadOnlyList<Command> verbs)
    {
        var root = new RootCommand("nsc compiles C functions to small neural networks that mimic them.");
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
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Cancel(signal, cancellation));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Cancel(signal, cancellation));
        return Run(root, arguments, new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, cancellation.Token);
    }

    /// <summary>Runs one command line with the given writers; returns the exit code.</summary>
    public static int Run(RootCommand root, string[] arguments, InvocationConfiguration configuration, CancellationToken cancellationToken)
    {
        ParseResult parse = root.Parse(arguments);
        string[] errors = parse.Action is ParseErrorAction ? [.. parse.Errors.Select(e => e.Message)] : [.. Options.Objections(parse)];
        if (errors.Length > 0)
        {
            var terminal = new Terminal(configuration.Output, configuration.Error, interactive: false);
            Array.ForEach(errors, terminal.Fail);
            terminal.Say("  hint: nsc --help lists the verbs, nsc VERB --help its options");
            return (int)ExitCode.Usage;
        }

        return parse.InvokeAsync(configuration, cancellationToken).GetAwaiter().GetResult();
    }

    // The first signal asks the verb to end, which keeps what it has; the second one ends the process.
    private static void Cancel(PosixSignalContext signal, CancellationTokenSource cancellation)
    {
        signal.Cancel = !cancellation.IsCancellationRequested;
        cancellation.Cancel();
    }

    /// <summary>Gives a command its action, with the one place where failures become messages and exit codes.</summary>
    internal static Command WithAction(this Command command, Func<ParseResult, Terminal, CancellationToken, ExitCode> action)
    {
        command.SetAction((parse, cancellationToken) =>
        {
            Terminal terminal = Terminal.Of(parse);
            return Task.FromResult((int)Guarded(terminal, () =>
            {
                OutputPaths.Check(parse);
                return action(parse, terminal, cancellationToken);
            }));
        });
        return command;
    }

    /// <summary>Does something, and says what went wrong.</summary>
    internal static ExitCode Guarded(Terminal terminal, Func<ExitCode> action)
    {
        try
        {
            return action();
        }
        catch (CommandException failure)
        {
            terminal.Fail(failure);
            return failure.Code;
        }
        catch (OperationCanceledException)
        {
            terminal.Say("nsc: cancelled");
            return ExitCode.Cancelled;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
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
