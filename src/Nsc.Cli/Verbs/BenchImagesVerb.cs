// nsc bench images: whole images by the program and by its surrogates.

using System.CommandLine;
using Nsc.Bench;
using Nsc.Bench.Images;
using Nsc.Cli.Output;
using Nsc.Core.Diagnostics;
using Nsc.Core.Files;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Execution;
using Nsc.Nets.FineTuning;
using Nsc.Report;

namespace Nsc.Cli.Verbs;

internal static class BenchImagesVerb
{
    private static readonly Option<FileInfo[]> s_images = new("--image") { Description = "A PNG image; repeat it for several. Default: a scene that the bench draws.", HelpName = "FILE.png" };
    private static readonly Option<string> s_samples = new("--samples") { Description = "Numbers of training samples.", HelpName = "N,N,...", DefaultValueFactory = _ => "0,8,32,128" };
    private static readonly Option<int> s_seeds = Options.Count("--seeds", "Sample sets and random inits.", 3);
    private static readonly Option<int> s_steps = Options.Count("--steps", "Optimiser steps.", new FineTuneOptions().Steps, least: 0);
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<DirectoryInfo?> s_output = new("--output", "-o") { Description = "Write the images of the first seed here.", HelpName = "DIR" };
    private static readonly Option<FileInfo?> s_report = Reports.Option();
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create()
    {
        var command = new Command("images", "Edges (sobel) and colour quantisation (kmeans) of whole images.") { s_images, s_samples, s_seeds, s_steps, s_seed, s_output, s_report, s_json };
        BenchPrograms.AddTo(command);
        BenchArms.AddTo(command);
        return command.WithAction(Run);
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        int[] counts = BenchVerb.ParseCounts(parse.GetValue(s_samples)!);
        string[] functions = [.. ImageTask.All.Select(t => t.Function)];
        SortedDictionary<string, Picture> images = LoadImages(parse.GetValue(s_images) ?? []);
        BenchSetup setup = BenchSetup.Prepare(parse, parse.GetValue(s_seed), counts.Max(), parse.GetValue(s_seeds), terminal, cancellationToken, functions);
        var options = new FineTuneOptions(Steps: parse.GetValue(s_steps));
        var (made, exact) = (new List<MadeImage>(), new Dictionary<(string Task, string Image), Picture>());
        foreach (ImageTask task in ImageTask.All)
        {
            BenchProgram program = setup.Programs.FirstOrDefault(p => p.Program.Signature.Function == task.Function)
                ?? throw new CommandException(ExitCode.Refused, $"--programs has no function '{task.Function}', which the {task.Name} need", "data/parrot has it");
            SortedDictionary<string, Picture> truth = Exact(task, program, images, terminal);
            foreach ((string name, Picture picture) in truth)
            {
                exact.Add((task.Name, name), picture);
            }

            foreach (MadeImage image in VisualFidelity.Measure(task, program, images, truth, setup.Shape, counts, options, cancellationToken))
            {
                terminal.Progress(() => $"{image.Task}: {image.Arm}, {image.Samples} samples");
                made.Add(image);
            }
        }

        List<ImageRow> rows = VisualFidelity.Summarise(made);
        WriteImages(parse.GetValue(s_output), exact, made);
        WriteReport(parse, setup, rows, exact, made, terminal);
        Show(parse, terminal, rows);
        return ExitCode.Success;
    }

