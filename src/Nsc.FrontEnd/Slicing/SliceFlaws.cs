// Why functions of a file fall, found on the file's syntax tree: clang's own errors in what they need, and what the support
// check refuses.

using System.Text.RegularExpressions;
using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Checking;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Slicing;

internal sealed partial class SliceFlaws
{
    private readonly Dictionary<int, string> _broken = [];
    private readonly FunctionIndex _index;
    private readonly SupportCheck _support;

    public SliceFlaws(TranslationUnit unit, List<Chunk> chunks)
    {
        _index = new FunctionIndex(unit);
        _support = new SupportCheck(_index, new TypeCheck());
        FindErrors(unit, chunks);
    }

    /// <summary>The name of the first reason, or null. Calls that another file may answer are none.</summary>
    public string? Of(CXCursor function, SliceNeeds needs)
    {
        foreach (int chunk in needs.Chunks)
        {
            if (_broken.TryGetValue(chunk, out string? error))
            {
                return error;
            }
        }

        if (_index.KeyOf(function) is not { } key)
        {
            return "clang";
        }

        var findings = new DiagnosticBag();
        _support.Check(key, findings);
        return findings.FirstOrDefault(f => f.Severity == Severity.Error && !IsElsewhere(f, needs))?.Id;
    }

    private static bool IsElsewhere(Diagnostic finding, SliceNeeds needs) =>
        finding.Id == "unresolved-call" && needs.Calls.Contains(Quoted().Match(finding.Message).Groups[1].Value);

    private unsafe void FindErrors(TranslationUnit unit, List<Chunk> chunks)
    {
        uint count = LibClang.getNumDiagnostics(unit.Handle);
        for (uint i = 0; i < count; i++)
        {
            CXDiagnostic diagnostic = LibClang.getDiagnostic(unit.Handle, i);
            if (LibClang.getDiagnosticSeverity(diagnostic) > CXDiagnosticSeverity.CXDiagnostic_Warning)
            {
                string option = LibClang.getDiagnosticOption(diagnostic, null).Text();
                string id = option.StartsWith("-W", StringComparison.Ordinal) ? $"clang-{option[2..]}" : "clang";
                _broken.TryAdd(Chunk.IndexOf(chunks, LibClang.getDiagnosticLocation(diagnostic).Offset()), id);
            }

            LibClang.disposeDiagnostic(diagnostic);
        }
    }

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();
}
