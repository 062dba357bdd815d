// nsc bench images: whole images by the program and by its surrogates.

using System.CommandLine;
using Nsc.Bench.Images;
using Nsc.Bench.Preparation;
using Nsc.Bench;
using Nsc.Cli.Benching;
using Nsc.Cli.Data;
using Nsc.Cli.Output;
using Nsc.CommandLine.Reporting;
using Nsc.CommandLine;
using Nsc.Core.Files;

namespace Nsc.Cli.Verbs.Bench;

internal static class BenchImagesVerb
{
    private static readonly Option<FileInfo[]> s_images = new("--image") { Description = "A PNG image; repeat it for several. Default: a scene that the bench draws.", HelpName = "FILE.png" };
    private static readonly Option<string?> s_profile = new("--profile")
    {
        Description = $"Train on what the kernels are given for this PNG image instead of on uniform inputs; '{ImageBenches.OtherScene}' is a scene that the bench draws for that, and not one of the images that are made.",
        HelpName = $"FILE.png|{ImageBenches.OtherScene}",
    };

    private static readonly Option<string> s_samples = new("--samples") { Description = "Numbers of training samples.", HelpName = "N,N,...", DefaultValueFactory = _ => "0,8,32,128" };
    private static readonly Option<int> s_seeds = Options.Count("--seeds", "Sample sets and random inits.", 3);
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<DirectoryInfo?> s_output = new("--output", "-o") { Description = "Write the images of the first seed here.", HelpName = "DIR" };
    private static readonly Option<FileInfo?> s_report = Reports.Option();
    private static readonly Option<bool> s_json = Options.Json();
    private static readonly Option<FileInfo?> s_resume = ResumeFile.Option();

    public static Command Create()
    {
        var command = new Command("images", "Edges (sobel) and colour quantisation (kmeans) of whole images.") { s_images, s_profile, s_samples, s_seeds, s_seed, s_output, s_resume, s_report, s_json };
        BenchOptimizer.AddTo(command);
        BenchProgramsOptions.AddTo(command);
        BenchArmsOptions.AddTo(command);
        return command.WithAction(Run);
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        int[] counts = BenchVerb.ParseCounts(parse.GetValue(s_samples)!);
        string[] functions = [.. ImageTask.All.Select(t => t.Function)];
        SortedDictionary<string, Picture> images = LoadImages(parse.GetValue(s_images) ?? []);
        (int seeds, long seed) = (parse.GetValue(s_seeds), parse.GetValue(s_seed));
        BenchSetup setup = PreparedBench.Of(parse, BenchArmsOptions.Load(parse), seed, counts.Max(), seeds, terminal, cancellationToken, functions, pools: Pools(parse.GetValue(s_profile)));
        TrainingPlan plan = setup.Plan(counts, BenchOptimizer.Of(parse));
        ImageBench[] benches = [.. ImageTask.All.Select(task => ImageBenches.Of(task, setup.Programs, images, terminal)
            ?? throw new CommandException(ExitCode.Refused, $"--programs has no function '{task.Function}' that the {task.Name} can use", "data/parrot has it"))];
        var recall = ResumeFile.Open(parse.GetValue(s_resume), setup.Identity("images", plan, seed, benches), ResumeRows.Images(plan, benches), terminal);
        var results = plan.Measure(trained => VisualFidelity.Make(plan, benches, trained), recall, line => terminal.Progress(() => line), cancellationToken);
        MadeImage[] made = [.. results.SelectMany(r => r.Rows)];
        WriteImages(parse.GetValue(s_output), benches, made);
        if (parse.GetValue(s_report) is { } file)
        {
            Reports.Write(file, BenchReport.Html("images", parse, setup.Models, new ImagesSection(plan, benches, results)), terminal);
        }

        Show(parse, terminal, VisualFidelity.Summarise(made));
        return ExitCode.Success;
    }

    private static BenchPool? Pools(string? profile) => profile is null ? null
        : BenchPools.Of(profile == ImageBenches.OtherScene ? HarbourScene.Draw() : Load(s_profile.Name, new FileInfo(profile)));

    private static Picture Load(string option, FileInfo file)
    {
        try
        {
            return Picture.Read(File.ReadAllBytes(file.FullName));
        }
        catch (Exception damage) when (damage is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandException(ExitCode.Refused, $"{option} {file}: {damage.Message}");
        }
    }

    private static SortedDictionary<string, Picture> LoadImages(FileInfo[] files)
    {
        var images = new SortedDictionary<string, Picture>(StringComparer.Ordinal);
        foreach ((FileInfo file, string name) in files.Zip(DistinctNames.Of([.. files.Select(f => Path.GetFileNameWithoutExtension(f.Name))])))
        {
            images[name] = Load(s_images.Name, file);
        }

        return images.Count > 0 ? images : ImageBenches.Scene;
    }

    private static void WriteImages(DirectoryInfo? folder, ImageBench[] benches, MadeImage[] made)
    {
        if (folder is null)
        {
            return;
        }

        folder.Create();
        foreach (ImageBench bench in benches)
        {
            foreach ((string image, Picture picture) in bench.Exact)
            {
                Write($"{image}-{bench.Task.Name}-program.png", picture);
            }
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

    private static void Show(ParseResult parse, Terminal terminal, List<ImageRow> rows)
    {
        if (parse.GetValue(s_json))
        {
            ResearchJson.Write(terminal.Output, BenchJson.Of(rows));
        }
        else
        {
            Print(terminal, rows);
        }
    }

    internal static void Print(Terminal terminal, List<ImageRow> rows)
    {
        var table = new TextTable(0, new("task", 10, IsText: true), ArmColumn.Of(rows.Select(r => r.Arm)), new("samples", 8), new("SSIM", 9), new("RMSE", 9), new("ratio", 8));
        foreach (ImageRow r in rows)
        {
            table.Add($"{r.Task}", $"{r.Arm}", $"{r.Samples}", $"{r.Ssim:F3}", $"{r.Rmse:F4}", $"{r.RatioToRandom:F2}");
        }

        table.Write(terminal);
        terminal.Output.WriteLine(ImagesSection.Note);
    }
}
