// Options that the subcommands of exestack share.

using System.CommandLine;
using Nsc.CommandLine;
using Nsc.Corpus.Mining;
using Nsc.Corpus.Mining.Variants;
using Nsc.Corpus.Splitting;

namespace Nsc.Cli.Mining;

internal static class ExeStackOptions
{
    public static Option<DirectoryInfo> Corpus(bool isRequired = true) =>
        new("--corpus") { Description = "The corpus, as exestack build makes it.", HelpName = "DIR", Required = isRequired };

    public static Option<string> HeldOutPackages() => new("--hold-out")
    {
        Description = "Packages that training must not see.", HelpName = "NAME,NAME,...",
        DefaultValueFactory = _ => string.Join(',', DefaultHeldOut.Packages),
    };

    /// <summary>The folder, which must be a whole corpus: what is missing would be held out or checked by nobody.</summary>
    /// <param name="withVariants">Whether its variants are read too.</param>
    public static DirectoryInfo ExistingCorpus(DirectoryInfo folder, bool withVariants = true) =>
        (ExeStack.FaultOf(Existing(folder).FullName) ?? (withVariants ? VariantCorpus.FaultOf(folder.FullName) : null)) is { } fault
            ? throw new CommandException(ExitCode.Refused, $"'{folder}' is no whole corpus: {fault}", "nsc exestack build and variants make what is missing")
            : folder;

    /// <summary>The folder, which must be there.</summary>
    public static DirectoryInfo Existing(DirectoryInfo folder) =>
        folder.Exists ? folder : throw new CommandException(ExitCode.Refused, $"no such folder: '{folder}'");
}
