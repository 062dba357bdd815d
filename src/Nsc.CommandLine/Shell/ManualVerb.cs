// nsc man: the manual pages of all verbs, for packages.

using System.CommandLine;
using System.Text;
using Nsc.Compiler.Models;
using Nsc.Core.Files;

namespace Nsc.CommandLine.Shell;

internal static class ManualVerb
{
    private static readonly Argument<DirectoryInfo> s_folder = new("DIR") { Description = "The folder that gets a file for each verb." };

    public static Command Create() => new Command("man", "Write the manual pages of all verbs.") { s_folder }.WithAction((parse, _, _) =>
    {
        string folder = parse.GetRequiredValue(s_folder).FullName;
        Directory.CreateDirectory(folder);
        foreach (ManualPage page in ManualPage.All(parse.RootCommandResult.Command, ["nsc"], []))
        {
            AtomicFile.Write(Path.Combine(folder, page.FileName), stream => stream.Write(Encoding.UTF8.GetBytes(page.Write(ToolVersion.Current))));
        }

        return ExitCode.Success;
    });
}
