// What the execution tests share: one compiled runner, and programs written by hand.

using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Tools;

namespace Nsc.Tests.FrontEnd.Execution;

public sealed class Sandbox : IDisposable
{
    public static readonly SandboxLimits ShortLimits = SandboxLimits.Default with
    {
        PerCall = TimeSpan.FromMilliseconds(40),
        Cpu = TimeSpan.FromSeconds(2),
        WallClock = TimeSpan.FromSeconds(20),
    };

    public Toolchain Toolchain { get; } = Nsc.FrontEnd.Tools.Toolchain.Find() ?? throw new InvalidOperationException("clang is not installed");

    private readonly Lazy<SandboxRunner> _runnerOfAnotherMachine;

    public SandboxRunner Runner { get; }

    /// <summary>As on a machine whose kernel does not trap the time-stamp counter.</summary>
    public SandboxRunner RunnerOfAnotherMachine => _runnerOfAnotherMachine.Value;

    public Sandbox()
    {
        Runner = Create();
        _runnerOfAnotherMachine = new(() => Create("-DTRAP_TIME_STAMP_COUNTER=0"));
    }

    /// <summary>A program whose function is <c>double f(double x, double y)</c>.</summary>
    public static CProgram Program(string source, ScalarKind kind = ScalarKind.Double) => new(
        "prog.c", Preprocessed(source), "void nsc_entry(const double *in, double *out) { out[0] = f(in[0], in[1]); }",
        new ProgramSignature(
            "f", "double f(double x, double y)",
            [new InputVariable("x", kind, Interval.Default), new InputVariable("y", kind, Interval.Default)],
            [new OutputVariable("return", ScalarKind.Double)]));

    /// <summary>The text as a unit has it; nothing checks it.</summary>
    public static string Preprocessed(string source)
    {
        if (!source.Contains('#', StringComparison.Ordinal))
        {
            return source;
        }

        return Filter.Run(Nsc.FrontEnd.Tools.Toolchain.Find()!.ClangPath, source, "-E", "-P", "-w", "-x", "c", "-std=gnu17", "-");
    }

    public NativeProgram? Compile(CProgram program, DiagnosticBag diagnostics, SandboxLimits? limits = null) =>
        NativeProgram.Compile(program, Toolchain, diagnostics, limits ?? ShortLimits, Runner);

    public NativeProgram Compile(string source, SandboxLimits? limits = null)
    {
        var diagnostics = new DiagnosticBag();
        NativeProgram? native = Compile(Program(source), diagnostics, limits);
        Assert.Empty(diagnostics);
        return native!;
    }

    /// <summary>Runs f on (0, 0), (1, 0), (2, 0)...</summary>
    public ProgramRun Run(string source, int count = 8, SandboxLimits? limits = null)
    {
        using NativeProgram native = Compile(source, limits);
        return native.Run(CountingInputs(count));
    }

    public static double[] CountingInputs(int count) => [.. Enumerable.Range(0, count).SelectMany(i => new double[] { i, 0 })];

    public void Dispose()
    {
        Runner.Dispose();
        if (_runnerOfAnotherMachine.IsValueCreated)
        {
            RunnerOfAnotherMachine.Dispose();
        }
    }

    private SandboxRunner Create(params string[] macros) => macros.Length == 0 ? SandboxRunner.Create() : SandboxRunner.CompileWith(Toolchain, macros);
}
