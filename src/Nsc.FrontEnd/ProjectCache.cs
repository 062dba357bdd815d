// What was read of a project's files, for all of those that are compiled: each is read once, parsed once while it is used, and its database once.

using System.Text.RegularExpressions;
using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Projects;
using Nsc.FrontEnd.Slicing;
using Nsc.FrontEnd.Sources;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd;

/// <summary>The files of one project. To be used by one thread at a time.</summary>
/// <param name="mostParsed">Characters of preprocessed files that stay parsed when nobody uses them: their trees take tens of times as many bytes.</param>
public sealed partial class ProjectCache(ProjectOptions options, Toolchain toolchain, long mostParsed = ProjectCache.MostParsed) : IDisposable
{
    /// <summary>What is enough for one file after the other.</summary>
    public const long MostParsed = 2 << 20;

    /// <summary>Characters of texts that stay in memory.</summary>
    private const long MostText = 64 << 20;

    private readonly Dictionary<string, string?> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<int>> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, bool>> _mentions = new(StringComparer.Ordinal);
    private readonly HashSet<(string Path, string Name)> _undefined = [];
    private readonly Dictionary<string, string[]> _writes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Path, string Name), bool> _writers = [];
    private readonly Dictionary<string, Diagnostic[]> _guesses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CompilationDatabase> _databases = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Path, ParsedFile? File, SourceParts? Parts)> _parsed = [];
    private long _length;

    /// <summary>What is said of the project.</summary>
    public ProjectOptions Options => options;

    /// <summary>How a file is read.</summary>
    internal ProjectContext ContextOf(string path, DiagnosticBag diagnostics) => ProjectContext.Of(path, options, DatabaseAt, diagnostics);

    /// <summary>Those of some files that may define a name: first where that is plain to see.</summary>
    internal IEnumerable<(string Path, bool IsPlain)> Candidates(string name, IEnumerable<string> paths)
    {
        if (!_mentions.TryGetValue(name, out Dictionary<string, bool>? known))
        {
            _mentions.Add(name, known = new Dictionary<string, bool>(StringComparer.Ordinal));
        }

        var word = new Regex($@"\b{Regex.Escape(name)}\b", RegexOptions.CultureInvariant);
        var definition = new Regex($@"\b{Regex.Escape(name)}\b\s*(\([^;{{}}]*\)[^;{{}}()]*\{{|(\[[^;={{}}]*\]\s*)*=)", RegexOptions.CultureInvariant);
        string[] mentioning = [.. paths.Where(path =>
        {
            if (!known.ContainsKey(path) && TextOf(path) is { } text && ((MayMention(path, name) && word.IsMatch(text)) || IsRenamed(path, text, name)))
            {
                known.Add(path, definition.IsMatch(text));
            }

            return known.ContainsKey(path);
        })];
        return mentioning.OrderByDescending(path => known[path]).Select(path => (path, known[path]));
    }

    // Whether a file has another word for a name by a header beside it, or in a folder of the flags: #define gain lib_gain.
    private bool IsRenamed(string path, string text, string name) => Include().Matches(text).Select(i => i.Groups["header"].Value).Where(h => !Path.IsPathRooted(h))
        .SelectMany(h => options.Flags.Zip(options.Flags.Skip(1)).Where(f => f.First == "-I").Select(f => f.Second).Prepend(Path.GetDirectoryName(path)!).Select(folder => Path.Combine(folder, h)))
        .Where(header => File.Exists(header) && MayMention(header, name))
        .Any(header => Regex.Matches(TextOf(header)!, $@"^[ \t]*#[ \t]*define[ \t]+(?<word>\w+)[ \t]+{Regex.Escape(name)}\s*$", RegexOptions.Multiline | RegexOptions.CultureInvariant)
            .Any(d => MayMention(path, d.Groups["word"].Value)));

    [GeneratedRegex(@"^[ \t]*#[ \t]*include[ \t]*""(?<header>[^""\n]+)""", RegexOptions.Multiline)]
    private static partial Regex Include();

    /// <summary>Remembers that a file does not define a name that it mentions, and which variables it writes that others may name.</summary>
    internal void Exclude(string path, string name, SourceParts? parts)
    {
        _undefined.Add((path, name));
        if (!_writes.ContainsKey(path))
        {
            _writes.Add(path, [.. parts?.WrittenVariables(_ => null).Where(SourceParts.IsShared).Select(v => v.Spelling()) ?? []]);
        }
    }

    /// <summary>The variables that a file writes which was found not to define a name; null for one of which that is not known.</summary>
    internal IReadOnlyList<string>? WritesWithout(string path, string name) => _undefined.Contains((path, name)) ? _writes[path] : null;

    /// <summary>Whether something in a file writes a variable that another one defines.</summary>
    internal bool Writes(string path, string name)
    {
        if (!_writers.TryGetValue((path, name), out bool writes))
        {
            bool mayWrite = TextOf(path) is { } text && MayMention(path, name) && MayWrite(name).IsMatch(text);
            _writers.Add((path, name), writes = mayWrite && PartsOf(path)?.WrittenVariables(_ => null).Any(v => v.Spelling() == name && SourceParts.IsShared(v)) == true);
        }

        return writes;
    }

    // Assigned, counted, or an address that goes elsewhere.
    private static Regex MayWrite(string name)
    {
        string word = $@"\b{Regex.Escape(name)}\b";
        return new Regex($@"(?:&|\+\+|--)\s*\(?\s*{word}|{word}\s*(?:\[[^;\n]*\]\s*|(?:\.|->)\s*\w+\s*)*(?:\+\+|--|(?:[-+*/%&|^]|<<|>>)?=(?!=))|[(,]\s*{word}\s*[,)]", RegexOptions.CultureInvariant);
    }

    /// <summary>The parts of a file, until <see cref="Trim()"/>; null when it cannot be read. What is wrong with it shows in the unit, if it matters there.</summary>
    internal SourceParts? PartsOf(string path) => Open(path).Parts;

    /// <summary>A file as it was parsed; the same holds for it.</summary>
    internal ParsedFile? Parsed(string path) => Open(path).File;

    private (ParsedFile? File, SourceParts? Parts) Open(string path)
    {
        if (_parsed.FirstOrDefault(p => p.Path == path) is { Path: not null } found)
        {
            _parsed.Remove(found);
            _parsed.AddLast(found);
            return (found.File, found.Parts);
        }

        var said = new DiagnosticBag();
        ParsedFile? file = TextOf(path) is { } text ? ParsedFile.Read(new SourceText(path, text), ContextOf(path, said), toolchain, said) : null;
        _guesses[path] = [.. said.Where(d => d.Id == SourceMessages.Guessed)];
        SourceParts? parts = file is null ? null : new SourceParts(file.Text, file.Unit);
        _parsed.AddLast((path, file, parts));
        return (file, parts);
    }

    /// <summary>Notes about what was guessed when a file was parsed.</summary>
    internal IReadOnlyList<Diagnostic> GuessesOf(string path) => _guesses.GetValueOrDefault(path, []);

    /// <summary>Lets go of what was not used for long. No parts are in use any more.</summary>
    internal void Trim() => Trim(mostParsed);

    public void Dispose() => Trim(0);

    private void Trim(long most)
    {
        while (_parsed.Count > 0 && _parsed.Sum(p => p.File?.Text.Source.Text.Length ?? 1) > most)
        {
            _parsed.First!.Value.File?.Dispose();
            _parsed.RemoveFirst();
        }
    }

    /// <summary>Whether a file may have a name in it.</summary>
    internal bool Mentions(string path, string name) => TextOf(path) is not null && MayMention(path, name);

    // By the hashes of a file's words, since every name is looked for in every file.
    private bool MayMention(string path, string name)
    {
        if (!_words.TryGetValue(path, out HashSet<int>? words))
        {
            _words.Add(path, words = []);
            ReadOnlySpan<char> text = TextOf(path);
            foreach (ValueMatch word in Word().EnumerateMatches(text))
            {
                words.Add(string.GetHashCode(text.Slice(word.Index, word.Length)));
            }
        }

        return words.Contains(string.GetHashCode(name.AsSpan()));
    }

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Word();

    private string? TextOf(string path)
    {
        if (!_texts.TryGetValue(path, out string? text))
        {
            text = SourceText.ReadRegular(path);
            if (_length + (text?.Length ?? 0) <= MostText)
            {
                _texts.Add(path, text);
                _length += text?.Length ?? 0;
            }
        }

        return text;
    }

    private CompilationDatabase DatabaseAt(string path)
    {
        if (!_databases.TryGetValue(path, out CompilationDatabase? database))
        {
            _databases.Add(path, database = CompilationDatabase.Read(path));
        }

        return database;
    }
}
