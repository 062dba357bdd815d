// Attributes that tell the linker where code and data lie, and the compiler for which processor: what a function computes does not depend on them,
// and a unit does without.

using System.Text.RegularExpressions;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Slicing;

internal static partial class LinkerAttributes
{
    /// <summary>Takes them out of some declarations.</summary>
    public static void TakeOutOf(Chunk chunk, SourceText source, TextEdits edits)
    {
        foreach (var (start, end) in chunk.Declarations.SelectMany(d => d.Children()).Where(c => c.Kind.IsAttribute()).Select(c => c.Extent()).Distinct())
        {
            if (start >= chunk.Start && end <= chunk.End && Name().IsMatch(source.Slice(start, end)))
            {
                edits.Replace(start, end, "");
            }
        }
    }

    [GeneratedRegex(@"^(?:gnu\s*::\s*)?(?:__)?(?:section|weak|target|retain|no_sanitize|no_instrument_function)(?:__)?\b")]
    private static partial Regex Name();
}
