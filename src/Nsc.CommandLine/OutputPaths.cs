// Where results go is looked at before the work: nobody should wait for a training to learn that its folder is missing, and no command
// may destroy what it reads.

using System.CommandLine;
using System.CommandLine.Parsing;
using Nsc.Core.Files;
using Nsc.Core.Surrogates;

namespace Nsc.CommandLine;

/// <summary>The files and folders that a command line names.</summary>
internal static class OutputPaths
{
    /// <summary>The options that name what is written.</summary>
    private static readonly string[] s_outputs = ["--output", "--report", "--resume", "--depfile", "--write"];

    /// <summary>The verbs whose first argument is replaced by the result, unless <c>--output</c> says otherwise.</summary>
    private static readonly string[] s_inPlace = ["finetune"];

    /// <summary>The verbs whose result is no text.</summary>
    private static readonly string[] s_binary = ["compile", "finetune", "average"];

    /// <summary>What <c>-o -</c> stands for.</summary>
    private const string StandardOutput = "/dev/stdout";

    /// <summary>The file that the value of an option names.</summary>
    public static string Named(string value) => value == "-" ? StandardOutput : value;

    /// <summary>The option, with <c>-</c> for standard output.</summary>
    public static Option<T> OrStandardOutput<T>(this Option<T> option)
        where T : FileSystemInfo?
    {
        // An empty name is refused with all empty values.
        option.CustomParser = result => result.Tokens[^1].Value is { Length: > 0 } value ? (T)(FileSystemInfo)new FileInfo(Named(value)) : default;
        return option;
    }

    /// <summary>Whether standard output belongs to the result of a verb.</summary>
    public static bool IsStandardOutput(ParseResult parse) => parse.CommandResult.Children.OfType<OptionResult>()
        .Any(o => o.Option.Name == "--output" && o.Option.ValueType != typeof(DirectoryInfo) && o.Tokens.Any(t => Named(t.Value) == StandardOutput));

    /// <summary>Looks at all files that the options and arguments of a verb name.</summary>
    /// <exception cref="CommandException">One cannot be written, or would be overwritten with something else; or one to read would never end.</exception>
    public static void Check(ParseResult parse)
    {
        if (IsStandardOutput(parse) && s_binary.Contains(parse.CommandResult.Command.Name) && !Console.IsOutputRedirected)
        {
            throw new CommandException(ExitCode.Usage, "the result is no text for a terminal", "name a file with -o, or write to a pipe");
        }

        if (IsStandardOutput(parse) && parse.CommandResult.Children.OfType<OptionResult>().Any(o => o is { Option.Name: "--json", Implicit: false }))
        {
            throw new CommandException(ExitCode.Usage, "--json and the result cannot both go to standard output", "name a file with -o");
        }

        (string Option, string Path, bool IsOutput)[] files = [.. Files(parse)];
        foreach ((string option, string path, _) in files.Where(f => !f.IsOutput))
        {
            RequireReadable(option, path);
        }

        bool isInPlace = s_inPlace.Contains(parse.CommandResult.Command.Name);
        (string Option, string Path)[] written =
        [
            .. files.Where(f => f.IsOutput).Select(f => (f.Option, f.Path)),
            .. isInPlace && !files.Any(f => f.Option == "--output") ? files.Where(f => !f.Option.StartsWith('-')).Select(f => (f.Option, f.Path)) : [],
        ];
        string[] sources = written.Length == 0 ? [] : [.. files.Where(f => !f.IsOutput).Select(f => SourceOf(f.Path)).OfType<string>()];
        foreach ((string option, string path) in written)
        {
            Require(option, path);
            Array.ForEach(sources, source => RequireApart(option, path, "the file that was compiled,", source));
            foreach ((string other, string read, _) in files.Where(f => f.Option != option && !(isInPlace && option == "--output" && !f.Option.StartsWith('-'))))
            {
                RequireApart(option, path, other, read);
            }
        }

        foreach (string folder in parse.CommandResult.Children.OfType<OptionResult>().Where(o => o.Option.ValueType == typeof(DirectoryInfo) && s_outputs.Contains(o.Option.Name)).SelectMany(Values))
        {
            RequireFolder("--output", folder);
        }
    }

