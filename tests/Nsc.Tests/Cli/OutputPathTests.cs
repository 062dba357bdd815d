// No command destroys what it reads, waits for a pipe, or finds out at its end that its result has no place.

using System.Diagnostics;
using System.Text.Json;
using Nsc.CommandLine;
using Nsc.Core.Surrogates;
using Nsc.Tests.FrontEnd.Execution;

namespace Nsc.Tests.Cli;

public sealed class OutputPathTests : IDisposable
{
    private readonly Workplace _work = new();

    public OutputPathTests()
    {
        _work.WriteSquare();
        _work.Write("d.csv", "x,return\n" + string.Concat(Enumerable.Range(0, 50).Select(i => FormattableString.Invariant($"{i / 50.0},{i * i / 2500.0}\n"))));
        File.CreateSymbolicLink(_work["link"], "s");
        Directory.CreateDirectory(_work["folder"]);
        NamedPipe.Create(_work["pipe"]);
    }

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("compile @f.c -o @f.c")]
    [InlineData("compile @f.c -o @./f.c")]
    [InlineData("compile @f.c -o @new --report @new")]
    [InlineData("compile @f.c -o @new --report @f.c")]
    [InlineData("export @s -o @s")]
    [InlineData("export @s -o @link")]
    [InlineData("finetune @s --data @d.csv -o @d.csv")]
    [InlineData("finetune @s --data @d.csv --report @s")]
    [InlineData("finetune @s --data @d.csv -o @new --report @new")]
    [InlineData("eval @s --data @d.csv --report @d.csv")]
    [InlineData("average @model.safetensors @model.safetensors -o @model.safetensors")]
    [InlineData("accelerate @f.c -o @f.c")]
    [InlineData("bench data --programs @folder --resume @new --report @new")]
    public void What_is_read_is_not_overwritten(string line) => AssertRefused(ExitCode.Usage, "would overwrite", line);

    [Theory]
    [InlineData("compile @f.c --all -o -")]
    [InlineData("train-compnet -o -")]
    [InlineData("eval @s --data @d.csv --report -")]
    [InlineData("compile @f.c -o @folder/none/s")]
    [InlineData("compile @f.c -o @pipe")]
    [InlineData("compile @f.c -o @new --report @folder")]
    [InlineData("compile @f.c --all -o @d.csv")]
    [InlineData("compile @f.c --all -o @d.csv/more")]
    [InlineData("export @s -o @folder")]
    [InlineData("export @s -o @none/f.c")]
    [InlineData("finetune @s --data @d.csv -o @pipe")]
    [InlineData("finetune @s --data @d.csv -o @none/s")]
    [InlineData("eval @s --data @d.csv --report @none/r.html")]
    [InlineData("accelerate @f.c -o @folder")]
    [InlineData("average @model.safetensors @model.safetensors -o @folder")]
    [InlineData("train-compnet -o @none/m.safetensors")]
    [InlineData("train-compnet -o @folder")]
    [InlineData("exestack build --packages @folder -o @d.csv")]
    [InlineData("bench data --programs @folder --report @none/r.html")]
    public void A_result_without_a_place_is_refused_before_the_work(string line) => AssertRefused(ExitCode.Usage, "cannot be", line);

    [Theory]
    [InlineData("compile @pipe -o @new")]
    [InlineData("compile /dev/zero -o @new")]
    [InlineData("graph @pipe")]
    [InlineData("inspect @pipe")]
    [InlineData("inspect /dev/zero")]
    [InlineData("inspect @folder")]
    [InlineData("run @pipe x=1")]
    [InlineData("run @s --input @pipe")]
    [InlineData("run @s --input /dev/zero")]
    [InlineData("run @s --input @folder")]
    [InlineData("eval @s --data @pipe")]
    [InlineData("eval @s --data @folder")]
    [InlineData("eval @s --program @pipe")]
    [InlineData("compile @f.c -o @new --model @pipe")]
    [InlineData("export @s --second @pipe -o @new --guard --max-error 1")]
    [InlineData("exestack build --stack @pipe -o @new")]
    public void What_never_ends_is_not_read(string line) => AssertRefused(ExitCode.Refused, "", line);

    [Theory]
    [InlineData("compile @f.c -o", "")]
    [InlineData("compile @f.c -o @new --report", "")]
    [InlineData("export @s -o", "")]
    [InlineData("export @s --second", "")]
    [InlineData("finetune @s -o", "")]
    [InlineData("run", "")]
    [InlineData("compile @f.c -o @new --function", "")]
    [InlineData("finetune @s --samples", "2147483647")]
    [InlineData("finetune @s --steps", "2147483647")]
    [InlineData("finetune @s --held-out", "2147483647")]
    [InlineData("eval @s --samples", "2147483647")]
    [InlineData("export @s --guard --max-error 1 --prove", "2147483647")]
    [InlineData("accelerate @f.c -o @new --samples", "2147483647")]
    [InlineData("accelerate @f.c -o @new --held-out", "2147483647")]
    [InlineData("accelerate @f.c -o @new --steps", "2147483647")]
    [InlineData("bench data --programs @folder --most", "2147483647")]
    [InlineData("bench data --generated", "2147483647")]
    [InlineData("bench data --programs @folder --samples", "2147483647")]
    [InlineData("bench data --programs @folder --seeds", "2147483647")]
    [InlineData("bench epochs --programs @folder --steps", "2147483647")]
    [InlineData("bench training --threads", "2147483647")]
    [InlineData("bench training --rounds", "2147483647")]
    [InlineData("train-compnet -o @new --workers", "2147483647")]
    [InlineData("train-compnet -o @new --width", "2147483647")]
    [InlineData("train-compnet -o @new --programs", "2147483647")]
    [InlineData("exestack build --packages @folder -o @new --workers", "2147483647")]
    public void Empty_values_and_numbers_beyond_reason_are_refused(string line, string value)
    {
        Outcome outcome = Run(line, value);
        Assert.Equal((int)ExitCode.Usage, outcome.ExitCode);
        Assert.DoesNotContain("internal error", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_work["new"]));
    }

    [Fact]
    public void Fine_tuning_may_name_the_surrogate_that_it_replaces()
    {
        Assert.Equal(0, Run("finetune @s --data @d.csv -o @s --steps 5").ExitCode);
        Assert.Equal(40, SurrogateFile.Load(_work["s"]).Provenance.Samples);
    }

    [Fact]
    public void An_export_whose_name_is_that_of_the_surrogate_is_refused()
    {
        File.Copy(_work["s"], _work["f.cs"]);
        AssertRefused(ExitCode.Usage, "would overwrite", "export @f.cs --format csharp");
    }

    [Fact]
    public void Shared_memory_and_open_streams_take_results()
    {
        string path = $"/dev/shm/nsc-test-{Guid.NewGuid():N}";
        Assert.Equal(0, Run("compile @f.c --init random -o", path).ExitCode);
        Assert.Equal("f", SurrogateFile.Load(path).Signature.Function);
        File.Delete(path);
        Assert.Equal(0, Run("compile @f.c --init random -o /dev/null").ExitCode);
    }

    [Theory]
    [InlineData("compile @f.c --init random")]
    [InlineData("export @s")]
    [InlineData("export @s --format onnx")]
    [InlineData("finetune @s --data @d.csv --samples 20 --steps 2")]
    [InlineData("accelerate @f.c --force --samples 32 --steps 2 --held-out 1024 --topology 4 --max-error 9")]
    public void A_result_may_go_to_standard_output_where_nothing_else_then_goes(string line)
    {
        string[] words = OtherMachine.Nsc([.. line.Replace("@", _work[""] + "/", StringComparison.Ordinal).Split(' ')]);
        string command = $"NSC_MODEL='{_work.Model}' {string.Join(' ', words)} -o";
        string script = $"cd '{_work[""]}'; echo before > out; {command} file > said 2> errors && {command} - >> out 2> said-too && cat errors said-too >&2";
        using Process process = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { RedirectStandardError = true })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
        Assert.Equal("before\n"u8.ToArray().Concat(File.ReadAllBytes(_work["file"])), File.ReadAllBytes(_work["out"]));
        Assert.False(File.Exists(_work["-"]));
    }

    [Fact]
    public void A_result_and_what_is_said_of_it_do_not_both_go_to_standard_output() =>
        AssertRefused(ExitCode.Usage, "cannot both go to standard output", "export @s --json -o -");

    [Fact]
    public void A_training_does_not_replace_what_is_no_curve()
    {
        NamedPipe.Create(_work["m.svg"]);
        AssertRefused(ExitCode.Usage, "cannot be written", "train-compnet -o @m.safetensors");
    }

    [Theory]
    [InlineData("--seed 5", 5)]
    [InlineData("--seed 5 --init random", 5)]
    [InlineData("", 1)]
    public void Inspect_says_the_seed_that_was_given(string options, int seed)
    {
        Assert.Equal(0, Run($"compile @f.c -o @seeded --model @model.safetensors {options}").ExitCode);
        Assert.Contains($"seed {seed},", Run("inspect @seeded").Output, StringComparison.Ordinal);
        Assert.Equal(0, Run($"finetune @seeded --data @d.csv --steps 3 --seed {seed + 2}").ExitCode);
        JsonElement inspected = Run("inspect @seeded --json").Json;
        Assert.Equal((seed, seed + 2), (inspected.GetProperty("seed").GetInt64(), inspected.GetProperty("tuningSeed").GetInt64()));
    }

    // Each in a process of its own time: a command that waits for a pipe would wait for ever.
    private void AssertRefused(ExitCode code, string reason, string line)
    {
        Dictionary<string, byte[]> before = Contents();
        Task<Outcome> run = Task.Run(() => Run(line));
        Assert.True(run.Wait(TimeSpan.FromMinutes(5)), "it waits");
        Outcome outcome = run.Result;
        Assert.True((int)code == outcome.ExitCode, $"{outcome.ExitCode}: {outcome.Error}");
        Assert.Contains(reason, outcome.Error, StringComparison.Ordinal);
        Assert.Equal(before, Contents());
    }

    private Dictionary<string, byte[]> Contents() => Directory.GetFiles(_work["."])
        .Where(f => Nsc.Core.Files.FileIdentity.Of(f).Kind == Nsc.Core.Files.FileKind.File).ToDictionary(f => f, File.ReadAllBytes);

    private Outcome Run(string line, params string[] more) => Workplace.Run(
        [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(a => a.StartsWith('@') ? _work[a[1..]] : a), .. more]);
}
