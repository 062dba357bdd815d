// What the support check knows of one function's body, independent of who calls it.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Calls;

namespace Nsc.FrontEnd.Checking;

/// <summary>A call to a function of the same unit.</summary>
/// <param name="Offset">Where, in bytes of the unit.</param>
internal readonly record struct Call(string Callee, int Offset);

/// <summary>Pointer arithmetic on, or a subscript other than zero of, the parameter of that name.</summary>
/// <param name="Offset">Where, in bytes of the unit.</param>
internal readonly record struct PointerStep(string Parameter, int Offset);

/// <param name="Calls">The first call to each function that the unit defines, in source order.</param>
/// <param name="Steps">What reaches beyond a pointer parameter's first element.</param>
/// <param name="Findings">Every reason why the body is not supported.</param>
/// <param name="Variables">Variables that outlive a call, may change, and are named here.</param>
/// <param name="CallsPointers">Whether it calls through a pointer.</param>
/// <param name="Named">The members and parameters that the body names.</param>
/// <param name="Called">The members that it calls through.</param>
/// <param name="Tested">The members that it names otherwise.</param>
/// <param name="Assigned">The members, pointers to data, that it sets.</param>
/// <param name="Reached">The structures whose members it may reach without naming them, by their addresses.</param>
/// <param name="Meant">What its pointers to void, parameters and members, are taken for; null for several things.</param>
/// <param name="Around">What it finds around what its parameters point to, and where these point to in it.</param>
/// <param name="Passed">Its pointers to void that become another function's.</param>
/// <param name="HandedOn">Those that it calls pointers to functions with, and as which argument.</param>
internal sealed record FunctionFacts(
    string Name, IReadOnlyList<Call> Calls, IReadOnlyList<PointerStep> Steps, IReadOnlyList<Diagnostic> Findings, IReadOnlySet<CXCursor> Named,
    IReadOnlyList<CXCursor> Variables, bool CallsPointers, IReadOnlySet<CXCursor> Called, IReadOnlySet<CXCursor> Tested,
    IReadOnlySet<CXCursor> Assigned, IReadOnlySet<CXCursor> Reached, IReadOnlyDictionary<CXCursor, CXType?> Meant, IReadOnlyList<(CXCursor From, CXCursor To)> Passed, IReadOnlyList<(CXCursor From, int Argument)> HandedOn,
    IReadOnlyDictionary<CXCursor, (CXType Whole, long Offset)> Around);
