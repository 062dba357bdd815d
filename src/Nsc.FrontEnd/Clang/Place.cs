// Where a message points: a position and the line that it quotes.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Clang.Interop;

namespace Nsc.FrontEnd.Clang;

internal readonly record struct Place(SourceLocation Location, string? Quote)
{
    /// <summary>A place in a parsed unit, which is one text whatever files it was made of.</summary>
    public static Place Of(CXSourceLocation location, SourceText source) => source.PlaceAt(location.Offset());
}
