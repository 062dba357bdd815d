// nsc tokens: the C tokens of a file, as the token CompNet sees them.

using System.CommandLine;
using Nsc.CommandLine.Json;
using Nsc.Compiler.Input;
using Nsc.Core.Diagnostics;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Sources;

namespace Nsc.CommandLine.Verbs;

internal static class TokensVerb
{
    private static readonly Argument<string> s_file = new("FILE") { Description = "A C file; - is standard input." };
    private static readonly Option<string?> s_function = new("--function")
    {
        Description = "Only this function and what it calls.", HelpName = "NAME",
    };

    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create() => new Command("tokens", "Show the C tokens of a file or function.")
    {
        s_file, s_function, s_json,
    }.WithAction(Run);

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        CSource source = SourceFiles.Read(parse.GetRequiredValue(s_file));
        var tokens = ClangFrontEnd.Tokenize(source.Path, source.Text, SourceFiles.RequireToolchain(), diagnostics, parse.GetValue(s_function));
        diagnostics.ShowAndStopOnErrors(terminal);
        if (parse.GetValue(s_json))
        {
            NscJson.Write(terminal.Output, tokens.Select(t => new TokenJson(t.Kind.ToString().ToLowerInvariant(), t.Spelling, t.Line, t.Column)).ToArray());
            return ExitCode.Success;
        }

        foreach (SourceToken token in tokens)
        {
            terminal.Output.WriteLine($"{token.Line}:{token.Column}\t{token.Kind.ToString().ToLowerInvariant()}\t{token.Spelling}");
        }

        return ExitCode.Success;
    }
}
