// Messages appear in the order of the text that they are about, whichever check found them.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Parsing;

namespace Nsc.FrontEnd.Sources;

internal sealed class DiagnosticOrder : IComparer<Diagnostic>
{
    public static readonly DiagnosticOrder ByPlace = new();

    public int Compare(Diagnostic? x, Diagnostic? y)
    {
        SourceLocation a = x?.Location ?? default;
        SourceLocation b = y?.Location ?? default;
        return (a.Line, a.Column).CompareTo((b.Line, b.Column));
    }
}
