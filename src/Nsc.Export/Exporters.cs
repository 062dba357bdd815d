// All exporters. A new one is a class that implements IExporter and a line here; the command line and its help follow from it.

using System.Collections.Immutable;

namespace Nsc.Export;

public static class Exporters
{
    /// <summary>The first is the one that is taken when none is named.</summary>
    public static ImmutableArray<IExporter> All { get; } =
    [
        new CExport(),
        new CSharpExport(),
        new OnnxExport(),
        new FortranExport(),
    ];

    /// <summary>The exporter of a format that is one of <see cref="All"/>.</summary>
    public static IExporter Of(string format) => All.Single(e => e.Format == format);
}
