// nsc completion: the lines with which a shell asks nsc itself what a command line can go on with. Where it knows nothing, the shell offers files.

using System.Collections.Immutable;
using System.CommandLine;
using Nsc.CommandLine.Messages;

namespace Nsc.CommandLine.Shell;

internal static class CompletionVerb
{
    private static readonly ImmutableSortedDictionary<string, string> s_scripts = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, string>
    {
        ["bash"] = $$"""
            _nsc() {
                local IFS=$'\n'
                COMPREPLY=($(nsc {{Candidates.Asking}} "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
            }
            complete -o bashdefault -o default -F _nsc nsc
            """,
        ["fish"] = $$"""
            complete -c nsc -a '(nsc {{Candidates.Asking}} (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
            """,
        ["zsh"] = $$"""
            #compdef nsc
            _nsc() {
                local -a found
                found=(${(f)"$(nsc {{Candidates.Asking}} "${(@)words[2,CURRENT]}" 2>/dev/null)"})
                compadd -a found || _files
            }
            compdef _nsc nsc
            """,
    });

    private static readonly Argument<string> s_shell = new("SHELL") { Description = "The shell." };

    public static Command Create()
    {
        s_shell.AcceptOnlyFromAmong([.. s_scripts.Keys]);
        return new Command("completion", "Write what makes a shell complete verbs, options and their values.") { s_shell }.WithAction((parse, terminal, _) =>
        {
            terminal.Output.WriteLine(s_scripts[parse.GetRequiredValue(s_shell)]);
            return ExitCode.Success;
        });
    }
}
