// What is known of the last build, in a file beside what was made: with it a build in which nothing has changed reads nothing but times.

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nsc.Core.Files;

namespace Nsc.Compiler.Building;

/// <summary>A function as it was built.</summary>
/// <param name="Key">What was made depends on this: see <see cref="BuildKey"/>.</param>
/// <param name="Read">The files that it was made of.</param>
/// <param name="Written">The files that were made.</param>
internal sealed record FunctionState(string Key, ImmutableArray<FileStamp> Read, ImmutableArray<FileStamp> Written, BuildFacts Facts)
{
    /// <summary>The same with the present times of the files that were read; null where one of them has changed.</summary>
    public FunctionState? IfUnread(FileStamps stamps) => Now(Read, stamps.Now) is not { } now ? null : now.SequenceEqual(Read) ? this : this with { Read = now };

    /// <summary>The same with those of the files that were made.</summary>
    public FunctionState? IfUntouched() => Now(Written, stamp => stamp.Now()) is not { } now ? null : now.SequenceEqual(Written) ? this : this with { Written = now };

    private static ImmutableArray<FileStamp>? Now(ImmutableArray<FileStamp> stamps, Func<FileStamp, FileStamp?> look)
    {
        ImmutableArray<FileStamp> now = [.. stamps.Select(look).TakeWhile(s => s is not null)!];
        return now.Length == stamps.Length ? now : null;
    }
}

/// <summary>All functions of a project, by a hash of what was asked for.</summary>
internal sealed record BuildState(int Version, ImmutableSortedDictionary<string, FunctionState> Functions)
{
    private const int Newest = 1, Largest = 256 << 20;
    private static readonly BuildState s_none = new(Newest, ImmutableSortedDictionary.Create<string, FunctionState>(StringComparer.Ordinal));

    /// <summary>The state that a file holds; an empty one where there is none, or where it makes no sense: then all is made again.</summary>
    public static BuildState Read(string path)
    {
        try
        {
            return FileIdentity.Of(path).Kind == FileKind.File && new FileInfo(path).Length <= Largest
                && JsonSerializer.Deserialize(File.ReadAllBytes(path), BuildStateJson.Default.BuildState) is { Version: Newest, Functions: not null } state && state.Functions.Values.All(IsWhole)
                ? state : s_none;
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return s_none;
        }
    }

    public void Write(string path) => AtomicFile.Write(path, JsonSerializer.SerializeToUtf8Bytes(this, BuildStateJson.Default.BuildState));

    private static bool IsWhole(FunctionState? state) => state is { Key: not null, Read.IsDefault: false, Written.IsDefault: false, Facts.Sentences.IsDefault: false }
        && state.Read.Concat(state.Written).All(s => s is { Path.Length: > 0, Hash: not null } && !s.Path.Contains('\0', StringComparison.Ordinal));
}

[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(BuildState))]
[JsonSerializable(typeof(BuildFunction))]
internal sealed partial class BuildStateJson : JsonSerializerContext;
