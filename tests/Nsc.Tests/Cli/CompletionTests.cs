using Nsc.CommandLine;

namespace Nsc.Tests.Cli;

public class CompletionTests
{
    [Theory]
    [InlineData("fine", "finetune")]
    [InlineData("finetune f.surrogate --opt", "--optimizer")]
    [InlineData("finetune f.surrogate --optimizer ", "adam lm")]
    [InlineData("compile --init r", "random")]
    [InlineData("completion ", "bash fish zsh")]
    [InlineData("inspect nothing-of-that-na", "")]
    public void A_shell_is_told_what_a_word_can_become(string line, string words) =>
        Assert.Equal(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), Workplace.Run(["complete", .. line.Split(' ')]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(w => !w.StartsWith("--help", StringComparison.Ordinal) && w[0] is not '-' and not '/' || words.StartsWith('-')));

    [Theory]
    [InlineData("fientune", "did you mean 'finetune'?")]
    [InlineData("doctor --jsno", "did you mean '--json'?")]
    [InlineData("doctor --nothing-like-it", "nsc --help lists the verbs")]
    public void What_was_meant_is_asked(string line, string hint)
    {
        Outcome outcome = Workplace.Run(line.Split(' '));
        Assert.Equal((int)ExitCode.Usage, outcome.ExitCode);
        Assert.Contains(hint, outcome.Error);
    }

    [Fact]
    public void Help_of_a_verb_is_its_help() => Assert.Equal(Workplace.Run("eval", "--help").Output, Workplace.Run("help", "eval").Output);

    [Theory]
    [InlineData("bash", "complete -o bashdefault -o default -F _nsc nsc")]
    [InlineData("fish", "complete -c nsc")]
    [InlineData("zsh", "compdef _nsc nsc")]
    public void Each_shell_has_its_lines(string shell, string line) => Assert.Contains(line, Workplace.Run("completion", shell).Output);
}
