// Options that the subcommands of exestack share.

using System.CommandLine;
using Nsc.Corpus.Mining;

namespace Nsc.Cli.Verbs;

internal static class ExeStackOptions
{
    public static Option<DirectoryInfo> Corpus(bool isRequired = true) =>
        new("--corpus") { Description = "The corpus, as exestack build makes it.", HelpName = "DIR", Required = isRequired };

    public static Option<string> HeldOutPackages() => new("--hold-out")
    {
        Description = "Packages that training must not see.", HelpName = "NAME,NAME,...",
        DefaultValueFactory = _ => string.Join(',', HeldOut.Packages),
    };

    /// <summary>The folder, which must be there.</summary>
    public static DirectoryInfo Existing(DirectoryInfo folder) =>
        folder.Exists ? folder : throw new CommandException(ExitCode.Refused, $"no such folder: '{folder}'");
}
