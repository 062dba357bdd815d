// The commands in the documents are run, and print what the documents show; NSC_UPDATE_GOLDEN=1 writes what they print now.

using Nsc.Tests.Structure;

namespace Nsc.Tests.Docs;

public class DocumentTests
{
    private const int MostShown = 14;

    public static TheoryData<string> Paths => [.. Document.Paths];

    [Theory]
    [Trait("speed", "slow")]
    [MemberData(nameof(Paths))]
    public void A_document_shows_what_its_commands_print(string path)
    {
        DocumentedCommand[] commands = [.. Document.Load(path).Blocks.Where(b => b.IsShell && b.NotRun is null).SelectMany(b => b.Commands)];
        using var session = new ShellSession(Path.GetFileNameWithoutExtension(path));
        CommandResult[] results = session.Run([.. commands.Select(c => c.Text)]);
        if (Environment.GetEnvironmentVariable("NSC_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllLines(Repository.At(path), Updated(path, commands, results));
        }

        Assert.All(Enumerable.Range(0, commands.Length), i =>
        {
            (DocumentedCommand command, CommandResult result) = (commands[i], results[i]);
            bool isAsked = i + 1 < commands.Length && commands[i + 1].Text == "echo $?";
            Assert.True(isAsked ? result.ExitCode is not null : result.ExitCode == 0, $"{path}:{command.Line}: exit code {result.ExitCode}: {command.Text}\n{Joined(result.Output)}");
            Assert.True(command.Output is null || Transcript.Matches(command.Output, result.Output),
                $"{path}:{command.Line}: {command.Text}\nshown:\n{Joined(command.Output ?? [])}\nprinted:\n{Joined(result.Output)}");
        });
    }

    // What commands that print something else print now; long outputs end with three dots.
    private static string[] Updated(string path, DocumentedCommand[] commands, CommandResult[] results)
    {
        List<string> lines = [.. Document.Load(path).Lines];
        foreach ((DocumentedCommand command, CommandResult result) in commands.Zip(results).Reverse())
        {
            if (command.Output is { } shown && !Transcript.Matches(shown, result.Output))
            {
                int first = command.Line + command.Text.Count(c => c == '\n');
                lines.RemoveRange(first, shown.Length);
                lines.InsertRange(first, result.Output.Length <= MostShown ? result.Output : [.. result.Output[..MostShown], "..."]);
            }
        }

        return [.. lines];
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_block_says_what_it_is_and_why_it_is_not_run(string path)
    {
        Document document = Document.Load(path);
        Assert.All(document.Blocks, block => Assert.Contains(block.Language, (string[])["sh", "console", "c", "csharp", "json", "text"]));
        Assert.All(document.Blocks.Where(b => b.NotRun is not null), block => Assert.True(block.IsShell && block.NotRun!.Split(' ').Length >= 3, $"{path}:{block.Line}"));
        Assert.All(document.Blocks.Where(b => b.Language == "console"), block => Assert.StartsWith("$ ", block.Lines[0]));
        Assert.Equal(document.Blocks.Count(b => b.NotRun is not null), document.Lines.Count(line => line.TrimStart().StartsWith("<!-- not run:", StringComparison.Ordinal)));
        Assert.DoesNotContain(document.Prose, line => line.StartsWith("    ", StringComparison.Ordinal)); // That would be a block that nobody runs.
    }

    [Theory]
    [InlineData("a 1 b", "a 1 b", true)]
    [InlineData("a 1 b", "a 2 b", false)]
    [InlineData("a 1 b", "a 1 c", false)]
    [InlineData("NMSE 0.01, 7 rows", "NMSE  0.02, 7 rows", true)]
    [InlineData("NMSE 0.01, 7 rows", "NMSE 0.02, 8 rows", false)]
    [InlineData("NMSE 0.01", "NMSE 0.04", false)]
    [InlineData("NMSE 1.2E-05", "NMSE 3E-05", true)]
    [InlineData("NMSE 0.01", "NMSE -0.01", false)]
    [InlineData("original 1454.3 ns a call", "original 25 ns a call", true)]
    [InlineData("original 1454.3 ns a call", "original 25 ms a call", false)]
    [InlineData("5-16-16-1 tanh", "5-16-16-2 tanh", false)]
    public void Words_and_whole_numbers_are_the_same_and_measured_numbers_alike(string shown, string printed, bool areAlike) =>
        Assert.Equal(areAlike, Transcript.IsAlike(shown, printed));

    [Theory]
    [InlineData("a|b", "a|b", true)]
    [InlineData("a", "a|b", false)]
    [InlineData("a|...", "a|b|c", true)]
    [InlineData("a|...", "a", true)]
    [InlineData("...|c", "a|b|c", true)]
    [InlineData("a|...|d", "a|b|c", false)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    public void Three_dots_stand_for_any_lines(string shown, string printed, bool match) => Assert.Equal(match, Transcript.Matches(Split(shown), Split(printed)));

    private static string[] Split(string lines) => lines.Split('|', StringSplitOptions.RemoveEmptyEntries);

    private static string Joined(string[] lines) => string.Join('\n', lines);
}
