// What a scan found, as tables or as JSON.

using System.Globalization;
using Nsc.CommandLine.Json;
using Nsc.Compiler.Scanning;

namespace Nsc.CommandLine.Reporting;

internal static class ScanReport
{
    public static void WriteJson(ScanResult found, int files, TimeSpan elapsed, Terminal terminal) => NscJson.Write(terminal.Output, new ScannedJson(
        files, found.Files, found.WithoutNumbers,
        [.. found.Compilable.Select(f => new ScanFunctionJson(
            f.Function, f.File, f.Line, [.. f.Inputs.Select(i => new ScanInputJson(i.Name, i.Low, i.High, i.IsGuessed))], [.. f.Outputs],
            f.Graph.ToString().ToLowerInvariant(), f.Usable, f.Nanoseconds, f.NetNanoseconds, f.SpeedUp, f.Remark))],
        [.. found.Refused.Select(f => new ScanRefusalJson(f.Function, f.File, f.Line, f.Id, f.Message, f.Hint, f.At))],
        new Dictionary<string, int>(found.OtherFunctions), [.. found.Troubles.Select(t => new ScanTroubleJson(t.File, t.Message, t.LeftOut))],
        found.Cost?.Shape.ToString() ?? "", found.IsCancelled, elapsed.TotalMilliseconds));

    public static void Write(ScanResult found, int files, Terminal terminal)
    {
        WriteCompilable(found, terminal);
        WriteRefused(found, terminal);
        foreach (FileTrouble trouble in found.Troubles)
        {
            terminal.Output.WriteLine($"{trouble.File}: {trouble.Message}{(trouble.LeftOut > 0 ? $" ({trouble.LeftOut} functions left out)" : "")}");
        }

        int numeric = found.Compilable.Length + found.Refused.Length;
        terminal.Output.WriteLine($"{found.Files} of {files} files, {found.WithoutNumbers} of them without a function that computes numbers; {numeric} functions that do: {found.Compilable.Length} can be compiled, {found.Refused.Length} cannot");
        foreach (IGrouping<string, RefusedFunction> reason in found.Refused.GroupBy(r => r.Id).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal))
        {
            terminal.Output.WriteLine($"  {reason.Count(),6} {reason.Key}");
        }

        if (found.OtherFunctions.Count > 0)
        {
            terminal.Output.WriteLine($"not looked at, because they do not compute numbers: {string.Join(", ", found.OtherFunctions.OrderByDescending(o => o.Value).Select(o => $"{o.Key} ({o.Value})"))}");
        }

        if (found.Cost is { } cost && found.Compilable.Length > 0)
        {
            terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"net: what a surrogate of {string.Join('-', cost.Shape.Hidden)} hidden units takes as accelerate writes it, timed here with random weights; ranges that nobody gave are the defaults of their types, and times depend on them"));
        }
    }

    private static void WriteCompilable(ScanResult found, Terminal terminal)
    {
        if (found.Compilable.IsEmpty)
        {
            return;
        }

        var table = new TextTable(
            0, TextColumn.Fitting("function", found.Compilable.Select(f => f.Function)), new TextColumn("inputs", 8), new TextColumn("guessed", 9), new TextColumn("outputs", 9),
            new TextColumn("graph", 13, IsText: true, Gap: 2), new TextColumn("ns", 10), new TextColumn("net ns", 10), new TextColumn("speed-up", 10), new TextColumn("where", 0, IsText: true, Gap: 2));
        foreach (CompilableFunction f in found.Compilable)
        {
            string remark = f.Remark ?? (f.Usable < 1 ? string.Create(CultureInfo.InvariantCulture, $"a number for {f.Usable:P0} of inputs") : "");
            table.Add(
                $"{f.Function}", $"{f.Inputs.Length}", $"{f.Inputs.Count(i => i.IsGuessed)}", $"{f.Outputs.Length}", $"{f.Graph.ToString().ToLowerInvariant()}",
                $"{Number(f.Nanoseconds)}", $"{Number(f.NetNanoseconds)}", $"{(f.SpeedUp is { } factor ? string.Create(CultureInfo.InvariantCulture, $"{factor:F2}") : "-")}",
                $"{f.File}:{f.Line}{(remark.Length > 0 ? $": {remark}" : "")}");
        }

        table.Write(terminal);
        terminal.Output.WriteLine();
    }

    private static void WriteRefused(ScanResult found, Terminal terminal)
    {
        if (found.Refused.IsEmpty)
        {
            return;
        }

        var table = new TextTable(0, TextColumn.Fitting("refused", found.Refused.Select(f => f.Function)), new TextColumn("why", 0, IsText: true, Gap: 2));
        foreach (RefusedFunction f in found.Refused)
        {
            table.Add($"{f.Function}", $"{f.At}: {f.Message} [{f.Id}]");
        }

        table.Write(terminal);
        terminal.Output.WriteLine();
    }

    private static string Number(double? nanoseconds) => nanoseconds is { } value ? value.ToString("F1", CultureInfo.InvariantCulture) : "-";
}
