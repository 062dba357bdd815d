// A whole project: each function is built that is not as it was.

using System.Collections.Immutable;
using System.Text.Json;
using Nsc.Compiler.Input;
using Nsc.Compiler.Models;
using Nsc.Core.Diagnostics;
using Nsc.Core.Files;
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

/// <summary>One build of a project.</summary>
internal sealed class ProjectBuilder
{
    // The folder beside what is made in which a build remembers.
    private const string Memory = ".nsc";

    private readonly BuildProject _project;
    private readonly BuildRequest _request;
    private readonly string _model, _statePath;
    private readonly SurrogateStore _store;
    private readonly FileStamps _stamps = new();
    private readonly BuildState _state;
    private readonly ImmutableSortedDictionary<string, FunctionState>.Builder _next = ImmutableSortedDictionary.CreateBuilder<string, FunctionState>(StringComparer.Ordinal);

    private ProjectBuilder(BuildProject project, BuildRequest request, string model)
    {
        (_project, _request, _model, _statePath) = (project, request, model, Path.Combine(MemoryOf(project), Path.GetFileName(project.Path) + ".state"));
        (_store, _state) = (new SurrogateStore(request.Cache ?? Path.Combine(MemoryOf(project), "nets")), BuildState.Read(_statePath));
    }

    /// <summary>Builds a project; null where <paramref name="diagnostics"/> say why its file makes no sense.</summary>
    public static BuildResult? Run(string path, BuildRequest request, DiagnosticBag diagnostics, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (ProjectFile.Read(path, request.Root, request.Output, diagnostics) is not { } project)
        {
            return null;
        }

        string? model = project.Model ?? CompilerModel.DefaultPath();
        if (!File.Exists(model))
        {
            diagnostics.Refuse(Refusal.Missing, model is null ? "no CompNet model found" : $"no CompNet model at '{model}'", "name one as the project's \"model\", or by $NSC_MODEL");
            return null;
        }

        if (!Folders.Holds(Folders.Real(project.Folder), Folders.Real(MemoryOf(project))))
        {
            diagnostics.Refuse(Refusal.Input, $"'{MemoryOf(project)}' leads out of its folder", "delete that link");
            return null;
        }

        return new ProjectBuilder(project, request, Path.GetFullPath(model)).Run(progress, cancellationToken);
    }

    private static string MemoryOf(BuildProject project) => Path.Combine(project.Folder, Memory);

    private BuildResult Run(IProgress<string> progress, CancellationToken cancellationToken)
    {
        var built = ImmutableArray.CreateBuilder<BuiltFunction>();
        try
        {
            foreach (BuildFunction asked in _project.Functions)
            {
                cancellationToken.ThrowIfCancellationRequested();
                built.Add(Build(asked, new NamedProgress(progress, asked), cancellationToken));
            }
        }
        finally
        {
            Remember(); // What a cancelled build has made is made.
        }

        IEnumerable<string> sources = _project.Functions.Select(f => f.File), read = _next.Values.SelectMany(f => f.Read).Select(r => r.Path);
        return new BuildResult(built.ToImmutable(), [.. sources.Prepend(_project.Path).Concat(read).Distinct()]);
    }

    private BuiltFunction Build(BuildFunction asked, IProgress<string> progress, CancellationToken cancellationToken)
    {
        string hash = BuildKey.Of(ToolVersion.Current, _model, JsonSerializer.Serialize(asked, BuildStateJson.Default.BuildFunction));
        FunctionState? last = _state.Functions.GetValueOrDefault(hash);
        if (last?.IfUnread(_stamps)?.IfUntouched() is { } same)
        {
            _next[hash] = same;
            return new BuiltFunction(asked, BuildStatus.Current, same.Facts, null, [], TimeSpan.Zero);
        }

        FileStamp model = _stamps.Of(_model) ?? throw new IOException($"cannot read '{_model}'");
        (BuiltFunction built, FunctionState? made) = new FunctionBuilder(asked, _request, model, _store, _stamps, progress, cancellationToken).Run(last);
        if ((made ?? last) is { } known)
        {
            _next[hash] = known;
        }

        return built;
    }

    // Nothing is written where nothing has changed.
    private void Remember()
    {
        if (_next.Count != _state.Functions.Count || _next.Any(f => !ReferenceEquals(_state.Functions.GetValueOrDefault(f.Key), f.Value)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_statePath)!);
            (_state with { Functions = _next.ToImmutable() }).Write(_statePath);
        }
    }

    private sealed class NamedProgress(IProgress<string> progress, BuildFunction asked) : IProgress<string>
    {
        public void Report(string value) => progress.Report($"{asked.Function ?? Path.GetFileName(asked.File)}: {value}");
    }
}
