// A data set of code becomes packages of a corpus: some hundred rows each, so that a build can be killed and resumed anywhere,
// and every row a program of its own.

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nsc.FrontEnd.Preprocessing.Packages;
using Nsc.FrontEnd.Slicing;
using Nsc.FrontEnd.Tools;

namespace Nsc.Corpus.Mining.Stack;

/// <summary>What became of a data set.</summary>
public sealed record StackFunnel(int Rows, int BadRows, int Packages, int NewPackages);

public static class StackImport
{
    private const int RowsPerPackage = 256;

    /// <summary>Mines a file's rows into a corpus; packages of rows that are there already are not mined again.</summary>
    /// <exception cref="InvalidDataException">The file as a whole is not what its name says.</exception>
    public static StackFunnel Add(
        string file, ExeStack corpus, int maxNodes, int workers, Toolchain toolchain,
        IProgress<ExeStackProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var reader = new StackReader();
        (int rows, int packages, int added) = (0, 0, 0);
        foreach (StackRow[] chunk in reader.Read(file).Chunk(RowsPerPackage))
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(file)}-{packages++:D5}");
            using var folder = new ScratchFolder();
            string version = Unpack(chunk, folder.Path);
            var package = new SourcePackage(name, folder.Path, isOneProgram: false);
            added += corpus.Add(package, version, maxNodes, workers, toolchain, progress, cancellationToken) ? 1 : 0;
            rows += chunk.Length;
        }

        return new StackFunnel(rows, reader.BadRows, packages, added);
    }

    // Licences are stated as a Debian package states them. Returns a hash of it all, which is the version.
    private static string Unpack(StackRow[] rows, string folder)
    {
        var copyright = new StringBuilder("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < rows.Length; i++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{i:D4}-{Plain($"{rows[i].Repository}-{rows[i].Path}")}.c");
            File.WriteAllText(Path.Combine(folder, name), rows[i].Content);
            copyright.Append(CultureInfo.InvariantCulture, $"\nFiles: {name}\nLicense: {Plain(rows[i].Licence)}\n");
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(Encoding.UTF8.GetBytes(rows[i].Content));
        }

        Directory.CreateDirectory(Path.Combine(folder, "debian"));
        File.WriteAllText(Path.Combine(folder, "debian", "copyright"), copyright.ToString());
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    // What the data set says goes into names of files: letters and digits of it, and not many.
    private static string Plain(string text) =>
        string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' ? c : '_')).Trim('.', '_', '-') is var plain && plain.Length > 80
            ? plain[^80..] : plain;
}
