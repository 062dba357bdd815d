// What the tests of the rewritings share: rewriting a text, and whether a program computes the same afterwards.

using Nsc.Bench;
using Nsc.Core.Diagnostics;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Rewriting;
using Nsc.Tests.FrontEnd;

namespace Nsc.Tests.FrontEnd.Rewriting;

internal static class RewritingTesting
{
    public static SourceRewriting Named(string name) => SourceRewriting.All.Single(r => r.Name == name);

    public static RewrittenUnit Rewrite(string name, string source, ulong seed = 1)
    {
        var diagnostics = new DiagnosticBag();
        RewrittenUnit? rewritten = Named(name).Apply("program.c", UnitOf(source), seed, ClangTesting.Toolchain, diagnostics);
        Assert.Empty(diagnostics.Where(d => d.Severity != Nsc.Core.Diagnostics.Severity.Note).Select(d => d.ToString()));
        return rewritten!;
    }

    /// <summary>The unit of all functions of a text, without line markers.</summary>
    public static string UnitOf(string source) => UnitText.WithoutMarkers(
        ClangTesting.Load(source, FrontEndOptions.Default with { AllFunctions = true }).Programs[0].Source);

    /// <summary>Rewrites a text under several seeds and asserts that all of its functions are touched and compute the same.</summary>
    public static void AssertKept(string name, string source, int functions = 1)
    {
        var programs = ClangTesting.Load(source, FrontEndOptions.Default with { AllFunctions = true }).Programs;
        for (ulong seed = 1; seed <= 3; seed++)
        {
            var diagnostics = new DiagnosticBag();
            var rewritten = RewrittenPrograms.Of(programs, [Named(name)], seed, ClangTesting.Toolchain, diagnostics);
            Assert.Empty(diagnostics.Where(d => d.Severity != Nsc.Core.Diagnostics.Severity.Note).Select(d => d.ToString()));
            Assert.Equal(functions, rewritten.Count);
            Assert.All(rewritten, r => Assert.Equal(RewritingFate.Kept, r.Fate));
        }
    }
}
