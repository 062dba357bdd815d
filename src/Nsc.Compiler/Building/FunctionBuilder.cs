// One function of a project, from its file to what is made of it: taken, looked at whether anything that matters has changed, made by what accelerate,
// compile, finetune and export do, measured on fresh samples, and written when every bound holds.

using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Nsc.Compiler.Acceleration;
using Nsc.Compiler.Evaluation;
using Nsc.Compiler.Exporting;
using Nsc.Compiler.FineTuning;
using Nsc.Compiler.Input;
using Nsc.Compiler.Sampling;
using Nsc.Core.Diagnostics;
using Nsc.Core.Files;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Export;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Tools;

namespace Nsc.Compiler.Building;

/// <summary>One building of a function. Null means that the diagnostics say why.</summary>
/// <param name="model">The CompNet's file.</param>
/// <param name="stamps">Of the files that are read.</param>
internal sealed class FunctionBuilder(
    BuildFunction asked, BuildRequest request, FileStamp model, SurrogateStore store, FileStamps stamps, IProgress<string> progress, CancellationToken cancellationToken)
{
    private const int UsualSamples = 2048;

    private readonly DiagnosticBag _diagnostics = new();
    private bool _isFresh, _hasKept, _hasTrained;

    /// <summary>Builds it.</summary>
    /// <param name="last">What is known of the last time; null for nothing.</param>
    /// <returns>What became of it, and what is to be known the next time; null for what was known before.</returns>
    public (BuiltFunction Built, FunctionState? State) Run(FunctionState? last)
    {
        long start = Stopwatch.GetTimestamp();
        if (Take() is not var (source, program))
        {
            return (Done(BuildStatus.Refused), null);
        }

        string key = KeyOf(program);
        ImmutableArray<FileStamp> read = stamps.OfAll([Path.GetFullPath(asked.File), .. program.Files, model.Path]);
        if (last?.Key == key && last.IfUntouched() is { } same)
        {
            return (Done(BuildStatus.Current, same.Facts), same with { Read = read });
        }

        Made? made = Make(source, program);
        if (made?.Miss is not null && _hasKept && request.Cache is not null)
        {
            // Whoever put these nets into the shared folder, they do not do.
            (_isFresh, _hasKept) = (true, false);
            made = Make(source, program);
        }

        if (made is null || _diagnostics.HasErrors || Place(made.Files) is not { } files)
        {
            return (Done(BuildStatus.Refused), null);
        }

        return made.Miss is not null
            ? (Done(BuildStatus.Missed, made.Facts, made.Miss), null)
            : (Done(_hasTrained ? BuildStatus.Trained : BuildStatus.Remade, made.Facts), new FunctionState(key, read, Write(files), made.Facts));

        BuiltFunction Done(BuildStatus status, BuildFacts? facts = null, string? miss = null) =>
            new(asked, status, facts, miss, [.. _diagnostics], Stopwatch.GetElapsedTime(start));
    }

    private (CSource Source, CProgram Program)? Take()
    {
        if (Tools.Find(_diagnostics) is not { } toolchain || CSource.Read(asked.File, _diagnostics) is not { } source)
        {
            return null;
        }

        source = source with { Path = Folders.Shown(source.Path), Project = asked.Project };
        ImmutableArray<CProgram> programs = ClangFrontEnd.Load(source.Path, source.Text, asked.Reading, toolchain, _diagnostics);
        if (programs.Length > 1 && !_diagnostics.HasErrors)
        {
            _diagnostics.Refuse(Refusal.Request, $"'{source.Path}' has several functions that could be meant; name one as its \"function\"");
        }

        return _diagnostics.HasErrors || programs.IsEmpty ? null : (source, programs[0]);
    }

    // The text around the function matters where it becomes part of what is made, which the nets do not depend on.
    private string KeyOf(CProgram program) => BuildKey.Of(
        NetsKey(program, "all"), asked.Limit, string.Join('\n', asked.Outputs.Select(o => $"{o.Kind} {o.Path}")),
        Wants(BuildOutput.AcceleratedKind) ? $"{program.DropIn?.Before}\0{program.DropIn?.Definition}\0{program.DropIn?.After}\0{program.DropInObstacle}{(asked.KeepsLoops ? "\0loops" : "")}" : null);

    private string NetsKey(CProgram program, string what) => BuildKey.OfNets(
        program, model.Hash, what, asked.Samples, asked.HeldOut, asked.Seed, asked.Hidden is { } hidden ? NetSizes.InWords(hidden) : "model's");

    private bool Wants(string kind) => asked.Outputs.Any(o => o.Kind == kind);

    private Made? Make(CSource source, CProgram program)
    {
        var made = new Made();
        if (Wants(BuildOutput.AcceleratedKind))
        {
            made = Accelerate(source, made);
        }

        return asked.Outputs.All(o => o.Kind == BuildOutput.AcceleratedKind) ? made : Export(source, program, made);
    }

    private Made? Accelerate(CSource source, Made made)
    {
        var request = new AccelerateRequest(CompileOptions, asked.Limit, asked.Samples ?? UsualSamples)
        {
            Hidden = asked.Hidden, KeepsLoops = asked.KeepsLoops,
            Known = (program, size, make) => Known(NetsKey(program, $"a surrogate and its twin of {size}"), program, 2, make)!,
        };
        request = asked.HeldOut is { } heldOut ? request with { HeldOut = heldOut } : request;
        if (new Accelerator(request, _diagnostics, progress.Report, cancellationToken).Run(source) is not { } accelerated)
        {
            return null;
        }

        return made.With(
            BuildOutput.AcceleratedKind, Encoding.UTF8.GetBytes(accelerated.Text), null, accelerated.Error, accelerated.Miss,
            new BuildFacts(accelerated.Approximation.Signature.Function, accelerated.Approximation.Size, accelerated.Nmse, accelerated.OriginalNs, accelerated.AcceleratedNs, [], []));
    }

    private Made? Export(CSource source, CProgram program, Made? made)
    {
        Surrogate[]? nets = made is null ? null
            : Known(NetsKey(program, $"a surrogate for {asked.Limit}"), program, 1, () => FineTune(source) is { } tuned ? [tuned] : null);
        var samples = new SampleSource(Count: asked.HeldOut ?? ExportFlow.DefaultSamples);
        if (nets is not [var net] || Kept(SurrogateCompiler.Evaluate(net, samples, asked.Limit, asked.Seed, byPath: false, cancellationToken)) is not { } evaluated)
        {
            return null;
        }

        var facts = new BuildFacts(net.Signature.Function, net.Topology.ToString(), evaluated.Nmse, null, null, [], []);
        foreach (string kind in asked.Outputs.Select(o => o.Kind).Where(k => k != BuildOutput.AcceleratedKind))
        {
            progress.Report($"measuring {kind}");
            if (kind == BuildOutput.SurrogateKind)
            {
                var content = new MemoryStream();
                SurrogateFile.ToContainer(net).Write(content);
                made = made!.With(kind, content.ToArray(), null, evaluated.Error, asked.Limit.Objection(evaluated.Error), facts);
                continue;
            }

            var wanted = new ExportRequest { Exporter = Exporters.Of(kind), Samples = samples, Seed = asked.Seed };
            wanted = asked.Limit.MaxError is null || !wanted.Exporter.Computes ? wanted
                : wanted with { Limit = asked.Limit, Precision = wanted.Exporter.FixesOrder ? wanted.Precision : Precision.Double };
            if (Kept(SurrogateCompiler.Export(net, wanted, cancellationToken)) is not { } exported)
            {
                return null;
            }

            made = made!.With(kind, exported.Content, exported.Header, exported.Error, exported.Miss, facts);
        }

        return made;
    }

    private Surrogate? FineTune(CSource source)
    {
        progress.Report("compiling");
        if (Kept(SurrogateCompiler.Compile(source, CompileOptions, cancellationToken)) is not { } compiled)
        {
            return null;
        }

        var tuning = new FineTuneRequest { Samples = new SampleSource(Count: asked.Samples ?? UsualSamples), HeldOut = asked.HeldOut, Hidden = asked.Hidden, Limit = asked.Limit };
        return Kept(SurrogateCompiler.FineTune(compiled.Surrogate, tuning with { Options = tuning.Options with { Seed = asked.Seed } }, progress, cancellationToken))?.Surrogate;
    }

    private CompileOptions CompileOptions => new() { Reading = asked.Reading, Model = model.Path, Seed = asked.Seed, ToBaseline = request.ToBaseline };

    private Surrogate[]? Known(string key, CProgram program, int count, Func<Surrogate[]?> make)
    {
        if (store.Obtain(key, program, count, _isFresh, _diagnostics, make) is not var (nets, areKept))
        {
            return null;
        }

        (_hasKept, _hasTrained) = (_hasKept || areKept, _hasTrained || !areKept);
        return nets;
    }

    private T? Kept<T>(Result<T> result)
        where T : class
    {
        _diagnostics.AddRange(result.Diagnostics);
        return result.Value;
    }

    // What is written where: headers lie beside their sources.
    private List<(string Path, byte[] Content)>? Place(IEnumerable<MadeFile> made)
    {
        var files = new List<(string, byte[])>();
        foreach (MadeFile file in made)
        {
            string path = asked.Outputs.First(o => o.Kind == file.Kind).Path;
            files.Add((path, file.Content));
            if (file.Header is not null)
            {
                if (DeclarationsFile.Objection(path) is { } objection)
                {
                    _diagnostics.Refuse(Refusal.Request, objection, "give the output another name, such as NAME.nn.c");
                    return null;
                }

                files.Add((DeclarationsFile.Beside(path), file.Header));
            }
        }

        return files;
    }

    private static ImmutableArray<FileStamp> Write(List<(string Path, byte[] Content)> files)
    {
        foreach ((string path, byte[] content) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, content);
        }

        return [.. files.Select(f => FileStamp.Of(f.Path)).OfType<FileStamp>()];
    }

    private sealed record MadeFile(string Kind, byte[] Content, byte[]? Header);

    // What is made before anything is written.
    private sealed record Made
    {
        public ImmutableArray<MadeFile> Files { get; init; } = [];

        public string? Miss { get; init; }

        public BuildFacts Facts { get; init; } = null!;

        /// <summary>The same with one more file; the first one's figures stand for all.</summary>
        public Made With(string kind, byte[] content, byte[]? header, BoundedError? error, string? miss, BuildFacts facts)
        {
            BuildFacts known = Facts ?? facts with { Bounds = [.. error?.Bounds ?? []] };
            return new Made
            {
                Files = Files.Add(new MadeFile(kind, content, header)), Miss = Miss ?? (miss is null ? null : $"{kind}: {miss}"),
                Facts = known with { Sentences = [.. known.Sentences, .. (error?.Sentences() ?? []).Select(s => $"{kind}: {s}")] },
            };
        }
    }
}
