// nsc graph: a function's dataflow as text, as Graphviz or as JSON, and whether it computes what the native program computes.

using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Nsc.CommandLine.Json;
using Nsc.Compiler.Input;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Sampling;
using Nsc.FrontEnd.Tools;

namespace Nsc.CommandLine.Verbs;

internal static class GraphVerb
{
    private static readonly Argument<string> s_file = new("FILE") { Description = "A C file; - is standard input." };
    private static readonly ReadingOptions s_reading = new();
    private static readonly Option<bool> s_dot = new("--dot") { Description = "Write Graphviz dot." };
    private static readonly Option<int?> s_check = CheckOption();
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create() => new Command("graph", "Show the dataflow graph of a function, or check it against the native program.")
    {
        s_file, s_dot, s_check, s_seed, s_json,
    }.With(s_reading).WithAction(Run);

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        Toolchain toolchain = SourceFiles.RequireToolchain();
        FrontEndOptions options = s_reading.Of(parse) with { Project = s_reading.ProjectOf(parse) };
        CSource source = SourceFiles.Read(parse.GetRequiredValue(s_file));
        ImmutableArray<CProgram> programs = ClangFrontEnd.Load(source.Path, source.Text, options, toolchain, diagnostics);
        diagnostics.ShowAndStopOnErrors(terminal);
        var lowered = programs.Select(p => (Program: p, Graph: GraphBuilder.Build(p, toolchain, GraphOptions.Default, diagnostics))).ToList();
        diagnostics.ShowAndStopOnErrors(terminal);
        GraphAgreement?[] checks = parse.GetValue(s_check) is not { } count
            ? new GraphAgreement?[lowered.Count]
            : [.. lowered.Select(l => GraphCheck.Run(
                l.Program, l.Graph!, toolchain, count, SampleSeeds.For(parse.GetValue(s_seed), SamplePurpose.Evaluation), diagnostics, cancellationToken: cancellationToken))];
        diagnostics.ShowAndStopOnErrors(terminal);
        Write(parse, lowered, checks, terminal.Output);
        bool isRefuted = lowered.Zip(checks).Any(l => l.Second?.Refutes(l.First.Graph!) == true);
        return isRefuted ? ExitCode.QualityMissed : ExitCode.Success;
    }

    private static Option<int?> CheckOption()
    {
        const int Most = 1_000_000;
        return new Option<int?>("--check")
        {
            Description = "Compare graph and native program on this many inputs from the ranges, and on NaN, infinities and other edges; exit code 5 when a graph that says exact disagrees.",
            HelpName = "N",
            Validators =
            {
                result =>
                {
                    if (result.Tokens.Any(t => long.TryParse(t.Value, CultureInfo.InvariantCulture, out long n) && n is < 1 or > Most))
                    {
                        result.AddError($"--check must be from 1 to {Most}.");
                    }
                },
            },
        };
    }

    private static void Write(ParseResult parse, IReadOnlyList<(CProgram Program, DataflowGraph? Graph)> lowered, GraphAgreement?[] checks, TextWriter output)
    {
        if (parse.GetValue(s_json))
        {
            WriteJson([.. lowered.Select((l, i) => ToJson(l.Program.Signature, l.Graph!, checks[i]))], output);
            return;
        }

        foreach (var ((program, graph), check) in lowered.Zip(checks))
        {
            if (check is not null)
            {
                WriteSummary(program.Signature, graph!, output);
                WriteCheck(program.Signature, graph!, check, output);
            }
            else if (parse.GetValue(s_dot))
            {
                WriteDot(program.Signature, graph!, output);
            }
            else
            {
                WriteText(program.Signature, graph!, output);
            }
        }
    }

    private static void WriteCheck(ProgramSignature signature, DataflowGraph graph, GraphAgreement check, TextWriter output)
    {
        string leftOut = check.LeftOut == 0 ? ""
            : $"; {check.LeftOut:N0} more were left out: on {check.Undefined:N0} C leaves open what the program gives, on {check.Failed:N0} it failed or is not deterministic";
        output.WriteLine(
            check.Compared == 0 ? $"  nothing could be compared{leftOut}"
            : check.Disagreeing == 0 ? $"  graph and program agree, bit for bit, on all {check.Compared:N0} inputs, NaN, infinities and other edges among them{leftOut}"
            : $"  graph and program disagree on {check.Disagreeing:N0} of {check.Compared:N0} inputs{leftOut}");
        if (check.Worst is { } worst)
        {
            string inputs = string.Join(", ", worst.Inputs.Select((v, i) => $"{signature.Inputs[i].Name} = {Number(v)}"));
            output.WriteLine($"  worst: {inputs}: {signature.Outputs[worst.Output].Name} is {Number(worst.Native)} by the program, {Number(worst.Graph)} by the graph");
            output.WriteLine(graph.IsExact ? "  the graph says that it is exact, and is not" : "  the graph says that it is approximate");
        }
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

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

    private static void WriteSummary(ProgramSignature signature, DataflowGraph graph, TextWriter output)
    {
        output.WriteLine($"{signature.Function}: {graph.Nodes.Length} values, {graph.Levels().Max() + 1} levels, {(graph.IsExact ? "exact" : "approximate")}");
        foreach (string reason in graph.Approximations)
        {
            output.WriteLine($"  approximate: {reason}");
        }
    }

    private static void WriteText(ProgramSignature signature, DataflowGraph graph, TextWriter output)
    {
        WriteSummary(signature, graph, output);
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

    private static GraphJson ToJson(ProgramSignature signature, DataflowGraph graph, GraphAgreement? check) => new(
        signature.Function, graph.IsExact, [.. graph.Approximations],
        [.. graph.Nodes.Select((n, i) => new NodeJson(
            i, n.Opcode.ToString(), n.Kind.ToString(), n.Opcode == Opcode.Input ? [n.A] : [.. Operands(n)],
            n.Opcode == Opcode.Constant ? n.ConstantValue : null))],
        [.. graph.Outputs],
        check is null ? null : ToJson(signature, check));

    private static GraphCheckJson ToJson(ProgramSignature signature, GraphAgreement check) => new(
        check.Disagreeing == 0, check.Compared, check.Undefined, check.Failed, check.Disagreeing,
        check.Worst is not { } worst ? null : new WorstJson(
            worst.Inputs.Select((v, i) => (signature.Inputs[i].Name, Value: v)).ToDictionary(x => x.Name, x => x.Value),
            signature.Outputs[worst.Output].Name, worst.Native, worst.Graph));

    private static IEnumerable<int> Operands(Node node) => Enumerable.Range(0, node.Arity).Select(node.Operand);

    private static string Label(ProgramSignature signature, Node node) => node.Opcode switch
    {
        Opcode.Input => signature.Inputs[node.A].Name,
        Opcode.Constant => node.ConstantValue.ToString("R", CultureInfo.InvariantCulture),
        _ => node.Opcode.ToString(),
    };
}
