// A whole project: each function is built that is not as it was.

using System.Collections.Immutable;
using System.Text.Json;
using Nsc.Compiler.Input;
using Nsc.Compiler.Models;
using Nsc.Core.Diagnostics;
using Nsc.Engine.Emission;

namespace Nsc.Compiler.Building;

/// <summary>The choices for a build.</summary>
/// <param name="Root">The folder that the project's files may lie in; null for the project file's.</param>
/// <param name="Output">The folder that what is made goes to; null for the project file's.</param>
/// <param name="Cache">The folder of nets that others may share; null for one beside what is made.</param>
public sealed record BuildRequest(string? Root = null, string? Output = null, string? Cache = null)
{
    internal Func<CompNetCheckpoint, IEmitter>? ToBaseline { get; init; }
}

internal static class ProjectBuilder
{
    /// <summary>The folder beside what is made in which a build remembers.</summary>
    public const string Memory = ".nsc";

    /// <summary>Builds a project; null where <paramref name="diagnostics"/> say why its file makes no sense.</summary>
    public static BuildResult? Run(string path, BuildRequest request, DiagnosticBag diagnostics, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (ProjectFile.Read(path, request.Root, request.Output, diagnostics) is not { } project)
        {
            return null;
        }

        string memory = Path.Combine(project.Folder, Memory), statePath = Path.Combine(memory, Path.GetFileName(project.Path) + ".state");
        BuildState state = BuildState.Read(statePath);
        var next = ImmutableSortedDictionary.CreateBuilder<string, FunctionState>(StringComparer.Ordinal);
        var stamps = new FileStamps();
        string? modelPath = project.Model ?? CompilerModel.DefaultPath();
        if (modelPath is null || !File.Exists(modelPath))
        {
            diagnostics.Refuse(Refusal.Missing, modelPath is null ? "no CompNet model found" : $"no CompNet model at '{modelPath}'", "name one as the project's \"model\", or by $NSC_MODEL");
            return null;
        }

        var built = ImmutableArray.CreateBuilder<BuiltFunction>();
        try
        {
            foreach (BuildFunction asked in project.Functions)
            {
                cancellationToken.ThrowIfCancellationRequested();
                string hash = BuildKey.Of(ToolVersion.Current, modelPath, JsonSerializer.Serialize(asked, BuildStateJson.Default.BuildFunction));
                FunctionState? last = state.Functions.GetValueOrDefault(hash);
                if (last is not null && last.IfUnread(stamps)?.IfUntouched() is { } same)
                {
                    built.Add(new BuiltFunction(asked, BuildStatus.Current, same.Facts, null, [], TimeSpan.Zero));
                    next[hash] = same;
                    continue;
                }

                FileStamp model = stamps.Of(modelPath) ?? throw new IOException($"cannot read '{modelPath}'");
                var store = new SurrogateStore(request.Cache ?? Path.Combine(memory, "nets"));
                var named = new NamedProgress(progress, asked);
                (BuiltFunction one, FunctionState? made) = new FunctionBuilder(asked, request, model, store, stamps, named, cancellationToken).Run(hash, last);
                built.Add(one);
                if ((made ?? last) is { } known)
                {
                    next[hash] = known;
                }
            }
        }
        finally
        {
            Remember(statePath, state, next.ToImmutable());
        }

        ImmutableArray<string> read = [.. new[] { project.Path }.Concat(project.Functions.Select(f => f.File)).Concat(next.Values.SelectMany(s => s.Read).Select(r => r.Path)).Distinct()];
        return new BuildResult(built.ToImmutable(), read);
    }

    // Nothing is written where nothing has changed.
    private static void Remember(string path, BuildState state, ImmutableSortedDictionary<string, FunctionState> next)
    {
        if (next.Count != state.Functions.Count || next.Any(f => !ReferenceEquals(state.Functions.GetValueOrDefault(f.Key), f.Value)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            (state with { Functions = next }).Write(path);
        }
    }

    private sealed class NamedProgress(IProgress<string> progress, BuildFunction asked) : IProgress<string>
    {
        public void Report(string value) => progress.Report($"{asked.Function ?? Path.GetFileName(asked.File)}: {value}");
    }
}
