// The preprocessor directives of a text, as written, before any compiler has seen it: what the include policy, the
// parse guard and the nsc pragmas are decided on.

using System.Text;

namespace Nsc.FrontEnd.Clang;

/// <summary>One directive of a source text.</summary>
/// <param name="Name">Such as <c>include</c>; empty for a lone <c>#</c>.</param>
/// <param name="Text">What follows the name on the logical line: comments are blanks, continued lines are joined.</param>
/// <param name="Offsets">For each character of <paramref name="Text"/>, and its end, the byte offset in the source.</param>
internal sealed record Directive(string Name, int Offset, string Text, int[] Offsets);

/// <summary>Finds directives by a scan that knows comments, literals and continued lines, and nothing else of C.</summary>
internal sealed class DirectiveScanner
{
    private readonly ReadOnlyMemory<byte> _utf8;
    private int _position;

    private DirectiveScanner(ReadOnlyMemory<byte> utf8) => _utf8 = utf8;

    public static List<Directive> Scan(ReadOnlyMemory<byte> utf8) => new DirectiveScanner(utf8).Scan();

    private List<Directive> Scan()
    {
        var directives = new List<Directive>();
        bool atLineStart = true;
        while (_position < _utf8.Length)
        {
            byte c = Peek(0);
            if (TrySkipSplice() || TrySkipComment())
            {
                continue;
            }

            if (atLineStart && (c == '#' || (c == '%' && Peek(1) == ':')))
            {
                directives.Add(ReadDirective());
            }
            else if (c is (byte)'"' or (byte)'\'')
            {
                SkipLiteral(null, null);
                atLineStart = false;
            }
            else
            {
                atLineStart = c == '\n' || (atLineStart && IsBlank(c));
                _position++;
            }
        }

        return directives;
    }

    private Directive ReadDirective()
    {
        int start = _position;
        _position += Peek(0) == '#' ? 1 : 2;
        var text = new StringBuilder();
        var offsets = new List<int>();
        while (_position < _utf8.Length && Peek(0) != '\n')
        {
            byte c = Peek(0);
            int before = _position;
            if (TrySkipSplice())
            {
                continue;
            }

            if (TrySkipComment())
            {
                Append(text, offsets, ' ', before);
            }
            else if (c is (byte)'"' or (byte)'\'')
            {
                SkipLiteral(text, offsets);
            }
            else
            {
                Append(text, offsets, (char)c, _position++);
            }
        }

        offsets.Add(_position);
        return Split(start, text.ToString(), [.. offsets]);
    }

    private static Directive Split(int start, string line, int[] offsets)
    {
        int nameStart = 0;
        while (nameStart < line.Length && IsBlank(line[nameStart]))
        {
            nameStart++;
        }

        int nameEnd = nameStart;
        while (nameEnd < line.Length && (char.IsAsciiLetterOrDigit(line[nameEnd]) || line[nameEnd] == '_'))
        {
            nameEnd++;
        }

        return new Directive(line[nameStart..nameEnd], start, line[nameEnd..], offsets[nameEnd..]);
    }

    /// <summary>Skips a string or character literal; an unterminated one ends with its line.</summary>
    private void SkipLiteral(StringBuilder? text, List<int>? offsets)
    {
        byte quote = Peek(0);
        do
        {
            if (TrySkipSplice())
            {
                continue;
            }

            int length = Peek(0) == '\\' && Peek(1) != '\n' ? 2 : 1;
            for (int end = Math.Min(_position + length, _utf8.Length); _position < end; _position++)
            {
                if (text is not null)
                {
                    Append(text, offsets!, (char)Peek(0), _position);
                }
            }
        }
        while (_position < _utf8.Length && Peek(0) != quote && Peek(0) != '\n');

        if (Peek(0) == quote)
        {
            if (text is not null)
            {
                Append(text, offsets!, (char)quote, _position);
            }

            _position++;
        }
    }

    private bool TrySkipSplice()
    {
        int length = Peek(0) != '\\' ? 0 : Peek(1) == '\n' ? 2 : Peek(1) == '\r' && Peek(2) == '\n' ? 3 : 0;
        _position += length;
        return length > 0;
    }

    private bool TrySkipComment()
    {
        if (Peek(0) != '/' || Peek(1) is not ((byte)'/' or (byte)'*'))
        {
            return false;
        }

        bool isBlock = Peek(1) == '*';
        _position += 2;
        while (_position < _utf8.Length && !(isBlock ? Peek(0) == '*' && Peek(1) == '/' : Peek(0) == '\n'))
        {
            if (!TrySkipSplice())
            {
                _position++;
            }
        }

        _position = Math.Min(_position + (isBlock ? 2 : 0), _utf8.Length);
        return true;
    }

    private static void Append(StringBuilder text, List<int> offsets, char c, int offset)
    {
        text.Append(c);
        offsets.Add(offset);
    }

    private static bool IsBlank(int c) => c is ' ' or '\t' or '\r' or '\v' or '\f';

    private byte Peek(int ahead) => _position + ahead < _utf8.Length ? _utf8.Span[_position + ahead] : (byte)0;
}
