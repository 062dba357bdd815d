// The command line: parses, calls a verb, turns what went wrong into a message and an exit code.

using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Nsc.Cli.Output;
using Nsc.Cli.Verbs;

namespace Nsc.Cli;

public static class Program
{
    public static int Main(string[] arguments) => Run(arguments, new InvocationConfiguration { EnableDefaultExceptionHandler = false });

    /// <summary>Runs one command line with the given writers; returns the exit code.</summary>
    public static int Run(string[] arguments, InvocationConfiguration configuration)
    {
        var root = new RootCommand("nsc compiles C functions to small neural networks that mimic them.")
        {
            CompileVerb.Create(), FineTuneVerb.Create(), EvalVerb.Create(), RunVerb.Create(), InspectVerb.Create(),
            TokensVerb.Create(), GraphVerb.Create(), DoctorVerb.Create(), TrainCompNetVerb.Create(), BenchVerb.Create(),
            ExeStackVerb.Create(),
        };
        ParseResult parse = root.Parse(arguments);
        if (parse.Action is ParseErrorAction)
        {
            foreach (ParseError error in parse.Errors)
            {
                configuration.Error.WriteLine($"nsc: error: {error.Message}");
            }

            configuration.Error.WriteLine("  hint: nsc --help lists the verbs, nsc VERB --help its options");
            return (int)ExitCode.Usage;
        }

        return parse.Invoke(configuration);
    }

    /// <summary>Gives a command its action, with the one place where failures become messages and exit codes.</summary>
    internal static Command WithAction(this Command command, Func<ParseResult, Terminal, CancellationToken, ExitCode> action)
    {
        command.SetAction((parse, cancellationToken) => Task.FromResult((int)Guarded(parse, action, cancellationToken)));
        return command;
    }

    private static ExitCode Guarded(
        ParseResult parse, Func<ParseResult, Terminal, CancellationToken, ExitCode> action, CancellationToken cancellationToken)
    {
        Terminal terminal = Terminal.Of(parse);
        try
        {
            return action(parse, terminal, cancellationToken);
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
            terminal.Say($"nsc: error: {failure.Message}");
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
}
