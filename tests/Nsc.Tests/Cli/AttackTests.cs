// Inputs of every kind, mutated by a seed: text by text and byte by byte. Nothing crashes, no code comes that is not documented, no control character reaches a
// terminal, and nothing is written but the output. A few of each run with the tests; scripts/attack runs as many as it is told.

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Nsc.CommandLine;
using Nsc.Core.Surrogates;
using Nsc.Tests.Structure;

namespace Nsc.Tests.Cli;

[Trait("speed", "slow")]
public sealed partial class AttackTests : IDisposable
{
    private const int Few = 25;

    // Words that stand for trouble in any of the languages.
    private static readonly string[] s_words =
    [
        "0", "-1", "1e309", "-0.0", "NaN", "inf", "9223372036854775808", "0x7fffffffffffffff", "1e-320", "99999999999999999999", "((((((((((", "}", "{", "]", "[", "\"", "'", "\\", "/*", "*/", "//", "#", "##",
        "#include \"/etc/passwd\"", "#include __FILE__", "#pragma nsc", "#pragma nsc input(x, 1, 0)", "_Pragma(\"nsc inputs(0, 1e999)\")", "goto", "while(1);", "asm(\"hlt\")", "__attribute__((constructor))",
        "int", "double", "unsigned long long", "struct s", "*", "&", "[1000000000]", "<<", "/0", "%0", ";", ",", "\t", "\r", "\n", "\0", "\u001b[2J\u001b]0;title\u0007", "\u202e", "\u0085", "é", "\ufeff", "true", "null",
        "../../../../etc/passwd", "/dev/zero", "%s%n", "$(touch hit)", "`touch hit`", ":", "=", "inputs(", "range", "--", "sep=;",
    ];

    private readonly Workplace _work = new();

    /// <summary>How many of each kind, and the first seed.</summary>
    private static int Count => Number("NSC_ATTACK", Few);

    private static int First => Number("NSC_ATTACK_SEED", 0);

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Programs()
    {
        string[] good = [.. Directory.GetFiles(Repository.At("tests/Nsc.Tests/Fixtures/Graph"), "*.c").Order(StringComparer.Ordinal).Select(File.ReadAllText)];
        Attack("program.c", seed => good[seed % good.Length], path => [["graph", path], ["tokens", path], ["compile", path, "-o", _work["out"], "--model", _work.Model, "--refine", "0"]]);
    }

    [Fact]
    public void Tables()
    {
        _work.WriteSquare();
        string[] good = ["x,return\n0,1\n0.25,1\n0.5,2\n0.75,3\n1,4\n", "x;n;return\r\n0,5;\"a\";1\r\n1,5;\"b\";2\r\n", "0.5\t1\n0.25\t2\n", "sep=;\nreturn;x\n1;2\n"];
        Attack("table.csv", seed => good[seed % good.Length], path => [["eval", _work["s"], "--data", path], ["run", _work["s"], "--input", path, "--missing", "skip"], ["eval", _work["s"], "--data", path, "--samples", "2", "--separator", "tab"]]);
    }

    [Fact]
    public void Surrogates()
    {
        _work.WriteSquare();
        AttackSealed(_work["s"], path => [["inspect", path], ["run", path, "x=0.5", "--jacobian"], ["export", path, "-o", _work["out"], "--format", "csharp"], ["export", path, "-o", _work["out"], "--format", "onnx"]]);
    }

    [Fact]
    public void Checkpoints()
    {
        _work.WriteSquare();
        AttackSealed(_work.Model, path => [["inspect", path], ["compile", _work["f.c"], "-o", _work["out"], "--model", path, "--refine", "0"]]);
    }

    [Fact]
    public void Project_files()
    {
        _work.WriteSquare();
        const string Good = """{ "model": "model.safetensors", "functions": [ { "file": "f.c", "function": "f", "ranges": { "x": [-1, 1] }, "fixed": {}, "samples": 16, "heldOut": 32, "maxError": 0.5, "outputs": { "surrogate": "f.surrogate" } } ] }""";
        Attack("nsc.json", _ => Good, path => [["build", path, "-o", _work["made"], "--root", Path.GetDirectoryName(path)!]]);
    }

