// What the benches of fine-tuning start from: programs with their samples, and every arm's surrogate of each.

using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Nsc.Bench.Images;
using Nsc.Compiler.Models;
using Nsc.Engine;
using Nsc.Engine.Trainers;

namespace Nsc.Bench.Preparation;

internal sealed record BenchSetup(IReadOnlyList<BenchProgram> Programs, BenchArms Arms)
{
    public NetShape Shape => Arms.Shape;

    /// <summary>Names and hashes of the arms' models, for people.</summary>
    public IReadOnlyList<string> Models => [.. Arms.Models.Select(m => $"{m.Net.Options.Architecture}: {m.Name}, SHA-256 {m.Hash}")];

    /// <summary>The training of all arms on these programs.</summary>
    public TrainingPlan Plan(IReadOnlyList<int> sampleCounts, FineTuneOptions options) =>
        new(Programs, [BenchArm.Random, .. Arms.Arms.Where(a => a != BenchArm.Random)], Shape, sampleCounts, options);

    /// <summary>What the results of a bench depend on, by name.</summary>
    /// <param name="benches">Those whose images are among the results.</param>
    public Dictionary<string, string> Identity(string bench, TrainingPlan plan, long seed, params IReadOnlyList<ImageBench> benches)
    {
        FineTuneOptions options = plan.Options;
        var identity = new Dictionary<string, string>
        {
            ["bench"] = bench,
            ["nsc"] = ToolVersion.Current,
            ["models"] = string.Join("; ", Models),
            ["options"] = string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {plan.Seeds} seeds, {options.Steps} steps of {options.Optimizer} at {options.LearningRate:R}, {options.HoldOut:R} held out, a look every {options.CheckEvery}"),
            ["programs"] = Hash(Programs.SelectMany(p => (string[])[p.Name, p.Program.UnitSource, .. p.Program.Signature.Inputs.Select(i => i.ToString())]).Select(Encoding.UTF8.GetBytes)),
            ["samples"] = Hash(Programs.SelectMany(p => p.Pools.Append(p.Test)).SelectMany(s => (double[][])[s.X, s.Y]).Select(v => MemoryMarshal.AsBytes<double>(v).ToArray())),
        };
        if (benches.Count > 0)
        {
            identity["images"] = Hash(benches.SelectMany(b => b.Images.Concat(b.Exact)).SelectMany(i => (byte[][])[Encoding.UTF8.GetBytes(i.Key), i.Value.ToPng()]));
        }

        return identity;
    }

    private static string Hash(IEnumerable<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (byte[] part in parts)
        {
            hash.AppendData(BitConverter.GetBytes(part.Length));
            hash.AppendData(part);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
