// The kinds of hypernetwork: ours, and the baselines that every table shows beside it.

using System.Collections.Immutable;
using Nsc.Core.Surrogates;

namespace Nsc.Neural.CompNets;

public static class Architectures
{
    /// <summary>Reads the dataflow; see <see cref="CompNet"/>.</summary>
    public const string Dataflow = "dataflow";

    /// <summary>Reads the tokens, as the paper's CompNet does; see <see cref="TokenCompNet"/>.</summary>
    public const string BertTiny = Provenance.BertTinyInit;

    /// <summary>Reads nothing: one initialisation for all programs; see <see cref="LearnedInit"/>.</summary>
    public const string Pretrained = Provenance.PretrainedInit;

    /// <summary>One initialisation from which few steps lead far; see <see cref="MamlInit"/>.</summary>
    public const string Maml = Provenance.MamlInit;

    public static readonly ImmutableArray<string> All = [Dataflow, BertTiny, Pretrained, Maml];
}
