// What comes with the program: models and the programs of the benches.

using Nsc.Core.Files;

namespace Nsc.Compiler.Models;

internal static class Shipped
{
    /// <summary>The full path of a file or folder of the repository, in this or a parent folder of the program; null when there is none.</summary>
    public static string? Find(string path) => Folders.Upwards(AppContext.BaseDirectory).Select(f => Path.Combine(f, path)).FirstOrDefault(Path.Exists);
}
