// The whole way from a C file to the same file with a function replaced by its guarded approximation: sample, approximate by one method or by all, measure,
// choose, measure what was chosen on other samples, write.

using System.Collections.Immutable;
using Nsc.Compiler.Exporting;
using Nsc.Compiler.Input;
using Nsc.Compiler.Models;
using Nsc.Compiler.Sampling;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Text;
using Nsc.Engine.FineTuning;
using Nsc.Export;
using Nsc.Export.Approximations;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Projects;
using Nsc.FrontEnd.Tools;

namespace Nsc.Compiler.Acceleration;

/// <summary>One acceleration. Its methods are the phases, in the order in which <see cref="Run"/> calls them; null means that the diagnostics say why.</summary>
internal sealed class Accelerator(AccelerateRequest request, DiagnosticBag diagnostics, Action<string> progress, CancellationToken cancellationToken)
{
    private readonly Toolchain? _toolchain = Tools.Find(diagnostics);
    private ProjectOptions _project = ProjectOptions.None;
    private InputProfile? _profile;

    public Accelerated? Run(CSource source)
    {
        _project = source.Project;
        if (_toolchain is null || IsModelMissing() || Take(source) is not { } taken || OverProfile(taken) is not { } program)
        {
            return null;
        }

        progress("sampling");
        using NativeProgram? native = NativeProgram.Compile(program, _toolchain, diagnostics);
        return native is not null && Prepare(program, native) is { } task && Front(task) is { Count: > 0 } front && Choose(front, task) is { } chosen ? Conclude(chosen, task) : null;
    }

    // Before minutes of sampling.
    private bool IsModelMissing() => request.Method is AccelerationMethods.Net or AccelerationMethods.Auto && CompilerModel.Find(request.Compile.Model, diagnostics) is null;

    /// <summary>What methods work on, once the program is compiled.</summary>
    public AccelerationTask? Prepare(CProgram program, NativeProgram native) =>
        AccelerationSamples.Draw(program, native, request, _profile, _toolchain!, diagnostics, cancellationToken) is { } samples
            ? new AccelerationTask(request, program, native, samples, _project, _toolchain!, diagnostics, progress, cancellationToken)
            : null;

    // What each method that was asked for has to offer. Of several methods one that cannot is left out, with a remark.
    private List<Candidate>? Front(AccelerationTask task)
    {
        bool isAuto = request.Method == AccelerationMethods.Auto;
        var front = new List<Candidate>();
        foreach (IAccelerationMethod method in AccelerationMethods.All.Where(m => isAuto || m.Name == request.Method))
        {
            if (method.Objection(task.Program.Signature) is not { } objection)
            {
                // The front of nets of all sizes is asked for by name.
                IEnumerable<Candidate> ladder = method.Ladder(task);
                front.AddRange(method.HasSecondOpinion && request.Hidden is { IsEmpty: true } ? ladder : AccelerationMethods.Shortlist(method, ladder));
            }
            else if (isAuto)
            {
                diagnostics.Remark($"{objection}: not tried");
            }
            else
            {
                diagnostics.Refuse(Refusal.Request, $"'{task.Program.Signature.Function}': {objection}", $"--method {AccelerationMethods.Auto} tries those that can");
            }
        }

        if (front.Count == 0 && !diagnostics.HasErrors)
        {
            diagnostics.Refuse(Refusal.Input, $"'{task.Program.Signature.Function}' cannot be approximated by this method", $"--method {AccelerationMethods.Auto} tries those that can");
        }

        return diagnostics.HasErrors ? null : front;
    }

