// Debian says for most packages under which licence each file is, in a form that machines can read.

using System.Text.RegularExpressions;
using Nsc.Corpus.Shards;

namespace Nsc.Corpus.Mining;

/// <summary>
/// The licences of a package's files by <c>debian/copyright</c> ("Machine-readable debian/copyright file", version 1.0). A package
/// without such a file, or with one in prose, has files of unknown licence.
/// </summary>
public sealed class DebianCopyright
{
    private const int LargestFile = 1 << 20;
    private readonly List<(Regex Files, string Licence)> _paragraphs = [];

    private DebianCopyright()
    {
    }

    /// <summary>Reads the statement of an unpacked package.</summary>
    public static DebianCopyright Of(string packageFolder)
    {
        var copyright = new DebianCopyright();
        var file = new FileInfo(Path.Combine(packageFolder, "debian", "copyright"));
        if (file.Exists && file.Length <= LargestFile && file.LinkTarget is null)
        {
            copyright.Read(File.ReadAllText(file.FullName).ReplaceLineEndings("\n"));
        }

        return copyright;
    }

    /// <summary>The licence of a file, named as the package does. The last paragraph that names the file counts.</summary>
    public string LicenceOf(string file) => _paragraphs.LastOrDefault(p => p.Files.IsMatch(file)) is { Licence: { } licence } ? licence : ShardRow.UnknownLicence;

    private void Read(string text)
    {
        string[] paragraphs = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        if (paragraphs.Length == 0 || Field(paragraphs[0], "Format") is null)
        {
            return;
        }

        foreach (string paragraph in paragraphs)
        {
            string? licence = Field(paragraph, "License")?.Split('\n')[0].Trim();
            if (Field(paragraph, "Files") is { } files && !string.IsNullOrEmpty(licence))
            {
                _paragraphs.Add((PatternOf(files), licence));
            }
        }
    }

    // A field goes on over lines that begin with a blank.
    private static string? Field(string paragraph, string name)
    {
        string[] lines = paragraph.Split('\n');
        int start = Array.FindIndex(lines, l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
        return start < 0
            ? null
            : string.Join('\n', lines.Skip(start + 1).TakeWhile(l => l.StartsWith(' ') || l.StartsWith('\t')).Prepend(lines[start][(name.Length + 1)..]));
    }

    // Wildcards stand for slashes too. The expression never backtracks: the file is not trusted.
    private static Regex PatternOf(string files)
    {
        IEnumerable<string> patterns = files.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(f => Regex.Escape(f).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal));
        return new Regex($"^(?:{string.Join('|', patterns)})$", RegexOptions.NonBacktracking | RegexOptions.Singleline);
    }
}
