// nsc export: a surrogate as source code or as a model file, for programs that know nothing of nsc.

using System.CommandLine;
using System.Text;
using Nsc.Cli.Output;
using Nsc.Core.Diagnostics;
using Nsc.Core.Files;
using Nsc.Core.Surrogates;
using Nsc.Export;

namespace Nsc.Cli.Verbs;

internal static class ExportVerb
{
    private static readonly Argument<FileInfo> s_surrogate = new("SURROGATE") { Description = "The surrogate to export." };
    private static readonly Option<string> s_format = new("--format") { Description = "What to write.", DefaultValueFactory = _ => "c" };
    private static readonly Option<FileInfo?> s_output = new("--output", "-o") { Description = "Where to write it. Default: beside SURROGATE.", HelpName = "OUT" };
    private static readonly Option<bool> s_dropIn = new("--drop-in") { Description = "C: also define the function itself, with its own signature, by its surrogate." };
    private static readonly Option<bool> s_guard = new("--guard") { Description = "C: like --drop-in, and call the original where an input is out of range." };
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create()
    {
        s_format.AcceptOnlyFromAmong("c", "csharp", "onnx");
        return new Command("export", "Write a surrogate as C, C# or ONNX.") { s_surrogate, s_format, s_output, s_dropIn, s_guard, s_json }.WithAction(Run);
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        FileInfo file = parse.GetRequiredValue(s_surrogate);
        string format = parse.GetValue(s_format)!;
        bool guarded = parse.GetValue(s_guard), dropsIn = guarded || parse.GetValue(s_dropIn);
        if (dropsIn && format != "c")
        {
            throw new CommandException(ExitCode.Usage, "--drop-in and --guard are for --format c");
        }

        Surrogate surrogate = SourceFiles.LoadSurrogate(file);
        byte[] content = format switch
        {
            "onnx" => OnnxExport.Write(surrogate),
            "csharp" => Encoding.UTF8.GetBytes(CSharpExport.Write(surrogate)),
            _ => Encoding.UTF8.GetBytes(CExport.Write(surrogate, new CExportOptions(dropsIn ? DropIn(surrogate, terminal) : null, guarded))),
        };
        string path = (parse.GetValue(s_output) ?? new FileInfo(Path.ChangeExtension(file.ToString(), format switch { "csharp" => ".cs", "onnx" => ".onnx", _ => ".nn.c" }))).ToString();
        AtomicFile.Write(path, stream => stream.Write(content));
        if (parse.GetValue(s_json))
        {
            NscJson.Write(terminal.Output, new ExportJson(surrogate.Signature.Function, format, path, content.Length));
        }
        else
        {
            terminal.Say($"{surrogate.Signature.Function}: {surrogate.Topology} as {format} -> {path}");
        }

        return ExitCode.Success;
    }

    private static string DropIn(Surrogate surrogate, Terminal terminal)
    {
        var diagnostics = new DiagnosticBag();
        return CarriedProgram.Parse(surrogate, null, new Pipeline(SourceFiles.RequireToolchain(), diagnostics), diagnostics, terminal).DropInSource;
    }
}
