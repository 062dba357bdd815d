// Source files as data sets of code give them: rows with the text in a column, in the shape of The Stack.

namespace Nsc.Corpus.Mining.Stack;

/// <summary>A source file in a data set.</summary>
/// <param name="Path">The file's path in its repository, or empty.</param>
/// <param name="Repository">The repository, or empty.</param>
/// <param name="Licence">Its licence, or <c>unknown</c>.</param>
public sealed record StackRow(string Content, string Path, string Repository, string Licence);

/// <summary>The names that columns have in such data sets; the first that is there counts.</summary>
internal static class StackColumns
{
    public static readonly string[] Content = ["content"];
    public static readonly string[] Path = ["path", "max_stars_repo_path", "file_path", "filename"];
    public static readonly string[] Repository = ["repo", "max_stars_repo_name", "repo_name", "repository_name"];
    public static readonly string[] Licence = ["licence", "license", "license_type", "max_stars_repo_licenses", "licenses"];
}
