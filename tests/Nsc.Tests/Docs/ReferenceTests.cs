// What the documents refer to exists: links, verbs and their options. And what exists is documented.

using System.Text.RegularExpressions;
using Nsc.Tests.Cli;
using Nsc.Tests.Structure;

namespace Nsc.Tests.Docs;

public partial class ReferenceTests
{
    // Each verb and its options.
    private static readonly Lazy<Dictionary<string, string[]>> s_known = new(() => Verbs().ToDictionary(verb => verb, Options));

    public static TheoryData<string> Documents => [.. Document.Paths, .. (string[])["models/README.md", "models/RESULTS.md", "models/SEARCH.md", "models/SCALING.md", "data/accelerate/README.md", "data/hard/README.md"]];

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_link_leads_somewhere(string path)
    {
        Assert.All(Document.Load(path).Prose.SelectMany(line => Link().Matches(line)), link =>
        {
            string target = Path.GetRelativePath(".", Path.Combine(Path.GetDirectoryName(path)!, link.Groups["file"].Value is { Length: > 0 } file ? file : Path.GetFileName(path)));
            Assert.True(Path.Exists(Repository.At(target)), $"{path}: {target}");
            string heading = link.Groups["heading"].Value;
            Assert.True(heading == "" || Document.Load(target).Prose.Any(line => Anchor(line) == heading), $"{path}: {target}#{heading}");
        });
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_file_or_folder_that_is_named_is_there(string path) => Assert.All(
        Document.Load(path).Prose.SelectMany(line => Place().Matches(line)).Select(place => place.Groups[1].Value),
        place => Assert.True(Path.Exists(Repository.At(place)) || Path.Exists(Repository.At("src/" + place)), $"{path}: {place}"));

    [Fact]
    public void Each_verb_and_each_option_is_documented()
    {
        string verbs = File.ReadAllText(Repository.At("src/docs/verbs.md"));
        Assert.All(s_known.Value, verb =>
        {
            Assert.Contains($"`{verb.Key}", verbs);
            Assert.All(verb.Value.Except(["--help", "--output"]), option => Assert.Matches($@"{option}\b(?!-)", verbs)); // Everybody writes -o.
        });
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_command_has_no_option_that_its_verb_does_not_know(string path)
    {
        foreach (Match command in Document.Load(path).Lines.SelectMany(line => Command().Matches(line)))
        {
            string[] words = command.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string verb = words.Length > 2 && s_known.Value.ContainsKey($"{words[1]} {words[2]}") ? $"{words[1]} {words[2]}" : words[1];
            Assert.All(words.Where(w => w.StartsWith("--", StringComparison.Ordinal)), option => Assert.Contains(option, s_known.Value[verb]));
        }
    }

    private static IEnumerable<string> Verbs() => VerbsIn().SelectMany(verb => VerbsIn(verb).Select(inner => $"{verb} {inner}").DefaultIfEmpty(verb));

    // What help lists under Commands.
    private static string[] VerbsIn(params string[] verb) =>
        [.. Workplace.Run([.. verb, "--help"]).Output.Split("Commands:").Skip(1).SelectMany(text => Listed().Matches(text)).Select(m => m.Groups[1].Value)];

    private static string[] Options(string verb) =>
        [.. OptionName().Matches(Workplace.Run([.. verb.Split(' '), "--help"]).Output.Split("Options:")[1]).Select(m => m.Groups[1].Value).Distinct()];

    // As GitHub makes it from a heading.
    private static string Anchor(string line) => line.StartsWith('#') ? NoWord().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-') : "";

    [GeneratedRegex(@"\]\((?!https?:)(?<file>[^)#]*)(#(?<heading>[^)]*))?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`((?:src|tests|data|models|scripts|Nsc\.\w+)/[\w./-]+)`")]
    private static partial Regex Place();

    [GeneratedRegex(@"(?<!#pragma )\bnsc (?=[a-z])[^`|#>;&]*")]
    private static partial Regex Command();

    [GeneratedRegex(@"^  ([a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex Listed();

    [GeneratedRegex(@"^ +.*?(--[a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex OptionName();

    [GeneratedRegex("[^a-z0-9 -]")]
    private static partial Regex NoWord();
}