    private static SortedDictionary<string, Picture> LoadImages(FileInfo[] files)
    {
        var images = new SortedDictionary<string, Picture>(StringComparer.Ordinal);
        foreach (FileInfo file in files)
        {
            try
            {
                images[Path.GetFileNameWithoutExtension(file.Name)] = Picture.Read(File.ReadAllBytes(file.FullName));
            }
            catch (Exception damage) when (damage is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
            {
                throw new CommandException(ExitCode.Refused, $"--image {file}: {damage.Message}");
            }
        }

        if (images.Count == 0)
        {
            images["scene"] = TestScene.Draw();
        }

        return images;
    }

    // What the program itself makes of the images, executed in the sandbox.
    private static SortedDictionary<string, Picture> Exact(ImageTask task, BenchProgram program, SortedDictionary<string, Picture> images, Terminal terminal)
    {
        var diagnostics = new DiagnosticBag();
        Toolchain toolchain = SourceFiles.RequireToolchain();
        using NativeProgram? native = NativeProgram.Compile(program.Program, toolchain, diagnostics, limits: null);
        diagnostics.ShowAndStopOnErrors(terminal);
        var exact = new SortedDictionary<string, Picture>(StringComparer.Ordinal);
        foreach ((string name, Picture image) in images)
        {
            exact[name] = task.Apply(image, inputs => native!.Run(inputs).Outputs);
        }

        return exact;
    }

    private static void WriteImages(DirectoryInfo? folder, Dictionary<(string Task, string Image), Picture> exact, List<MadeImage> made)
    {
        if (folder is null)
        {
            return;
        }

        folder.Create();
        foreach (((string task, string image), Picture picture) in exact)
        {
            Write($"{image}-{task}-program.png", picture);
        }

        foreach (MadeImage m in made.Where(m => m.Seed == 0))
        {
            Write($"{m.Image}-{m.Task}-{m.Arm}-{m.Samples}.png", m.Picture);
        }

        void Write(string name, Picture picture)
        {
            byte[] png = picture.ToPng();
            AtomicFile.Write(Path.Combine(folder.FullName, name), stream => stream.Write(png));
        }
    }

    private static void WriteReport(
        ParseResult parse, BenchSetup setup, List<ImageRow> rows, Dictionary<(string Task, string Image), Picture> exact, List<MadeImage> made, Terminal terminal)
    {
        if (parse.GetValue(s_report) is not { } file)
        {
            return;
        }

        var page = new HtmlPage("nsc bench: images");
        page.Paragraph("Each image is made once by the program and once by a surrogate in its place. SSIM is 1 for equal images.");
        page.Remark(Reports.Command(parse)).List(setup.Models);
        page.Table(["task", "arm", "samples", "SSIM", "RMSE", "ratio to random"], rows.Select(r => (string[])[r.Task, r.Arm, $"{r.Samples}", Reports.Short(r.Ssim), Reports.Short(r.Rmse), Reports.Short(r.RatioToRandom)]));
        foreach (var pair in made.Where(m => m.Seed == 0).GroupBy(m => (m.Task, m.Image)))
        {
            page.Heading($"{pair.Key.Task} of {pair.Key.Image}").Paragraph("On the left the program, on the right the surrogate; the slider moves the border.");
            foreach (MadeImage m in pair)
            {
                page.Compare(exact[pair.Key].ToPng(), m.Picture.ToPng(), $"{m.Arm}, {m.Samples} samples: SSIM {Reports.Short(m.Ssim)}, RMSE {Reports.Short(m.Rmse)}");
            }
        }

        Reports.Write(file, page.ToString(), terminal);
    }

    private static void Show(ParseResult parse, Terminal terminal, List<ImageRow> rows)
    {
        if (parse.GetValue(s_json))
        {
            NscJson.Write(terminal.Output, rows.Select(r => new ImageRowJson(r.Task, r.Arm, r.Samples, r.Images, r.Seeds, r.Ssim, r.Rmse, r.RatioToRandom)).ToArray());
            return;
        }

        terminal.Output.WriteLine($"{"task",-10}{"arm",-12}{"samples",8}{"SSIM",9}{"RMSE",9}{"ratio",8}");
        foreach (ImageRow r in rows)
        {
            terminal.Output.WriteLine($"{r.Task,-10}{r.Arm,-12}{r.Samples,8}{r.Ssim,9:F3}{r.Rmse,9:F4}{r.RatioToRandom,8:F2}");
        }
    }
}
