// Answers of peers, kept in a folder: measuring ours again costs no fits of others. An answer is taken only for the same problem, bit for bit, by the
// same program with the same libraries on the same kind of processor, since times are kept with it.

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nsc.Core.Files;

namespace Nsc.Bench.Peers;

/// <param name="folder">Null to keep nothing.</param>
public sealed class PeerCache(string? folder)
{
    private const long LongestFile = 8 << 20;
    private static readonly Lazy<string> s_processor = new(Processor);

    /// <summary>What has to be the same beside the problem, for <see cref="Key"/>.</summary>
    /// <param name="identity">What the peer says of its libraries.</param>
    /// <param name="files">Its own texts.</param>
    public static string Identity(Peer peer, string identity, IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string[] words = [identity, s_processor.Value, .. peer.Command.Skip(1).Select(a => Path.GetFileName(a) ?? "")];
        foreach (byte[] part in words.Select(Encoding.UTF8.GetBytes).Concat(files.Select(File.ReadAllBytes)))
        {
            hash.AppendData(BitConverter.GetBytes(part.Length));
            hash.AppendData(part);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The name of an answer: a hash of the peer's identity and of all that it is asked.</summary>
    public static string Key(string identity, PeerProblem problem)
    {
        using var text = new MemoryStream();
        text.Write(Encoding.ASCII.GetBytes(identity));
        problem.Write(text);
        return Convert.ToHexStringLower(SHA256.HashData(text.GetBuffer().AsSpan(0, (int)text.Length)));
    }

    /// <summary>The kept answer; null when there is none, or when the file is not what was kept.</summary>
    /// <param name="limit">Of the time for each problem: that there was none within it counts only for the same one.</param>
    public PeerResult? Find(string key, PeerProblem problem, TimeSpan limit)
    {
        if (folder is null || PathOf(key) is not { Exists: true, Length: < LongestFile } file)
        {
            return null;
        }

        try
        {
            KeptAnswer? kept = JsonSerializer.Deserialize(File.ReadAllText(file.FullName), KeptJson.Default.KeptAnswer);
            return kept?.Line is { } line ? (PeerResult.Of(line, problem.Truth.Length) is { Answer: not null } result ? result : null)
                : kept?.Reason is { } reason && kept.LimitSeconds == limit.TotalSeconds ? PeerResult.None(Core.Text.PrintableText.OneLine(reason))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Keep(string key, PeerResult result, TimeSpan limit)
    {
        if (folder is not null)
        {
            FileInfo file = PathOf(key);
            Directory.CreateDirectory(file.DirectoryName!);
            KeptAnswer kept = result.Answer is { } answer
                ? new KeptAnswer(JsonSerializer.Serialize(answer, KeptJson.Default.PeerAnswer), null, null)
                : new KeptAnswer(null, result.Reason, limit.TotalSeconds);
            AtomicFile.Write(file.FullName, JsonSerializer.SerializeToUtf8Bytes(kept, KeptJson.Default.KeptAnswer));
        }
    }

    private FileInfo PathOf(string key) => new(Path.Combine(folder!, key[..2], $"{key}.json"));

    private static string Processor() =>
        File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) ?? "" : "";
}

/// <param name="Line">The answer as a peer prints it.</param>
/// <param name="Reason">Why there is none.</param>
internal sealed record KeptAnswer(string? Line, string? Reason, double? LimitSeconds);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(KeptAnswer))]
[JsonSerializable(typeof(PeerAnswer))]
internal sealed partial class KeptJson : JsonSerializerContext;
