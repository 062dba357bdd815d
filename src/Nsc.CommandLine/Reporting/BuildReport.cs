// What a build did: as lines, as JSON, as a page.

using System.Globalization;
using Nsc.CommandLine.Json;
using Nsc.Compiler.Building;
using Nsc.Core.Diagnostics;
using Nsc.Core.Files;
using Nsc.Report;

namespace Nsc.CommandLine.Reporting;

internal static class BuildReport
{
    public static void Say(IReadOnlyList<BuiltFunction> built, Terminal terminal)
    {
        foreach (BuiltFunction function in built)
        {
            string paths = string.Join(", ", function.Asked.Outputs.Select(o => Folders.Shown(o.Path)));
            terminal.Say($"{function.Name}: {WordOf(function.Status)}{(function.Status is BuildStatus.Missed or BuildStatus.Refused ? "" : $" -> {paths}")}");
            if (function.Facts is { } facts && function.Status != BuildStatus.Current)
            {
                terminal.Say($"  {facts.Net}, NMSE {Reports.Short(facts.Nmse)}{SpeedOf(facts)}");
                foreach (string sentence in facts.Sentences)
                {
                    terminal.Say($"  {sentence}");
                }
            }

            if (function.Miss is { } miss)
            {
                terminal.Say($"nsc: {function.Name}: {miss}");
                terminal.Say("  nothing was written; what was made before is as it was");
            }
        }
    }

    public static BuildJson Json(string project, IReadOnlyList<BuiltFunction> built, TimeSpan elapsed) => new(
        project,
        [.. built.Select(f => new BuiltFunctionJson(
            f.Name, Folders.Shown(f.Asked.File), WordOf(f.Status), [.. f.Asked.Outputs.Select(o => new BuiltOutputJson(o.Kind, Folders.Shown(o.Path)))], f.Facts?.Net, f.Facts?.Nmse,
            f.Facts?.OriginalNs, f.Facts?.AcceleratedNs, f.Facts is { } facts ? [.. facts.Bounds] : null, f.Miss, [.. Errors(f)], f.Duration.TotalMilliseconds))],
        elapsed.TotalMilliseconds);

    public static string Page(IReadOnlyList<BuiltFunction> built, string command)
    {
        HtmlPage page = new HtmlPage("nsc build").Remark(command)
            .Paragraph(string.Join(", ", built.GroupBy(f => f.Status).OrderBy(g => g.Key).Select(g => $"{g.Count()} {WordOf(g.Key)}")))
            .Table(
                ["function", "file", "status", "net", "NMSE", "original ns", "accelerated ns", "speed-up", "seconds"],
                built.Select(f => (string[])
                [
                    f.Name, Folders.Shown(f.Asked.File), WordOf(f.Status), f.Facts?.Net ?? "", f.Facts is { } facts ? Reports.Short(facts.Nmse) : "", Number(f.Facts?.OriginalNs),
                    Number(f.Facts?.AcceleratedNs), Number(f.Facts?.OriginalNs / f.Facts?.AcceleratedNs), f.Duration.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture),
                ]));
        foreach (BuiltFunction function in built)
        {
            page.Heading(function.Name).List([
                .. function.Miss is { } miss ? (string[])[$"missed: {miss}"] : [],
                .. Errors(function), .. function.Facts?.Sentences ?? [], .. function.Asked.Outputs.Select(o => $"{o.Kind}: {Folders.Shown(o.Path)}"),
            ]);
        }

        return page.ToString();
    }

    private static IEnumerable<string> Errors(BuiltFunction function) => function.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => $"{d.Location}: {d.Message}".TrimStart(':', ' '));

    private static string WordOf(BuildStatus status) => status.ToString().ToLowerInvariant();

    private static string SpeedOf(BuildFacts facts) => facts is { OriginalNs: { } original, AcceleratedNs: { } accelerated }
        ? string.Create(CultureInfo.InvariantCulture, $", {original:F1} ns a call before, {accelerated:F1} ns now: {original / accelerated:F2} times as fast") : "";

    private static string Number(double? value) => value?.ToString("F1", CultureInfo.InvariantCulture) ?? "";
}
