// nsc graph: the dataflow that CompNet reads, as text, as Graphviz or as JSON.

using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Nsc.Cli.Output;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Clang;

namespace Nsc.Cli.Verbs;

internal static class GraphVerb
{
    private static readonly Argument<string> s_file = new("FILE") { Description = "A C file; - is standard input." };
    private static readonly Option<string[]> s_functions = Options.Function();
    private static readonly Option<bool> s_dot = new("--dot") { Description = "Write Graphviz dot." };
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create() => new Command("graph", "Show the dataflow graph of a function.")
    {
        s_file, s_functions, s_dot, s_json,
    }.WithAction(Run);

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        string path = parse.GetRequiredValue(s_file);
        var diagnostics = new DiagnosticBag();
        var pipeline = new Pipeline(SourceFiles.RequireToolchain(), diagnostics);
        var options = FrontEndOptions.Default with { Functions = [.. parse.GetValue(s_functions)!] };
        ImmutableArray<CProgram> programs = pipeline.Parse(path, SourceFiles.ReadSource(path), options);
        diagnostics.ShowAndStopOnErrors(terminal);
        var lowered = programs.Select(p => (Program: p, Graph: pipeline.Lower(p))).ToList();
        diagnostics.ShowAndStopOnErrors(terminal);
        if (parse.GetValue(s_json))
        {
            WriteJson([.. lowered.Select(l => ToJson(l.Program.Signature, l.Graph!))], terminal.Output);
            return ExitCode.Success;
        }

        foreach ((CProgram program, DataflowGraph? graph) in lowered)
        {
            if (parse.GetValue(s_dot))
            {
                WriteDot(program.Signature, graph!, terminal.Output);
            }
            else
            {
                WriteText(program.Signature, graph!, terminal.Output);
            }
        }

        return ExitCode.Success;
    }

    private static void WriteJson(GraphJson[] graphs, TextWriter output)
    {
        if (graphs.Length == 1)
        {
            NscJson.Write(output, graphs[0]);
        }
        else
        {
            NscJson.Write(output, graphs);
        }
    }

    private static void WriteText(ProgramSignature signature, DataflowGraph graph, TextWriter output)
    {
        output.WriteLine($"{signature.Function}: {graph.Nodes.Length} values, {graph.Levels().Max() + 1} levels, {(graph.IsExact ? "exact" : "approximate")}");
        foreach (string reason in graph.Approximations)
        {
            output.WriteLine($"  approximate: {reason}");
        }

        for (int i = 0; i < graph.Nodes.Length; i++)
        {
            Node node = graph.Nodes[i];
            string operands = string.Join(", ", Operands(node).Select(o => $"%{o}"));
            output.WriteLine($"  %{i} = {Label(signature, node)}{(node.Opcode is Opcode.Input or Opcode.Constant ? "" : " " + operands)} : {node.Kind.ToString().ToLowerInvariant()}");
        }

        for (int k = 0; k < graph.Outputs.Length; k++)
        {
            output.WriteLine($"  {signature.Outputs[k].Name} <- %{graph.Outputs[k]}");
        }
    }

    private static void WriteDot(ProgramSignature signature, DataflowGraph graph, TextWriter output)
    {
        output.WriteLine($"digraph \"{signature.Function}\" {{\n  rankdir=TB;\n  node [shape=box, fontname=\"monospace\"];");
        for (int i = 0; i < graph.Nodes.Length; i++)
        {
            Node node = graph.Nodes[i];
            string style = node.Opcode switch { Opcode.Input => ", shape=ellipse", Opcode.Constant => ", shape=plaintext", _ => "" };
            output.WriteLine($"  n{i} [label=\"{Label(signature, node)}\"{style}];");
            foreach ((int operand, int position) in Operands(node).Select((o, p) => (o, p)))
            {
                output.WriteLine($"  n{operand} -> n{i}{(node.Arity > 1 && !node.Opcode.IsCommutative() ? $" [label=\"{position}\"]" : "")};");
            }
        }

        for (int k = 0; k < graph.Outputs.Length; k++)
        {
            output.WriteLine($"  out{k} [label=\"{signature.Outputs[k].Name}\", shape=ellipse, style=bold];\n  n{graph.Outputs[k]} -> out{k};");
        }

        output.WriteLine("}");
    }

    private static GraphJson ToJson(ProgramSignature signature, DataflowGraph graph) => new(
        signature.Function, graph.IsExact, [.. graph.Approximations],
        [.. graph.Nodes.Select((n, i) => new NodeJson(
            i, n.Opcode.ToString(), n.Kind.ToString(), n.Opcode == Opcode.Input ? [n.A] : [.. Operands(n)],
            n.Opcode == Opcode.Constant ? n.ConstantValue : null))],
        [.. graph.Outputs]);

    private static IEnumerable<int> Operands(Node node) => Enumerable.Range(0, node.Arity).Select(node.Operand);

    private static string Label(ProgramSignature signature, Node node) => node.Opcode switch
    {
        Opcode.Input => signature.Inputs[node.A].Name,
        Opcode.Constant => node.ConstantValue.ToString("R", CultureInfo.InvariantCulture),
        _ => node.Opcode.ToString(),
    };
}
