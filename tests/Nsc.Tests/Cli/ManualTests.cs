// The manual pages of all verbs, as man sets them.

using System.Diagnostics;
using System.Text.RegularExpressions;
using Nsc.Core.Files;

namespace Nsc.Tests.Cli;

public sealed partial class ManualTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nsc-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_verb_has_a_page_with_its_options_and_values()
    {
        Assert.Equal(0, Workplace.Run("man", _folder).ExitCode);
        string[] pages = [.. Directory.GetFiles(_folder).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];
        Assert.Contains("nsc.1", pages);
        Assert.Contains("nsc-exestack-build.1", pages);
        Assert.All(pages, page =>
        {
            string text = File.ReadAllText(Path.Combine(_folder, page));
            Assert.StartsWith($".TH {Path.GetFileNameWithoutExtension(page).ToUpperInvariant()} 1 ", text, StringComparison.Ordinal);
            Assert.Equal(["NAME", "SYNOPSIS"], Heading().Matches(text).Take(2).Select(m => m.Groups[1].Value));
            Assert.All(Request().Matches(text), r => Assert.Contains(r.Groups[1].Value, (string[])["TH", "SH", "TP"]));
        });
        string finetune = File.ReadAllText(Path.Combine(_folder, "nsc-finetune.1"));
        Assert.Contains(".TP\n\\fB\\-\\-optimizer\\fR", finetune, StringComparison.Ordinal);
        Assert.Contains("One of adam, lm.", finetune, StringComparison.Ordinal);
        Assert.DoesNotContain("\\-\\-flag", finetune, StringComparison.Ordinal); // It is hidden.
        Assert.DoesNotContain("System.", finetune, StringComparison.Ordinal);
    }

    [Fact]
    public void Man_shows_the_pages_without_a_complaint()
    {
        Assert.SkipWhen(ExecutablePath.Find("man") is null || ExecutablePath.Find("groff") is null, "there is no man");
        Workplace.Run("man", _folder);
        foreach (string page in Directory.GetFiles(_folder))
        {
            (string shown, string complaints) = Set(page);
            Assert.Equal("", complaints);
            Assert.Contains("EXIT STATUS", shown, StringComparison.Ordinal);
            Assert.Contains("--verbose", shown, StringComparison.Ordinal);
        }
    }

    private static (string Shown, string Complaints) Set(string page)
    {
        var start = new ProcessStartInfo("man", ["--warnings", "-l", page]) { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["MANWIDTH"], start.Environment["LC_ALL"], start.Environment["TERM"]) = ("100", "C.UTF-8", "dumb");
        using Process man = Process.Start(start)!;
        Task<string> complaints = man.StandardError.ReadToEndAsync();
        string shown = Overstruck().Replace(man.StandardOutput.ReadToEnd(), "");
        man.WaitForExit();
        return (shown, complaints.Result);
    }

    [GeneratedRegex(@"^\.SH (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^[.']([A-Za-z]*)", RegexOptions.Multiline)]
    private static partial Regex Request();

    [GeneratedRegex(@".\x08|\x1b\[[0-9;]*m")]
    private static partial Regex Overstruck();
}
