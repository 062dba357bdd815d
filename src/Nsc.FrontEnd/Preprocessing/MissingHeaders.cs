// Headers that are not on this machine, such as a vendor's. An empty file stands in for each: most functions of a file that includes one do
// not need it, and of one that does clang says what it lacks.

using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Preprocessing;

internal sealed class MissingHeaders : IDisposable
{
    /// <summary>As many missing headers as a file may have.</summary>
    private const int Most = 32;

    private ScratchFolder? _folder;
    private int _count;

    /// <summary>The folder that the stand-ins are in, when there are any.</summary>
    public IEnumerable<string> Folders => _folder is null ? [] : [_folder.Path];

    /// <summary>Clang's arguments that find them after everything else.</summary>
    public IEnumerable<string> Search => Folders.SelectMany(f => new[] { "-idirafter", f });

    /// <summary>Makes a stand-in; false when the name is none that can have one.</summary>
    public bool Supply(string name)
    {
        if (_count++ == Most || Path.IsPathRooted(name) || name.Split('/').Any(part => part is "" or "." or ".."))
        {
            return false;
        }

        _folder ??= new ScratchFolder();
        string path = _folder[name];
        if (Path.Exists(path))
        {
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "");
        return true;
    }

    public void Dispose() => _folder?.Dispose();
}
