// The faults of a unit as a whole: declarations that act without being called.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Slicing.Library;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Checking;

internal static class DeclarationCheck
{
    /// <summary>Reports declarations that act by themselves. Every declaration of a unit is there because a program needs it.</summary>
    public static void Check(SyntaxTree unit, DiagnosticBag diagnostics)
    {
        foreach (CXCursor cursor in unit.Index.Declarations)
        {
            switch (cursor.Kind)
            {
                case CXCursorKind.CXCursor_UnexposedDecl:
                    CheckUnexposed(cursor, unit, diagnostics);
                    break;
                case CXCursorKind.CXCursor_FunctionDecl or CXCursorKind.CXCursor_VarDecl:
                    CheckNamed(cursor, unit, diagnostics);
                    break;
            }
        }
    }

    private static void CheckNamed(CXCursor cursor, SyntaxTree unit, DiagnosticBag diagnostics)
    {
        Attributes.Check(cursor, cursor.Children(), unit.Source, diagnostics);
        string name = cursor.Spelling();
        if (name is "_init" or "_fini" || (name.StartsWith("nsc_", StringComparison.Ordinal) && !UnitMemory.Defines(name)))
        {
            diagnostics.ReportReservedName(cursor.Location().PlaceIn(unit.Source), name);
        }
        else if (LibraryFunctions.IsPure(name) && unit.Index.Find(name) is { IsStatic: false })
        {
            diagnostics.ReportLibraryName(cursor.Location().PlaceIn(unit.Source), name);
        }
    }

    /// <summary>Of the declarations that libclang has no name for, C has two: assembly and the lone semicolon.</summary>
    private static void CheckUnexposed(CXCursor cursor, SyntaxTree unit, DiagnosticBag diagnostics)
    {
        IEnumerable<SourceToken> tokens = Tokenizer.TokensOf(unit.Unit, LibClang.getCursorExtent(cursor), _ => true);
        if (tokens.FirstOrDefault() is not { Spelling: ";" })
        {
            diagnostics.ReportFileScopeAssembly(cursor.Location().PlaceIn(unit.Source));
        }
    }
}
