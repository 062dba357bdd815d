// Where a message points: a position and the line that it quotes.

using Nsc.Core.Diagnostics;

namespace Nsc.FrontEnd.Sources;

internal readonly record struct SourcePlace(SourceLocation Location, string? Quote);