    // The fastest that keeps the bound and gains; the most accurate where none does. Where there is a choice, it is made on samples that prove nothing.
    private (Candidate Candidate, ImmutableArray<FrontPoint> Front)? Choose(List<Candidate> front, AccelerationTask task)
    {
        if (front.Count == 1)
        {
            return (front[0], []);
        }

        if (CandidateMeasurement.Of([.. front.Select(c => c.Approximation)], task.Choosing, task) is not { } measured)
        {
            return null;
        }

        int chosen = AccelerationMethods.Choice(measured, request.Limit);
        return (front[chosen], [.. front.Select((candidate, i) => new FrontPoint(
            candidate.Method, candidate.Approximation.Size, candidate.Approximation is NetApproximation net ? net.Surrogate.Topology.Hidden : [], measured[i].Nmse, measured[i].AcceleratedNs,
            measured[i].Objection(request.Limit) is null, i == chosen))]);
    }

    private Accelerated? Conclude((Candidate Candidate, ImmutableArray<FrontPoint> Front) chosen, AccelerationTask task)
    {
        IApproximation approximation = chosen.Candidate.Approximation;
        if (CandidateMeasurement.Of([approximation], task.Samples.Proving, task) is not [var proved])
        {
            return null;
        }

        string text = task.Write(approximation, [.. Promise(task), $"Of {task.Program.Signature.Function}(), on {(request.Profile is null ? "other inputs drawn alike" : "other rows of the profile, for inputs that are distributed like these")}:", .. proved.Error.Sentences()]);
        return new Accelerated(text, chosen.Candidate.Method, approximation, proved.Nmse, proved.OriginalNs, proved.AcceleratedNs, proved.Error, proved.Objection(request.Limit))
        {
            Front = chosen.Front, Loops = task.FileFor(approximation) is { AsksBlocks: true } file ? [.. file.Loops.Select(l => l.Line)] : [],
        };
    }

    private CProgram? Take(CSource source)
    {
        ImmutableArray<CProgram> programs = ClangFrontEnd.Load(source.Path, source.Text, request.Compile.Reading with { Project = _project }, _toolchain!, diagnostics);
        if (diagnostics.HasErrors)
        {
            return null;
        }

        if (programs.Length != 1)
        {
            diagnostics.Refuse(Refusal.Request, "one function at a time can be accelerated; name it with --function");
            return null;
        }

        if (programs[0].DropInObstacle is { } obstacle)
        {
            diagnostics.Refuse(Refusal.Input, $"'{programs[0].Signature.Function}' cannot be replaced in its file: {obstacle}", !programs[0].Signature.Ignored.IsEmpty ? null : "make it a variable of the file, or a member of a structure that is handed over");
            return null;
        }

        return programs[0].DropIn is not null ? programs[0] : AsUnit(programs[0]);
    }

    // The function as it is taken, or over ranges that hold the whole profile.
    private CProgram? OverProfile(CProgram program)
    {
        _profile = request.Profile?.Invoke(program.Signature);
        if (_profile is null || !request.ExtendsRanges)
        {
            return program;
        }

        (ProgramSignature signature, string? obstacle) = RangeExtension.Over(program.Signature, _profile.Inputs);
        if (obstacle is not null)
        {
            diagnostics.Refuse(Refusal.Input, $"'{_profile.Name}': {obstacle}");
            return null;
        }

        return program with { Signature = signature };
    }

    // Where macros or conditions cut through the definition, the function with what it needs takes the file's place.
    private CProgram? AsUnit(CProgram program)
    {
        ImmutableArray<CProgram> unit = ClangFrontEnd.LoadUnit(program.Path, program.Source, FrontEndOptions.For(program.Signature), _toolchain!, diagnostics);
        diagnostics.Remark($"the definition of '{program.Signature.Function}' cannot be replaced in the file's own text, since macros or conditions cut through it: what is written is the function and what it needs, preprocessed");
        return unit.FirstOrDefault();
    }

    private ImmutableArray<string> Promise(AccelerationTask task) =>
    [
        $"It is chosen for at most {DirectedRounding.Percent(request.Limit.Rate)}% of inputs to err at any output by more than this:",
        .. task.Program.Signature.Outputs.Select((output, k) => $"  {output.Name}: {DirectedRounding.Up(task.Allowed[k], 4)}"),
    ];
}
