// A program as a hypernetwork is shown it.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;

namespace Nsc.Engine.Emission;

/// <summary>A program whose inputs have been assigned to slots of the covering topology.</summary>
/// <param name="Graph">Its dataflow over unit inputs.</param>
/// <param name="Features">What the moment analysis says of each node.</param>
/// <param name="Slots">For each input of the graph, its slot.</param>
/// <param name="Tokens">Its ranges and tokens, as <see cref="Nsc.Core.Tokens.TokenVocabulary"/> numbers them.</param>
public sealed record CompNetInput(DataflowGraph Graph, ValueFeatures Features, int[] Slots, ImmutableArray<short> Tokens);
