// libclang runs inside this process, where a parser that overflows its stack or eats all memory takes us along. Text that
// could do that is first parsed by clang in a child process with limits; only what comes back whole is parsed here.

using System.Text.RegularExpressions;
using Nsc.FrontEnd.Sources;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Parsing;

internal static partial class ParseGuard
{
    /// <summary>Text on the path to one place of the tree that surely fits the stack: measured, 1,000 prefix operators do.</summary>
    private const int HarmlessNesting = 600;

    private const int HarmlessSize = 1 << 20;

    /// <summary>
    /// Whether a preprocessed text is so plain that no parser can choke on it: shallow, small, and without designators, which make
    /// arrays of any size.
    /// </summary>
    public static bool IsHarmless(SourceText source) =>
        source.Utf8.Length <= HarmlessSize
        && !ContinuedLine().IsMatch(source.Text)
        && !Designator().IsMatch(source.Text)
        && DeepestNesting(source.Utf8.Span) <= HarmlessNesting;

    /// <summary>Parses in a child process.</summary>
    /// <returns>Whether it ended by itself, with or without errors in the text.</returns>
    public static bool SurvivesTrial(SourceText source, IReadOnlyList<string> arguments, Toolchain toolchain)
    {
        ClangRun run = ClangProcess.Run(["-fsyntax-only", "-w", .. arguments], source, toolchain, []);
        return run.ExitCode is 0 or 1;
    }

    /// <summary>
    /// An upper bound of the syntax tree's depth: for each place, the bytes since the statement's start, plus the same
    /// for each bracket that is open there.
    /// </summary>
    private static int DeepestNesting(ReadOnlySpan<byte> text)
    {
        var enclosing = new Stack<int>();
        int current = 0, deepest = 0;
        for (int i = 0; i < text.Length; i++)
        {
            int end = EndOfOpaque(text, i);
            if (end > i)
            {
                current++;
                i = end;
                continue;
            }

            switch ((char)text[i])
            {
                case '(' or '[' or '{':
                    enclosing.Push(++current);
                    break;
                case ')' or ']':
                    current = enclosing.TryPop(out int outer) ? outer + 1 : current;
                    break;
                case '}':
                    current = enclosing.TryPop(out outer) ? outer + 1 : current;
                    current = EndsStatement(text[(i + 1)..], afterBrace: true) ? enclosing.FirstOrDefault() : current;
                    break;
                case ';' when EndsStatement(text[(i + 1)..], afterBrace: false):
                    current = enclosing.FirstOrDefault();
                    break;
                case ' ' or '\t' or '\r' or '\n':
                    break;
                default:
                    current++;
                    break;
            }

            deepest = Math.Max(deepest, current);
        }

        return deepest;
    }

    /// <summary>The index of the last byte of the comment or literal that starts here, or the index itself.</summary>
    public static int EndOfOpaque(ReadOnlySpan<byte> text, int start)
    {
        ReadOnlySpan<byte> rest = text[start..];
        if (rest.StartsWith("/*"u8))
        {
            int end = rest[2..].IndexOf("*/"u8);
            return end < 0 ? text.Length - 1 : start + end + 3;
        }

        if (rest.StartsWith("//"u8))
        {
            int end = rest.IndexOf((byte)'\n');
            return end < 0 ? text.Length - 1 : start + end - 1;
        }

        if (rest[0] is not ((byte)'"' or (byte)'\''))
        {
            return start;
        }

        int i = start + 1;
        while (i < text.Length && text[i] != rest[0] && text[i] != '\n')
        {
            i += text[i] == '\\' ? 2 : 1;
        }

        return Math.Min(i, text.Length - 1);
    }

    /// <summary>Whether what follows a semicolon or brace starts anew, rather than continuing with else or an operator.</summary>
    private static bool EndsStatement(ReadOnlySpan<byte> rest, bool afterBrace)
    {
        rest = rest.TrimStart(" \t\r\n"u8);
        bool continues = afterBrace && !rest.IsEmpty && !char.IsAsciiLetterOrDigit((char)rest[0]) && rest[0] is not ((byte)'}' or (byte)'_' or (byte)'#');
        return !continues && !rest.StartsWith("else"u8);
    }

    /// <summary>Line continuations, which could hide a comment's or literal's bounds from the scan.</summary>
    [GeneratedRegex(@"\\\r?\n")]
    private static partial Regex ContinuedLine();

    /// <summary>
    /// A bracket that no operand comes before, a member that none comes before, and ranges. An assignment to an element has its
    /// array before the bracket; a comment between the two makes it suspicious, never the other way round.
    /// </summary>
    [GeneratedRegex(@"[^\w\])""\s]\s*\[|[^\w\])\s.""]\s*\.\s*[A-Za-z_/\\]|\.\.\.\s*\d|<:")]
    private static partial Regex Designator();
}
