// The program in single precision, as somebody would rewrite it by hand to make it faster.

using System.Text.RegularExpressions;
using Nsc.Core.Libm;
using Nsc.Core.Programs;

namespace Nsc.Bench.Accelerating;

public static partial class SinglePrecision
{
    /// <summary>
    /// The program with float in place of double, its literals and the functions of libm too. The entry still takes and gives doubles. Whether that compiles
    /// is for the compiler to say.
    /// </summary>
    public static CProgram Of(CProgram program)
    {
        string functions = string.Join('|', LibmTable.All.Select(f => Regex.Escape(f.Name)).Append("lgamma").Append("tgamma").Distinct());
        string source = DoubleWord().Replace(Literal().Replace(program.Source, "$0f"), "float");
        return program with { Source = Regex.Replace(source, $@"\b({functions})\b(?=\s*\()", "$1f") };
    }

    [GeneratedRegex(@"\bdouble\b")]
    private static partial Regex DoubleWord();

    [GeneratedRegex(@"(?<![\w.])(?:(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+)(?![\w.])|(?<![\w.])0[xX][0-9a-fA-F.]+[pP][+-]?\d+(?![\w.])")]
    private static partial Regex Literal();
}
