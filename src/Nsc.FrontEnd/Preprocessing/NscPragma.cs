// Reads '#pragma nsc ...': a mark on the next function, with or without a range, a value or an extent for its parameters.

using System.Globalization;
using System.Text.RegularExpressions;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Preprocessing;

/// <summary>What an nsc pragma says.</summary>
internal enum PragmaVerb
{
    /// <summary>Only that the function is meant.</summary>
    Mark,

    /// <summary>The range of an input.</summary>
    Range,

    /// <summary>The one value of an input, which then is none.</summary>
    Fix,

    /// <summary>How many elements a pointer reaches.</summary>
    Extent,

    /// <summary>An output that is left out.</summary>
    Ignore,
}

/// <summary>One well-formed nsc pragma.</summary>
/// <param name="Input">What it is about, or null for all inputs.</param>
/// <param name="Range">The range; a value or an extent is both its ends. Nothing for what has only a name.</param>
/// <param name="InputOffset">The byte offset in the source of the input's name.</param>
/// <param name="RangeOffset">The byte offset of the range's lower end.</param>
internal sealed record NscPragma(PragmaVerb Verb, int Offset, string? Input, Interval Range, int InputOffset, int RangeOffset)
{
    /// <summary>The function that a pointer to one is.</summary>
    public string? Function { get; init; }

    /// <summary>Whether it is an nsc pragma, well-formed or not.</summary>
    public static bool IsNsc(Pragma pragma) =>
        PragmaParser.Word().Match(pragma.Text) is { Success: true, Value: var word } && word.Trim() == "nsc";

    /// <summary>Parses an nsc pragma; reports and returns null when it is malformed.</summary>
    public static NscPragma? Parse(Pragma pragma, SourceText source, DiagnosticBag diagnostics) =>
        new PragmaParser(pragma, source, diagnostics).Parse();
}

internal sealed partial class PragmaParser(Pragma pragma, SourceText source, DiagnosticBag diagnostics)
{
    private int _position;

    public NscPragma? Parse()
    {
        Take(Word());
        if (AtEnd())
        {
            return new NscPragma(PragmaVerb.Mark, pragma.Offset, null, default, pragma.Offset, pragma.Offset);
        }

        string? verb = Take(Word());
        PragmaVerb? known = verb switch { "input" or "inputs" => PragmaVerb.Range, "fix" => PragmaVerb.Fix, "extent" => PragmaVerb.Extent, "ignore" => PragmaVerb.Ignore, _ => null };
        if (known is null)
        {
            _position -= verb?.Length ?? 0;
            return Fail("'input', 'inputs', 'fix', 'extent' or 'ignore'");
        }

        return TakeSymbol("(") ? ParseArguments(known.Value, isNamed: verb != "inputs") : Fail("'('");
    }

    private NscPragma? ParseArguments(PragmaVerb verb, bool isNamed)
    {
        int inputOffset = OffsetHere();
        string? input = null;
        if (isNamed)
        {
            input = Take(InputName());
            if (input is null)
            {
                return Fail(verb == PragmaVerb.Ignore ? "the name of an output" : "the name of an input");
            }

            if (verb != PragmaVerb.Ignore && !TakeSymbol(","))
            {
                return Fail("','");
            }
        }

        if (verb == PragmaVerb.Ignore)
        {
            return TakeSymbol(")") && AtEnd() ? new NscPragma(verb, pragma.Offset, Blanks().Replace(input!, ""), default, inputOffset, inputOffset) : Fail("')' and the end of the line");
        }

        int rangeOffset = OffsetHere();
        if (verb == PragmaVerb.Fix && Take(FunctionName()) is { } function)
        {
            return TakeSymbol(")") && AtEnd() ? new NscPragma(verb, pragma.Offset, Blanks().Replace(input!, ""), default, inputOffset, rangeOffset) { Function = function } : Fail("')' and the end of the line");
        }

        double? low = TakeNumber();
        bool isRange = verb == PragmaVerb.Range;
        if (low is null || (isRange && !TakeSymbol(",")))
        {
            return Fail(low is null ? "a number" : "','");
        }

        double? high = isRange ? TakeNumber() : low;
        bool isLogarithmic = isRange && TakeSymbol(",");
        if (high is null || (isLogarithmic && Take(Word()) != "log") || !TakeSymbol(")") || !AtEnd())
        {
            return Fail(high is null ? "a number" : isLogarithmic ? "'log' and ')'" : "')' and the end of the line");
        }

        var range = new Interval(low.Value, high.Value) { IsLogarithmic = isLogarithmic };
        return new NscPragma(verb, pragma.Offset, Blanks().Replace(input ?? "", "") is { Length: > 0 } name ? name : null, range, inputOffset, rangeOffset);
    }

    private NscPragma? Fail(string expected)
    {
        diagnostics.ReportMalformedPragma(source.PlaceAt(OffsetHere()), expected);
        return null;
    }

    private double? TakeNumber() => Take(Number()) is { } text ? double.Parse(text.TrimEnd('f', 'F'), CultureInfo.InvariantCulture) : null;

    private bool TakeSymbol(string symbol)
    {
        SkipBlanks();
        bool found = pragma.Text.AsSpan(_position).StartsWith(symbol, StringComparison.Ordinal);
        _position += found ? symbol.Length : 0;
        return found;
    }

    private string? Take(Regex pattern)
    {
        SkipBlanks();
        Match match = pattern.Match(pragma.Text, _position);
        if (!match.Success || match.Index != _position)
        {
            return null;
        }

        _position += match.Length;
        return match.Value;
    }

    private bool AtEnd()
    {
        SkipBlanks();
        return _position == pragma.Text.Length;
    }

    private int OffsetHere()
    {
        SkipBlanks();
        return pragma.OffsetOf(_position);
    }

    private void SkipBlanks()
    {
        while (_position < pragma.Text.Length && char.IsWhiteSpace(pragma.Text[_position]))
        {
            _position++;
        }
    }

    [GeneratedRegex(@"\G\s*\w+")]
    public static partial Regex Word();

    [GeneratedRegex(@"\G[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*|\s*\[\s*\d*\s*\])*")]
    private static partial Regex InputName();

    [GeneratedRegex(@"\G[A-Za-z_]\w*")]
    private static partial Regex FunctionName();

    [GeneratedRegex(@"\G[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fF]?(?![\w.])")]
    private static partial Regex Number();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
