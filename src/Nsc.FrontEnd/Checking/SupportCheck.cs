// The support check of a function with everything that it calls: every reason at once, each body walked once per unit.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Parsing;

namespace Nsc.FrontEnd.Checking;

/// <param name="asksDataflow">Whether the dataflow tells what comes of state, function pointers, unions and casts.</param>
internal sealed class SupportCheck(FunctionIndex unit, TypeCheck types, bool asksDataflow = false)
{
    private readonly Dictionary<string, FunctionFacts> _facts = new(StringComparer.Ordinal);

    public FunctionFacts FactsOf(string name)
    {
        if (!_facts.TryGetValue(name, out FunctionFacts? facts))
        {
            facts = BodyWalker.Walk(unit.Find(name)!, unit, types, asksDataflow);
            _facts.Add(name, facts);
        }

        return facts;
    }

    /// <summary>Adds the findings of functions that nobody calls and that were not checked yet: what is compiled is checked.</summary>
    public void CheckRest(DiagnosticBag findings)
    {
        foreach (DefinedFunction function in unit.Functions.Where(f => !_facts.ContainsKey(f.Name)).ToList())
        {
            findings.AddRange(FactsOf(function.Name).Findings);
        }
    }

    /// <summary>Adds the findings of a function and of its callees, and its recursions.</summary>
    /// <param name="recursions">Takes the recursions, which a graph can follow when their depth is a constant; null where they are findings like others.</param>
    /// <returns>The function and its callees, itself first.</returns>
    public List<string> Check(string function, DiagnosticBag findings, DiagnosticBag? recursions = null)
    {
        var reached = new List<string>();
        var next = new Dictionary<string, int>(StringComparer.Ordinal); // For each reached function, the next call to follow.
        var path = new List<string>();
        Enter(function);
        while (path.Count > 0)
        {
            FunctionFacts facts = FactsOf(path[^1]);
            int call = next[facts.Name]++;
            if (call == facts.Calls.Count)
            {
                path.RemoveAt(path.Count - 1);
                next[facts.Name] = int.MaxValue; // Left: a further call to it is no recursion.
            }
            else if (!next.TryGetValue(facts.Calls[call].Callee, out int position))
            {
                Enter(facts.Calls[call].Callee);
            }
            else if (position != int.MaxValue)
            {
                string callee = facts.Calls[call].Callee;
                (recursions ?? findings).ReportRecursion(unit.Source.PlaceAt(facts.Calls[call].Offset), [.. path.Skip(path.LastIndexOf(callee)), callee]);
            }
        }

        return reached;

        void Enter(string name)
        {
            reached.Add(name);
            path.Add(name);
            next.Add(name, 0);
            findings.AddRange(FactsOf(name).Findings);
        }
    }
}
