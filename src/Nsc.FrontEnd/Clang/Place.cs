// Where a message points: a position and the line that it quotes.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Clang.Interop;

namespace Nsc.FrontEnd.Clang;

internal readonly record struct Place(SourceLocation Location, string? Quote)
{
    public static Place In(SourceText source, int offset) => new(source.LocationAt(offset), source.QuoteAt(offset));

    /// <summary>A place in a parsed unit. Lines of other files than the unit's own are named, not quoted.</summary>
    public static Place Of(CXSourceLocation location, SourceText source)
    {
        if (LibClang.Location_isFromMainFile(location) != 0)
        {
            return In(source, location.Offset());
        }

        LibClang.getExpansionLocation(location, out CXFile file, out uint line, out uint column, out uint offset);
        string name = file.Handle == 0 ? source.Path : LibClang.getFileName(file).Text();
        return name == source.FullPath
            ? In(source, (int)offset)
            : new Place(new SourceLocation(name, (int)line, (int)column), null);
    }
}
