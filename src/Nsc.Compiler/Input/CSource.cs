// A C text with the name that messages give it.

using System.Text;
using Nsc.Core.Diagnostics;
using Nsc.Core.Files;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Projects;

namespace Nsc.Compiler.Input;

/// <summary>C source text.</summary>
/// <param name="Path">Names the text in messages; the headers that it includes in quotes lie in its folder.</param>
public sealed record CSource(string Path, string Text)
{
    /// <summary>What is known of the project that the text belongs to: the flags to read it with, among other things.</summary>
    public ProjectOptions Project { get; init; } = ProjectOptions.None;

    /// <summary>Reads a file; null when <paramref name="diagnostics"/> say why it cannot be read.</summary>
    public static CSource? Read(string path, DiagnosticBag diagnostics)
    {
        if (FileIdentity.ReadingObjection(path) is { } objection)
        {
            diagnostics.Refuse(Refusal.Input, $"'{path}' is no C file: {objection}");
            return null;
        }

        if (!File.Exists(path))
        {
            diagnostics.Refuse(Refusal.Input, $"no such file: '{path}'");
            return null;
        }

        using var reader = new StreamReader(path);
        return Read(reader, path, $"'{path}'", diagnostics);
    }

    /// <summary>Reads a text to its end, unless that is too far away.</summary>
    /// <param name="name">What the text is called when it is too long.</param>
    internal static CSource? Read(TextReader reader, string path, string name, DiagnosticBag diagnostics)
    {
        var text = new StringBuilder();
        var buffer = new char[1 << 16];
        while (reader.Read(buffer) is > 0 and int length)
        {
            text.Append(buffer, 0, length);
            if (text.Length > ClangFrontEnd.LargestSource)
            {
                diagnostics.Refuse(Refusal.Input, $"{name} is longer than {ClangFrontEnd.LargestSource} characters");
                return null;
            }
        }

        return new CSource(path, text.ToString());
    }
}
