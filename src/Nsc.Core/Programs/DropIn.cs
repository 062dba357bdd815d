// How a C file takes in another definition of one of its functions and keeps the original one.

using System.Collections.Immutable;

namespace Nsc.Core.Programs;

/// <summary>
/// The three parts of a file in which a function F is defined by its surrogate, in this order. Before and After are the file's own text, byte for
/// byte, but for F's name.
/// </summary>
/// <param name="Before">The file up to the end of F's definition, which bears the name <c>F_original</c> now.</param>
/// <param name="Definition">
/// F with its own signature: it asks <c>int F_answers(const double *in, double *out)</c>, and where that gives 0 calls <c>F_original</c>.
/// </param>
/// <param name="After">The rest of the file.</param>
public sealed record DropIn(string Before, string Definition, string After)
{
    /// <summary>Whether F is static: no other file can call it.</summary>
    public bool IsStatic { get; init; }

    /// <summary>What the definition and the loops call and nothing of the file is needed for; it goes before all parts.</summary>
    public string Helpers { get; init; } = "";

    /// <summary>The file's loops over arrays that do nothing but call F.</summary>
    public ImmutableArray<LoopByBlocks> Loops { get; init; } = [];

    /// <summary>
    /// Whether loops ask for blocks of rows: <c>F_answers_rows</c>, <c>F_answers_block(double *in, double *out, unsigned char *has, int rows)</c> and
    /// <c>F_answers_apart(to, size, from, size, rows)</c>.
    /// </summary>
    public bool AsksBlocks { get; private init; }

    /// <summary>The same file with its loops answered by blocks of rows.</summary>
    public DropIn ByBlocks() => Loops.IsEmpty ? this : this with { Before = Rewritten(Before, isBefore: true), After = Rewritten(After, isBefore: false), AsksBlocks = true };

    private string Rewritten(string text, bool isBefore)
    {
        foreach (LoopByBlocks loop in Loops.Where(l => l.IsBefore == isBefore).OrderByDescending(l => l.Start))
        {
            text = string.Concat(text.AsSpan(0, loop.Start), loop.Text, text.AsSpan(loop.End));
        }

        return text;
    }
}

/// <summary>A loop whose body is a call of F for a row of arrays.</summary>
/// <param name="Line">Of the loop, in the file.</param>
/// <param name="IsBefore">Whether it stands in <see cref="DropIn.Before"/>, else in <see cref="DropIn.After"/>.</param>
/// <param name="Start">Where in that part its body begins, in characters.</param>
/// <param name="Text">The body that answers a block of rows.</param>
public sealed record LoopByBlocks(int Line, bool IsBefore, int Start, int End, string Text);
