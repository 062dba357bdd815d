// A temporary folder with packages and a corpus, for the tests of what is built from them.

using Nsc.Core.Diagnostics;
using Nsc.Corpus.Mining;
using Nsc.Corpus.Shards;
using Nsc.FrontEnd.Preprocessing.Packages;
using Nsc.FrontEnd.Tools;

namespace Nsc.Tests.Mining;

internal sealed class MiningFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("nsc-test-").FullName;

    public string Corpus => Path.Combine(_root, "corpus");

    public string this[string name] => Path.Combine(_root, name);

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>Mines a package that consists of one file.</summary>
    public void Mine(string package, string source, Toolchain toolchain)
    {
        Write($"packages/{package}/{package}.c", source);
        var folder = new SourcePackage(package, this[$"packages/{package}"]);
        ExeStack.Open(Corpus).Add(folder, "1.0", 512, 2, toolchain, null, TestContext.Current.CancellationToken);
    }

    /// <summary>The functions of one C file with pragmas.</summary>
    public static IReadOnlyList<ShardRow> Plain(string source, Toolchain toolchain)
    {
        using var folder = new MiningFolder();
        folder.Write("plain/plain.c", source);
        return PlainFunctions.Load(folder["plain"], "plain", toolchain, new DiagnosticBag());
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