    [Fact]
    public void Compile_databases()
    {
        _work.WriteSquare();
        string good = $$"""[ { "directory": "{{Path.GetDirectoryName(_work["f.c"])}}", "file": "f.c", "command": "cc -DN=3 -Iinclude -c f.c -o f.o" }, { "directory": ".", "file": "g.c", "arguments": ["cc", "-c", "g.c"] } ]""";
        Attack("compile_commands.json", _ => good, path => [["graph", _work["f.c"], "-p", path]]);
    }

    private void Attack(string name, Func<int, string> good, Func<string, string[][]> verbs) => Attack(seed =>
    {
        byte[] mutant = seed % 3 == 0 ? Mutation.Of(Encoding.UTF8.GetBytes(good(seed)), seed) : Encoding.UTF8.GetBytes(OfWords(good(seed), new Random(seed)));
        File.WriteAllBytes(_work[name], mutant);
        return _work[name];
    }, verbs);

    // One entry of the metadata, or the bytes as they are.
    private void AttackSealed(string file, Func<string, string[][]> verbs)
    {
        TensorContainer container = TensorContainer.Load(file);
        string[] keys = [.. container.Metadata.Keys];
        Attack(seed =>
        {
            string key = keys[seed % keys.Length], value = container.Metadata[key];
            if (seed % 10 == 0)
            {
                File.WriteAllBytes(_work["attacked"], Mutation.Of(File.ReadAllBytes(file), seed));
            }
            else
            {
                (container with { Metadata = container.Metadata.SetItem(key, seed % 3 == 0 ? Mutation.Of(value, seed) : OfWords(value, new Random(seed))) }).Save(_work["attacked"]);
            }

            return _work["attacked"];
        }, verbs);
    }

    private void Attack(Func<int, string> save, Func<string, string[][]> verbs)
    {
        string folder = Path.GetDirectoryName(_work["x"])!;
        for (int seed = First; seed < First + Count; seed++)
        {
            string path = save(seed);
            string[] before = Directory.GetFileSystemEntries(folder);
            string[][] all = verbs(path);
            string[] command = all[seed % all.Length];
            Outcome outcome = Workplace.Run(command);
            string what = $"seed {seed}: nsc {string.Join(' ', command)}: {outcome.ExitCode}\n{outcome.Error}";
            Assert.True(Enum.IsDefined((ExitCode)outcome.ExitCode) && outcome.ExitCode is not ((int)ExitCode.Failure or (int)ExitCode.Cancelled), what);
            Assert.False(outcome.Error.Contains("internal error", StringComparison.Ordinal) || outcome.Error.Contains("Unhandled", StringComparison.Ordinal), what);
            Assert.False(Raw().IsMatch(outcome.Output + outcome.Error), what);
            Assert.True(outcome.ExitCode == 0 || outcome.Error.Length > 0, what);
            Assert.Empty(Directory.GetFileSystemEntries(folder).Except([.. before, _work["out"], _work["out.h"], _work["made"], _work["f.surrogate"]]));
        }
    }

    // Words are left out, doubled, swapped, or become one that stands for trouble.
    private static string OfWords(string good, Random random)
    {
        List<string> words = [.. Word().Matches(good).Select(m => m.Value)];
        for (int change = random.Next(1, 5); change > 0 && words.Count > 0; change--)
        {
            int at = random.Next(words.Count), other = random.Next(words.Count);
            switch (random.Next(6))
            {
                case 0:
                    words.RemoveAt(at);
                    break;
                case 1:
                    words.InsertRange(at, Enumerable.Repeat(words[other], random.Next(8) == 0 ? 5000 : 2));
                    break;
                case 2:
                    (words[at], words[other]) = (words[other], words[at]);
                    break;
                default:
                    words[at] = s_words[random.Next(s_words.Length)];
                    break;
            }
        }

        return string.Concat(words);
    }

    private static int Number(string variable, int fallback) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : fallback;

    // What a terminal would obey, or what turns text around.
    [GeneratedRegex("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]")]
    private static partial Regex Raw();

    [GeneratedRegex(@"\w+|\s+|.", RegexOptions.Singleline)]
    private static partial Regex Word();
}
