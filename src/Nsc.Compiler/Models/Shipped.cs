// What comes with the program: models and the programs of the benches.

namespace Nsc.Compiler.Models;

internal static class Shipped
{
    /// <summary>The full path of a file or folder of the repository, in this or a parent folder of the program; null when there is none.</summary>
    public static string? Find(string path)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, path);
            if (Path.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
