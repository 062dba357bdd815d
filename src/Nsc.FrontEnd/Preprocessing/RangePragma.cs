// Reads '#pragma nsc ...': a mark on the next function, with or without a range for its inputs.

using System.Globalization;
using System.Text.RegularExpressions;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Preprocessing;

/// <summary>One well-formed nsc pragma.</summary>
/// <param name="Input">The input it is about, or null for all.</param>
/// <param name="Range">The range, or null for a pragma that only marks the function.</param>
/// <param name="InputOffset">The byte offset in the source of the input's name.</param>
/// <param name="RangeOffset">The byte offset of the range's lower end.</param>
internal sealed record RangePragma(int Offset, string? Input, Interval? Range, int InputOffset, int RangeOffset)
{
    /// <summary>Whether it is an nsc pragma, well-formed or not.</summary>
    public static bool IsNsc(Pragma pragma) =>
        PragmaParser.Word().Match(pragma.Text) is { Success: true, Value: var word } && word.Trim() == "nsc";

    /// <summary>Parses an nsc pragma; reports and returns null when it is malformed.</summary>
    public static RangePragma? Parse(Pragma pragma, SourceText source, DiagnosticBag diagnostics) =>
        new PragmaParser(pragma, source, diagnostics).Parse();
}

internal sealed partial class PragmaParser(Pragma pragma, SourceText source, DiagnosticBag diagnostics)
{
    private int _position;

    public RangePragma? Parse()
    {
        Take(Word());
        if (AtEnd())
        {
            return new RangePragma(pragma.Offset, null, null, pragma.Offset, pragma.Offset);
        }

        string? verb = Take(Word());
        if (verb is not ("input" or "inputs"))
        {
            _position -= verb?.Length ?? 0;
            return Fail("'input' or 'inputs'");
        }

        return TakeSymbol("(") ? ParseArguments(verb == "input") : Fail("'('");
    }

    private RangePragma? ParseArguments(bool isNamed)
    {
        int inputOffset = OffsetHere();
        string? input = null;
        if (isNamed)
        {
            input = Take(InputName());
            if (input is null)
            {
                return Fail("the name of an input");
            }

            if (!TakeSymbol(","))
            {
                return Fail("','");
            }
        }

        int rangeOffset = OffsetHere();
        double? low = TakeNumber();
        if (low is null || !TakeSymbol(","))
        {
            return Fail(low is null ? "a number" : "','");
        }

        double? high = TakeNumber();
        if (high is null || !TakeSymbol(")") || !AtEnd())
        {
            return Fail(high is null ? "a number" : "')' and the end of the line");
        }

        return new RangePragma(pragma.Offset, Blanks().Replace(input ?? "", "") is { Length: > 0 } name ? name : null, new Interval(low.Value, high.Value), inputOffset, rangeOffset);
    }

    private RangePragma? Fail(string expected)
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

    [GeneratedRegex(@"\G[A-Za-z_]\w*(?:\s*\.\s*[A-Za-z_]\w*|\s*\[\s*\d+\s*\])*")]
    private static partial Regex InputName();

    [GeneratedRegex(@"\G[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fF]?(?![\w.])")]
    private static partial Regex Number();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
