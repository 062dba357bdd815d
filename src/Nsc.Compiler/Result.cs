// Every call of the library answers with one of these: bad input is data, never an exception.

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Nsc.Core.Diagnostics;

namespace Nsc.Compiler;

/// <summary>What a call gave, and what it has to say.</summary>
/// <param name="Value">Null where the diagnostics say why there is none.</param>
/// <param name="Diagnostics">Errors, warnings and notes in the order in which they were found.</param>
public sealed record Result<T>(T? Value, ImmutableArray<Diagnostic> Diagnostics)
    where T : class
{
    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsSuccess => Value is not null;

    /// <summary>The value, or no value when there are errors.</summary>
    internal static Result<T> Of(T? value, DiagnosticBag diagnostics) => new(diagnostics.HasErrors ? null : value, [.. diagnostics]);
}
