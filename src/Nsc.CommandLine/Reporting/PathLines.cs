// The errors on each path, as lines for people.

using Nsc.Compiler.Evaluation;

namespace Nsc.CommandLine.Reporting;

internal static class PathLines
{
    private const int MostDecisions = 12;

    public static void Print(this PathFindings found, string function, TextWriter output)
    {
        foreach (string reason in found.Approximations)
        {
            output.WriteLine($"  paths are approximate: {reason}");
        }

        if (found.Paths.Length == 1)
        {
            output.WriteLine(found.AllBranches == 0 ? $"  {function} has one path: it does not branch" : $"  one path: all {found.Sorted} inputs take the same way at each of {found.AllBranches} branches");
            return;
        }

        output.WriteLine($"  {found.Paths.Sum(p => p.Paths)} paths, by {found.Sorted} inputs sorted along the dataflow; these branches tell them apart:");
        for (int b = 0; b < found.Branches.Length; b++)
        {
            output.WriteLine($"    {b + 1,3}  {(found.Branches[b].Line is { } line ? $"{found.File}:{line}: " : "")}{found.Branches[b].Condition}");
        }

        output.WriteLine($"  {"probability",11}  {"samples",7}  {"NMSE",10}  {"max",10}  path");
        foreach (MeasuredPath path in found.Paths)
        {
            output.WriteLine($"  {path.Probability,11:G4}  {path.Samples,7}  {Figure(path.Nmse),10}  {Figure(path.MaxError),10}  {Name(path)}");
        }
    }

    private static string Figure(double? value) => value?.ToString("G4", System.Globalization.CultureInfo.InvariantCulture) ?? "-";

    private static string Name(MeasuredPath path)
    {
        if (path.Conditions is not { } decisions)
        {
            return $"{path.Paths} others";
        }

        IEnumerable<string> shown = decisions.Take(MostDecisions).Select(d => $"{d.Branch + 1} {(d.Holds ? "yes" : "no")}");
        return string.Join(", ", shown) + (decisions.Length > MostDecisions ? $" and {decisions.Length - MostDecisions} more" : "");
    }
}
