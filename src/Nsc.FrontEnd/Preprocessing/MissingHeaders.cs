// Headers that are not on this machine, such as a vendor's. An empty file stands in for each: most functions of a file that includes one do
// not need it, and of one that does clang says what it lacks. What names alone tell of a header is guessed.

using Nsc.Core.Files;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Preprocessing;

internal sealed class MissingHeaders : IDisposable
{
    /// <summary>As many missing headers as a file may have.</summary>
    private const int Most = 32;

    // What one answer makes known, the next may ask about.
    private const int MostRounds = 4;

    // So deep that an inclusion of ../../x.h stays in the folder.
    private const string Depth = "a/b/c/d";

    // Headers without guards include it again.
    private const string Once = "#pragma once\n";

    private ScratchFolder? _folder;
    private string? _first;
    private bool _isFilled, _hasTypes, _hasConstants;
    private readonly UnknownTypes _types = new();
    private int _count, _rounds;

    /// <summary>The folder that the stand-ins are in, when there are any.</summary>
    public IEnumerable<string> OwnFolders => _folder is null ? [] : [_folder.Path];

    /// <summary>Clang's arguments that find them after everything else.</summary>
    public IEnumerable<string> Search => OwnFolders.SelectMany(f => new[] { "-idirafter", Path.Combine(f, Depth) });

    /// <summary>Makes a stand-in; false when the name is none that can have one.</summary>
    public bool Supply(string name)
    {
        if (_count++ == Most || Path.IsPathRooted(name) || name.Split('/').Contains(""))
        {
            return false;
        }

        _folder ??= new ScratchFolder();
        Directory.CreateDirectory(_folder[Depth]);
        string path = Path.GetFullPath(Path.Combine(_folder[Depth], name));
        if (!Folders.Holds(_folder.Path, path) || Path.Exists(path))
        {
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, Once);
        _first ??= path;
        return true;
    }

    /// <summary>Writes what the headers most likely had for the text that there is without; what that is in words, or null for nothing more.</summary>
    public string[]? Fill(string text)
    {
        if (_first is null || _isFilled)
        {
            return null;
        }

        _isFilled = true;
        (string lines, string[] names) = GuessedHeader.For(text);
        File.AppendAllText(_first, lines);
        return names.Length == 0 ? null : names;
    }

    /// <summary>Adds types of which only the names are known; those that were not known before, or null for none.</summary>
    public string[]? AddTypes(Func<IEnumerable<string>> types, string text) => Add(ref _hasTypes, () => GuessedHeader.Opaque(types(), text));

    /// <summary>Adds constants of which only the names are known; what they are in words, or null for none.</summary>
    public string[]? AddConstants(Func<IEnumerable<string>> identifiers, string text) => Add(ref _hasConstants, () => GuessedHeader.Constants(identifiers(), text));

    /// <summary>Gives such types the members that the text names, or makes numbers of them, as clang's complaints ask for; what is new in words, or null for nothing.</summary>
    public string[]? AddUses(Func<string> complaints, string text)
    {
        if (_first is null || _rounds++ == MostRounds || _types.Learn(complaints(), text) is not { } learned)
        {
            return null;
        }

        File.WriteAllText(_first, _types.In(File.ReadAllText(_first)));
        return learned;
    }

    // Once.
    private string[]? Add(ref bool isAdded, Func<(string Lines, string[] Names)> guess)
    {
        if (_first is null || isAdded)
        {
            return null;
        }

        isAdded = true;
        (string lines, string[] names) = guess();
        File.AppendAllText(_first, lines);
        return names.Length == 0 ? null : names;
    }

    public void Dispose() => _folder?.Dispose();
}
