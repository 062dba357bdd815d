// What the token CompNet reads: C tokens as numbers. A vocabulary of our own, small because programs are: names are told
// apart by the order in which they appear, numbers are spelt digit by digit.

using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Nsc.Core.Libm;
using Nsc.Core.Programs;

namespace Nsc.Core.Tokens;

/// <summary>C tokens as ids below <see cref="Size"/>.</summary>
public static class TokenVocabulary
{
    /// <summary>The most tokens of a program, its ranges included; what is longer is cut.</summary>
    public const int LongestProgram = 512;

    /// <summary>Fills up a shorter program's row.</summary>
    public const short Padding = 0;

    /// <summary>The first token, whose state emits the weights.</summary>
    public const short Start = 1;

    private const short Unknown = 2;
    private const short Range = 3;
    private const int NamesAtOnce = 64;
    private const int LongestNumber = 12;

    private const string NumberCharacters = "0123456789.ex";

    private static readonly string[] s_words =
    [
        "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum", "extern", "float", "for",
        "goto", "if", "inline", "int", "long", "register", "restrict", "return", "short", "signed", "sizeof", "static", "struct",
        "switch", "typedef", "union", "unsigned", "void", "volatile", "while", "_Bool", "bool", "size_t",
        "int8_t", "int16_t", "int32_t", "int64_t", "uint8_t", "uint16_t", "uint32_t", "uint64_t",
        "(", ")", "[", "]", "{", "}", ",", ";", ":", "?", "=", "+", "-", "*", "/", "%", "&", "|", "^", "~", "!", "<", ">", "<=", ">=",
        "==", "!=", "&&", "||", "<<", ">>", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "->", "#", "...",
        .. LibmTable.All.Where(f => f.IsToken).Select(f => f.Name), "abs", "labs",
    ];

    // After the special ids come the characters of numbers, then the words, then the names.
    private const int FirstCharacter = Range + 1;
    private static readonly int s_firstWord = FirstCharacter + NumberCharacters.Length;

    private static readonly FrozenDictionary<string, short> s_ids =
        s_words.Select((word, i) => (word, Id: (short)(s_firstWord + i))).ToFrozenDictionary(w => w.word, w => w.Id);

    /// <summary>The number of ids.</summary>
    public static int Size => s_firstWord + s_words.Length + NamesAtOnce;

    /// <summary>What each id stands for, as checkpoints name it.</summary>
    public static ImmutableArray<string> Names =>
    [
        "<padding>", "<start>", "<unknown>", "<range>", .. NumberCharacters.Select(c => $"<{c}>"), .. s_words,
        .. Enumerable.Range(1, NamesAtOnce).Select(i => $"<name {i}>"),
    ];

    /// <summary>The ids of tokens as written, at most <see cref="LongestProgram"/>.</summary>
    public static ImmutableArray<short> Encode(IEnumerable<string> spellings)
    {
        var ids = ImmutableArray.CreateBuilder<short>();
        var names = new Dictionary<string, int>();
        foreach (string spelling in spellings)
        {
            if (ids.Count >= LongestProgram)
            {
                break;
            }

            if (char.IsAsciiDigit(spelling[0]) || (spelling[0] == '.' && spelling.Length > 1 && char.IsAsciiDigit(spelling[1])))
            {
                AddNumber(spelling, ids);
            }
            else if (s_ids.TryGetValue(spelling, out short id) || s_ids.TryGetValue(WithoutSuffix(spelling), out id))
            {
                ids.Add(id);
            }
            else
            {
                ids.Add(IsName(spelling) ? IdOfName(spelling, names) : Unknown);
            }
        }

        return [.. ids.Take(LongestProgram)];
    }

    /// <summary>What the network reads: the start, each input's range, then the tokens.</summary>
    public static ImmutableArray<short> WithRanges(IEnumerable<InputVariable> inputs, ImmutableArray<short> tokens)
    {
        var ids = ImmutableArray.CreateBuilder<short>();
        ids.Add(Start);
        foreach (InputVariable input in inputs)
        {
            ids.Add(Range);
            AddRangeBound(input.Range.Low, ids);
            ids.Add(s_ids[","]);
            AddRangeBound(input.Range.High, ids);
        }

        ids.Add(Range);
        ids.AddRange(tokens);
        return [.. ids.Take(LongestProgram)];
    }

    private static void AddRangeBound(double bound, ImmutableArray<short>.Builder ids)
    {
        if (bound < 0)
        {
            ids.Add(s_ids["-"]);
        }

        AddNumber(Math.Abs(bound).ToString("G4", CultureInfo.InvariantCulture).ToLowerInvariant(), ids);
    }

    // Suffixes say nothing of the value, and the digits after the twelfth hardly anything.
    private static void AddNumber(string spelling, ImmutableArray<short>.Builder ids)
    {
        foreach (char c in spelling.ToLowerInvariant().TrimEnd('f', 'l', 'u').Take(LongestNumber))
        {
            int place = NumberCharacters.IndexOf(c, StringComparison.Ordinal);
            ids.Add(place < 0 ? Unknown : (short)(FirstCharacter + place));
        }
    }

    // sqrtf is sqrt to a reader.
    private static string WithoutSuffix(string word) => word.Length > 3 && word[^1] is 'f' or 'l' ? word[..^1] : word;

    private static bool IsName(string spelling) => char.IsAsciiLetter(spelling[0]) || spelling[0] == '_';

    private static short IdOfName(string name, Dictionary<string, int> names)
    {
        if (!names.TryGetValue(name, out int order))
        {
            names[name] = order = names.Count;
        }

        return (short)(s_firstWord + s_words.Length + (order % NamesAtOnce));
    }
}
