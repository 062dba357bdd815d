// The flags of a C compiler that decide what a file means: where headers are, what is defined, which standard. All others of a project's
// build, such as those about speed, do not matter to a surrogate.

using System.Collections.Immutable;

namespace Nsc.FrontEnd.Projects;

/// <summary>One flag with its value, as in <c>-I include</c>. The value of a flag that names a path is absolute.</summary>
public sealed record ClangFlag(string Name, string Value)
{
    private static readonly string[] s_folders = ["-I", "-isystem", "-iquote", "-idirafter"];
    private static readonly string[] s_files = ["-include", "-imacros"];
    private static readonly string[] s_macros = ["-D", "-U"];

    /// <summary>Flags whose value is another argument, which is no flag and no file of the project.</summary>
    private static readonly string[] s_withValue = ["-o", "-MF", "-MT", "-MQ", "-x", "-arch", "-target", "-Xclang", "-Xpreprocessor", "-Xassembler", "-Xlinker", "-L", "-l", "-isysroot", "--sysroot"];

    /// <summary>Flags that change what the text computes, and that nsc cannot follow: a unit is built for this machine by its defaults.</summary>
    private static readonly string[] s_unfollowed = ["-funsigned-char", "-fshort-enums", "-fpack-struct", "-fshort-wchar", "-m32", "-mx32", "-fshort-double", "-fsingle-precision-constant"];

    /// <summary>Whether headers are looked for in the folder that the flag names.</summary>
    public bool IsFolder => Array.IndexOf(s_folders, Name) >= 0;

    /// <summary>Whether the flag names a file that is read before the text.</summary>
    public bool IsFile => Array.IndexOf(s_files, Name) >= 0;

    /// <summary>The arguments that clang takes for it.</summary>
    public IEnumerable<string> Arguments => Name is "-std" ? [$"{Name}={Value}"] : Array.IndexOf(s_macros, Name) >= 0 ? [Name + Value] : [Name, Value];

    /// <summary>The flags among a command's arguments that matter, in their order, and those that nsc would have to follow and cannot.</summary>
    /// <param name="folder">What relative paths are relative to.</param>
    public static (ImmutableArray<ClangFlag> Flags, ImmutableArray<string> Unfollowed) Parse(IReadOnlyList<string> arguments, string folder)
    {
        var flags = ImmutableArray.CreateBuilder<ClangFlag>();
        var unfollowed = ImmutableArray.CreateBuilder<string>();
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (argument.Contains('\0', StringComparison.Ordinal))
            {
                continue;
            }

            if (s_unfollowed.Contains(argument))
            {
                unfollowed.Add(argument);
            }
            else if (argument.StartsWith("-std=", StringComparison.Ordinal))
            {
                flags.Add(new ClangFlag("-std", argument[5..]));
            }
            else if (s_folders.Concat(s_files).Concat(s_macros).FirstOrDefault(name => IsNamed(argument, name)) is { } name)
            {
                string? value = argument.Length > name.Length ? argument[name.Length..] : ++i < arguments.Count ? arguments[i] : null;
                if (value is not null)
                {
                    flags.Add(new ClangFlag(name, s_macros.Contains(name) ? value : Path.GetFullPath(value, folder)));
                }
            }
            else if (s_withValue.Contains(argument))
            {
                i++;
            }
        }

        return (flags.ToImmutable(), unfollowed.ToImmutable());
    }

    // A value may follow in the same argument, as in -Iinclude; not for -include, which no compiler's users write so.
    private static bool IsNamed(string argument, string name) =>
        argument == name || (!s_files.Contains(name) && argument.StartsWith(name, StringComparison.Ordinal));
}
