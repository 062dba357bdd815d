// The filters that every training program goes through, whether it is generated or a variant.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;

namespace Nsc.Corpus.Building;

internal static class ProgramFilter
{
    /// <summary>A program's fingerprint if it is useful, else null; and its count at the filter that it fell at.</summary>
    /// <param name="graph">Null for a program that the front end refused.</param>
    public static (string? Fingerprint, Funnel Fallen) Judge(DataflowGraph? graph, ImmutableArray<InputVariable> inputs, int maxNodes)
    {
        if (graph is null)
        {
            return (null, Funnel.Empty with { Refused = 1 });
        }

        if (graph.Nodes.Length > maxNodes)
        {
            return (null, Funnel.Empty with { TooLarge = 1 });
        }

        if (!graph.IsExact)
        {
            return (null, Funnel.Empty with { Approximate = 1 });
        }

        Behaviour behaviour = Behaviour.Of(graph, inputs);
        return behaviour.Verdict switch
        {
            Verdict.NotFinite => (null, Funnel.Empty with { NotFinite = 1 }),
            Verdict.Constant => (null, Funnel.Empty with { Constant = 1 }),
            _ => (behaviour.Fingerprint, Funnel.Empty),
        };
    }
}