    /// <summary>The file that a surrogate was compiled from, if it is still there.</summary>
    public static string? SourceOf(Surrogate surrogate) => File.Exists(surrogate.Program.Path) ? surrogate.Program.Path : null;

    // The same of what may be a surrogate's file.
    private static string? SourceOf(string path)
    {
        try
        {
            return FileIdentity.Of(path).Kind == FileKind.File && TensorContainer.MayBe(path) ? SourceOf(SurrogateFile.Load(path)) : null;
        }
        catch (ContainerException)
        {
            return null; // The verb says so.
        }
    }

    /// <summary>Makes sure that a file can be written.</summary>
    /// <param name="name">What the path is called in messages.</param>
    public static void Require(string name, string path)
    {
        if (path == "-")
        {
            throw new CommandException(ExitCode.Usage, $"{name} cannot be standard output under the name '-'", "name a file, or /dev/stdout");
        }

        if (AtomicFile.Objection(path) is { } objection)
        {
            throw new CommandException(ExitCode.Usage, $"{name} '{path}' cannot be written: {objection}");
        }

        AtomicFile.Try(path);
    }

    /// <summary>Makes sure that a folder is there or can be made.</summary>
    public static void RequireFolder(string name, string path)
    {
        string? existing = Path.GetFullPath(path);
        while (existing is not null && FileIdentity.Of(existing).Kind == FileKind.Missing)
        {
            existing = Path.GetDirectoryName(existing);
        }

        if (existing is null || FileIdentity.Of(existing).Kind != FileKind.Folder)
        {
            throw new CommandException(ExitCode.Usage, $"{name} '{path}' cannot be a folder: '{existing}' is none");
        }

        AtomicFile.Try(Path.Combine(existing, "."));
    }

    /// <summary>Makes sure that two paths do not lead to one file.</summary>
    public static void RequireApart(string name, string path, string otherName, string other)
    {
        if (AreSame(path, other))
        {
            throw new CommandException(ExitCode.Usage, $"{name} '{path}' would overwrite {otherName} '{other}'", "name another file");
        }
    }

    /// <summary>Makes sure that reading a path comes to an end.</summary>
    public static void RequireReadable(string name, string path)
    {
        if (FileIdentity.Of(path).Kind != FileKind.Folder && FileIdentity.ReadingObjection(path) is { } objection)
        {
            throw new CommandException(ExitCode.Refused, $"{name} '{path}' cannot be read: {objection}");
        }
    }

    private static bool AreSame(string one, string other)
    {
        FileIdentity first = FileIdentity.Of(one), second = FileIdentity.Of(other);
        return first.Kind != FileKind.Missing || second.Kind != FileKind.Missing
            ? first == second && first.Kind is not (FileKind.Device or FileKind.Pipe)
            : Place(one) == Place(other);
    }

    // Of a file that is not there yet: its folder and its name.
    private static (FileIdentity Folder, string Name) Place(string path)
    {
        string full = Path.GetFullPath(path);
        return (FileIdentity.Of(Path.GetDirectoryName(full) ?? "/"), Path.GetFileName(full));
    }

    private static IEnumerable<(string Option, string Path, bool IsOutput)> Files(ParseResult parse) => parse.CommandResult.Children.SelectMany(child => child switch
    {
        OptionResult { Option: var option } result when IsFile(option.ValueType) =>
            (option.Name == "--output" ? [$"{result.GetValueOrDefault<FileInfo>()}"] : Values(result)).Select(path => (option.Name, path, s_outputs.Contains(option.Name))),
        ArgumentResult { Argument: var argument } result when IsFile(argument.ValueType) => Values(result).Select(path => (argument.Name, path, false)),
        _ => [],
    });

    private static bool IsFile(Type type) => type == typeof(FileInfo) || type == typeof(FileInfo[]);

    private static IEnumerable<string> Values(SymbolResult result) => result.Tokens.Select(t => t.Value);
}
