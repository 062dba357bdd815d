// A process that scans files: whatever a file does to a compiler, it does it there. It is asked for one file after another and stopped when it takes too
// long; a new one takes its place after some files, so that what parsers keep does not add up.

using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Tools;

namespace Nsc.Compiler.Scanning;

internal sealed class ScanWorker : IDisposable
{
    private const int MostFiles = 128;
    private const string Grief = "nsc came to grief over it";

    private readonly Process _process;
    private int _files;

    private ScanWorker(Process process) => _process = process;

    /// <summary>Whether it can be asked for another file.</summary>
    public bool IsFresh { get; private set; } = true;

    /// <param name="self">Starts this program as one that calls <see cref="Serve"/>.</param>
    public static ScanWorker Start(ProcessStartInfo self, ScanJob job)
    {
        Process process = Process.Start(self) ?? throw new Win32Exception($"cannot start {self.FileName}");
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var worker = new ScanWorker(process);
        worker.Send(ScanJson.LineOf(job));
        return worker;
    }

    /// <summary>What the worker does: reads a job and paths, and writes what it finds. Ends with its input.</summary>
    public static void Serve(TextReader input, TextWriter output, Toolchain toolchain)
    {
        if (input.ReadLine() is not { } job)
        {
            return;
        }

        using var project = new ProjectCache(ScanJson.Parse<ScanJob>(job).Project, toolchain);
        while (input.ReadLine() is { } path)
        {
            new FileScanner(ScanJson.Parse<string>(path), project, toolchain, Tell).Scan();
            Tell(new ScanEvent(IsEnd: true));
        }

        void Tell(ScanEvent what)
        {
            output.WriteLine(ScanJson.LineOf(what));
            output.Flush();
        }
    }

    /// <summary>Scans a file; what was found before it came to grief is kept.</summary>
    public ScanResult Scan(string path, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        var events = new List<ScanEvent>();
        string? trouble = null;
        try
        {
            bool isEnd = !Send(ScanJson.LineOf(path));
            while (!isEnd && _process.StandardOutput.ReadLineAsync(deadline.Token).AsTask().GetAwaiter().GetResult() is { } line)
            {
                events.Add(ScanJson.Parse<ScanEvent>(line));
                isEnd = events[^1].IsEnd;
            }

            trouble = events.Any(e => e.IsEnd) ? null : Grief;
        }
        catch (JsonException)
        {
            trouble = Grief; // A parser that goes wrong may write anything.
        }
        catch (OperationCanceledException)
        {
            trouble = cancellationToken.IsCancellationRequested ? "cancelled" : $"it took more than {limit.TotalSeconds:F0} s";
        }

        IsFresh = trouble is null && ++_files < MostFiles;
        return ResultOf(path, events, trouble);
    }

    public void Dispose()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception failure) when (failure is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended by itself.
        }

        _process.WaitForExit();
        _process.Dispose();
    }

    private static ScanResult ResultOf(string path, List<ScanEvent> events, string? trouble)
    {
        FileSurvey? survey = events.Select(e => e.Survey).FirstOrDefault(s => s is not null);
        ImmutableArray<CompilableFunction> compilable = [.. events.Select(e => e.Compilable).OfType<CompilableFunction>()];
        ImmutableArray<RefusedFunction> refused = [.. events.Select(e => e.Refused).OfType<RefusedFunction>()];
        trouble ??= events.Select(e => e.Trouble).FirstOrDefault(t => t is not null);
        return new ScanResult(
            1, trouble is null && survey is { Numeric.IsEmpty: true } ? 1 : 0, compilable, refused, survey?.Others ?? ScanResult.Empty.OtherFunctions,
            trouble is null ? [] : [new FileTrouble(path, trouble, survey?.Numeric.Length - compilable.Length - refused.Length)]);
    }

    // False when the process is gone.
    private bool Send(string line)
    {
        try
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
