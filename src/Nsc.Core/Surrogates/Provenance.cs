// How a surrogate came to be, so that any result can be traced to a model, a source text and a seed.

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Nsc.Core.Sampling;

namespace Nsc.Core.Surrogates;

/// <summary>How a surrogate was made.</summary>
/// <param name="Init">Where the first weights came from: one of <see cref="Inits"/>.</param>
/// <param name="Model">The CompNet checkpoint's file name, or null.</param>
/// <param name="ModelHash">The checkpoint's checksum, or null.</param>
/// <param name="SourceHash">SHA-256 of the program's source, see <see cref="HashOf"/>.</param>
/// <param name="Seed">The seed that the user gave when the surrogate was compiled.</param>
/// <param name="Samples">How many samples fine-tuning was given; 0 before fine-tuning.</param>
/// <param name="Steps">How many optimiser steps fine-tuning took.</param>
/// <param name="BestStep">The step whose weights were kept.</param>
/// <param name="Estimate">The error on rows that fine-tuning has not seen; null before fine-tuning, and where nobody measured it.</param>
/// <param name="TrainedRows">The rows that fine-tuning was given, all of them since the first time: see <see cref="RowFingerprints"/>.</param>
/// <param name="IsGraphExact">Whether the dataflow graph that CompNet read computes exactly what the program does.</param>
/// <param name="ToolVersion">The version of <c>nsc</c> that wrote the surrogate.</param>
public sealed record Provenance(
    string Init, string? Model, string? ModelHash, string SourceHash, long Seed, int Samples, int Steps, int BestStep,
    ErrorEstimate? Estimate, string TrainedRows, bool IsGraphExact, string ToolVersion)
{
    /// <summary>The seed of the last fine-tuning; null before.</summary>
    public long? TuningSeed { get; init; }

    /// <summary>Points of the dataflow, interpreted, that the emitted weights were refined on; 0 for what the text alone gave.</summary>
    public int Refined { get; init; }

    /// <summary>The rows that fine-tuning has seen, from <see cref="TrainedRows"/>, which reading a file has checked.</summary>
    public RowFingerprints SeenRows() => RowFingerprints.TryParse(TrainedRows) ?? RowFingerprints.None;

    public const string CompNetInit = "compnet";
    public const string RandomInit = "random";
    public const string BertTinyInit = "bert-tiny";
    public const string PretrainedInit = "pretrained";
    public const string MamlInit = "maml";

    /// <summary>All the ways to start; the last three are the baselines that a CompNet is measured against.</summary>
    public static readonly ImmutableArray<string> Inits = [CompNetInit, RandomInit, BertTinyInit, PretrainedInit, MamlInit];

    /// <summary>SHA-256 of a text's UTF-8 form, in lower-case hexadecimal.</summary>
    public static string HashOf(string source) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)));
}
