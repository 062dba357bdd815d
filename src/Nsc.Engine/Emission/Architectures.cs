// The kinds of hypernetwork: ours, and the baselines that every table shows beside it.

using System.Collections.Immutable;
using Nsc.Core.Surrogates;

namespace Nsc.Engine.Emission;

public static class Architectures
{
    /// <summary>Reads the dataflow; see <see cref="ManagedCompNet"/>.</summary>
    public const string Dataflow = "dataflow";

    /// <summary>Reads the tokens, as the paper's CompNet does.</summary>
    public const string BertTiny = Provenance.BertTinyInit;

    /// <summary>Reads nothing: one initialisation for all programs.</summary>
    public const string Pretrained = Provenance.PretrainedInit;

    /// <summary>One initialisation from which few steps lead far.</summary>
    public const string Maml = Provenance.MamlInit;

    public static readonly ImmutableArray<string> All = [Dataflow, BertTiny, Pretrained, Maml];
}
