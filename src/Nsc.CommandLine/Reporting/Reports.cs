// What every verb with --report does the same way.

using System.CommandLine;
using System.Globalization;
using System.Text;
using Nsc.Core.Files;

namespace Nsc.CommandLine.Reporting;

internal static class Reports
{
    public static Option<FileInfo?> Option() => new("--report") { Description = "Write a report that a person wants to look at.", HelpName = "FILE.html" };

    /// <summary>The command line that repeats what a report shows.</summary>
    public static string Command(ParseResult parse) => "nsc " + string.Join(' ', parse.Tokens.Select(t => t.Value));

    public static void Write(FileInfo file, string html, Terminal terminal)
    {
        AtomicFile.Write(file.ToString(), stream => stream.Write(Encoding.UTF8.GetBytes(html)));
        terminal.Say($"report -> {file}");
    }

    /// <summary>A number in three digits.</summary>
    public static string Short(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}
