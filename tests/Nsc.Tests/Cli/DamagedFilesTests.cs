// Files that were good once, with some bytes changed: a verb reads them or says what is wrong, and nothing else happens.

using System.Buffers.Binary;
using System.Text;
using Nsc.Bench.Images;
using Nsc.CommandLine;
using Nsc.Core.Surrogates;
using Parquet.Serialization;

namespace Nsc.Tests.Cli;

[Trait("speed", "slow")]
public sealed class DamagedFilesTests : IDisposable
{
    private const int Mutants = 60;
    private readonly Workplace _work = new();

    public DamagedFilesTests()
    {
        _work.WriteSquare();
        _work.Write("table.csv", "x,return\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"0.{i},0.{i * i}\n")));
    }

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_damaged_surrogate_is_read_or_refused() => AssertHarmless(
        "d.surrogate", File.ReadAllBytes(_work["s"]), path => Workplace.Run("inspect", path), path => Workplace.Run("run", path, "x=0.5"));

    [Fact]
    public void A_damaged_header_that_fits_its_checksum_s_place_is_read_or_refused()
    {
        // The header alone, so that a change is more than a bad checksum.
        byte[] file = File.ReadAllBytes(_work["s"]);
        int header = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        AssertHarmless("h.surrogate", file[..(8 + header)], path => Workplace.Run("inspect", path));
    }

    [Fact]
    public void A_damaged_checkpoint_is_read_or_refused() => AssertHarmless(
        "m.safetensors", File.ReadAllBytes(_work.Model), path => Workplace.Run("inspect", path), path => Workplace.Run("compile", _work["f.c"], "-o", _work["o"], "--model", path));

    [Fact]
    public void A_surrogate_that_was_changed_and_sealed_anew_is_read_or_refused() => AssertSealedHarmless(
        File.ReadAllBytes(_work["s"]), path => Workplace.Run("inspect", path), path => Workplace.Run("run", path, "x=0.5"),
        path => Workplace.Run("export", path, "-o", _work["e.c"]), path => Workplace.Run("finetune", path, "--data", _work["table.csv"], "--steps", "2", "-o", _work["tuned"]));

    [Fact]
    public void A_checkpoint_that_was_changed_and_sealed_anew_is_read_or_refused() => AssertSealedHarmless(
        File.ReadAllBytes(_work.Model), path => Workplace.Run("inspect", path), path => Workplace.Run("compile", _work["f.c"], "-o", _work["o"], "--model", path));

    [Fact]
    public void A_damaged_table_is_read_or_refused() => AssertHarmless(
        "t.csv", Encoding.UTF8.GetBytes("x,\"return\"\r\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"0.{i},\"1e-{i}\"\r\n"))),
        path => Workplace.Run("eval", _work["s"], "--data", path));

    [Fact]
    public async Task A_damaged_parquet_table_is_read_or_refused()
    {
        await using (FileStream stream = File.Create(_work["good.parquet"]))
        {
            await ParquetSerializer.SerializeAsync(
                [.. Enumerable.Range(0, 20).Select(i => new Row { x = i / 20f, @return = i, n = i, content = "text" })], stream, cancellationToken: TestContext.Current.CancellationToken);
        }

        AssertHarmless(
            "t.parquet", await File.ReadAllBytesAsync(_work["good.parquet"], TestContext.Current.CancellationToken), path => Workplace.Run("eval", _work["s"], "--data", path),
            path => Workplace.Run("exestack", "build", "--stack", path, "-o", _work["corpus"]));
    }

    [Fact]
    public void Damaged_json_lines_are_read_or_refused() => AssertHarmless(
        "t.jsonl", "{\"content\":\"int f;\",\"path\":\"a.c\",\"license\":[\"MIT\"]}\n{\"content\":\"no C\"}\n"u8.ToArray(),
        path => Workplace.Run("exestack", "build", "--stack", path, "-o", _work["corpus"]));

    [Fact]
    public void A_damaged_image_is_read_or_refused() => AssertHarmless(
        "t.png", (Picture.Blank(9, 7) with { Values = [.. Enumerable.Range(0, 9 * 7 * 3).Select(i => i % 10 / 10.0)] }).ToPng(),
        path => Workplace.Run("bench", "images", "--programs", _work["none"], "--image", path));

    [Theory]
    [InlineData("")]
    [InlineData("\ufeffx,return\r\n0,1\r\n1,2\r\n")]
    [InlineData("x,return\n0,1\0\n")]
    [InlineData("x,return\n0,1e999\n")]
    [InlineData("x,return\n0\n")]
    [InlineData("x,return,x\n0,1,2\n")]
    [InlineData("\"x,return\n0,1\n")]
    [InlineData("x\n\n\n\n")]
    [InlineData("\r\r\r")]
    public void An_odd_table_is_read_or_refused(string text) => AssertHarmless("odd.csv", text);

    [Fact]
    public void A_table_of_hostile_size_is_refused()
    {
        AssertHarmless("wide.csv", string.Join(',', Enumerable.Range(0, 200_000)) + "\n");
        AssertHarmless("long.csv", "x,return\n" + new string('1', 5 << 20));
        AssertHarmless("quoted.csv", "x,return\n\"" + new string('\n', 5 << 20));
        AssertHarmless("deep.jsonl", new string('[', 1 << 20), "exestack", "build", "-o", _work["corpus"], "--stack");
        AssertHarmless("long.c", "double f(double x) { return x; }" + new string(' ', 5 << 20), "compile", "--model", _work.Model, "-o", _work["o"]);
        Outcome wide = Workplace.Run("eval", _work["s"], "--data", _work["wide.csv"]);
        Assert.True(wide.Error.Length < 10_000, "all columns are listed");
    }

    [Fact]
    public void A_container_of_hostile_sizes_is_refused()
    {
        foreach (string json in (string[])
            [
                "{\"__metadata__\":{\"checksum\":\"x\"},\"a\":{\"dtype\":\"F32\",\"shape\":[1000000000,1000000000],\"data_offsets\":[0,4]}}",
                "{\"__metadata__\":{\"checksum\":\"x\"},\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,99999999999999]}}",
                "{\"__metadata__\":{\"checksum\":\"x\"},\"a\":{\"dtype\":\"F32\",\"shape\":3,\"data_offsets\":\"no\"}}",
                "{\"__metadata__\":[]}", "{\"__metadata__\":{\"checksum\":1}}", "[]", "0", new string('[', 100_000), new string('{', 1000),
            ])
        {
            byte[] header = Encoding.UTF8.GetBytes(json);
            var file = new byte[8 + header.Length];
            BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
            header.CopyTo(file, 8);
            AssertHarmless(json[..Math.Min(json.Length, 60)], () => Save("sizes.surrogate", file), path => Workplace.Run("inspect", path));
        }
    }

    // A change of one entry of the metadata, or of the weights, and then a checksum that fits.
    private void AssertSealedHarmless(byte[] good, params IReadOnlyList<Func<string, Outcome>> verbs)
    {
        TensorContainer container = TensorContainer.Read(good);
        string[] keys = [.. container.Metadata.Keys];
        for (int seed = 0; seed < 2 * Mutants; seed++)
        {
            string key = keys[seed % keys.Length];
            TensorContainer mutant = container with { Metadata = container.Metadata.SetItem(key, Mutation.Of(container.Metadata[key], seed)) };
            if (seed % 5 == 0)
            {
                Tensor tensor = container.Tensors[seed % container.Tensors.Length];
                float[] odd = [float.MaxValue, 1e30f, 1e38f, float.NaN, float.Epsilon];
                mutant = container with { Tensors = container.Tensors.Replace(tensor, tensor with { Values = [.. tensor.Values.Select(_ => odd[seed / 5 % odd.Length])] }) };
            }

            AssertHarmless($"sealed anew, {key}, seed {seed}", () =>
            {
                mutant.Save(_work["sealed"]);
                return _work["sealed"];
            }, [verbs[seed % verbs.Count]]);
        }
    }

    private void AssertHarmless(string name, string text) => AssertHarmless(name, text, "eval", _work["s"], "--data");

    private void AssertHarmless(string name, string text, params string[] verb) =>
        AssertHarmless(name, () => _work.Write(name, text), path => Workplace.Run([.. verb, path]));

    // Bytes changed, cut out and doubled, by a seed for each mutant.
    private void AssertHarmless(string name, byte[] good, params IReadOnlyList<Func<string, Outcome>> verbs)
    {
        for (int seed = 0; seed < Mutants; seed++)
        {
            byte[] mutant = Mutation.Of(good, seed);
            AssertHarmless($"{name}, seed {seed}", () => Save(name, mutant), [verbs[seed % verbs.Count]]);
        }
    }

    private static void AssertHarmless(string what, Func<string> save, params IReadOnlyList<Func<string, Outcome>> verbs)
    {
        string path = save();
        foreach (Func<string, Outcome> verb in verbs)
        {
            Outcome outcome = verb(path);
            Assert.True(outcome.ExitCode is (int)ExitCode.Success or (int)ExitCode.Refused && !outcome.Error.Contains("internal error", StringComparison.Ordinal), $"{what}: {outcome.ExitCode} {outcome.Error}");
        }
    }

    private string Save(string name, byte[] bytes)
    {
        File.WriteAllBytes(_work[name], bytes);
        return _work[name];
    }

    private sealed class Row
    {
        public float x { get; set; }

        public double @return { get; set; }

        public int n { get; set; }

        public string? content { get; set; }
    }
}
