// What an exporter is: it writes one kind of file, and says what that file can hold. Nothing else in the tree knows the kinds.

using Nsc.Core.Surrogates;

namespace Nsc.Export;

/// <summary>Writes a surrogate as a file for programs that know nothing of nsc. <see cref="Exporters"/> lists all.</summary>
public interface IExporter
{
    /// <summary>The format's name on the command line.</summary>
    string Format { get; }

    /// <summary>The format's name in a sentence.</summary>
    string Title { get; }

    /// <summary>What the name of a file ends with, the dot included.</summary>
    string Extension { get; }

    /// <summary>Whether the file can hold the program too, with the function defined by its surrogate: a drop-in, with or without a guard.</summary>
    bool CanDropIn => false;

    /// <summary>Whether the file can be made for a small machine: weights of few bits, floats throughout, no batch, a section of its own, rows to test with.</summary>
    bool CanShrink => false;

    /// <summary>Whether the file computes anything; if not, it declares what C computes.</summary>
    bool Computes => true;

    /// <summary>
    /// Whether the file alone decides in which order numbers are added. Where a runtime decides, a bound on the error holds in double precision only:
    /// there the order makes no difference that counts.
    /// </summary>
    bool FixesOrder => true;

    /// <summary>The file's content.</summary>
    byte[] Write(Surrogate surrogate, ExportOptions options);

    /// <summary>Declarations that lie beside the file; null for a format that has none.</summary>
    string? WriteDeclarations(Surrogate surrogate, ExportOptions options) => null;

    /// <summary>Why a surrogate cannot be written so, as a sentence, or null.</summary>
    string? Objection(Surrogate surrogate, ExportOptions options) => null;

    /// <summary>What the file answers: (samples, outputs) for inputs (samples, inputs), row-major. Null where only running the file tells.</summary>
    double[]? Evaluate(Surrogate surrogate, ReadOnlySpan<double> inputs, Precision precision) => null;
}
