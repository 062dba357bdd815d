using Nsc.Core.Programs;
using Nsc.Core.Tokens;

namespace Nsc.Tests.Core.Tokens;

public class TokenVocabularyTests
{
    [Fact]
    public void Renaming_changes_nothing_and_swapping_names_does()
    {
        var ids = TokenVocabulary.Encode(["double", "f", "(", "double", "x", ")", "{", "return", "x", "-", "y", ";", "}"]);
        Assert.Equal(ids, TokenVocabulary.Encode(["double", "g", "(", "double", "speed", ")", "{", "return", "speed", "-", "w", ";", "}"]));
        Assert.NotEqual(ids, TokenVocabulary.Encode(["double", "f", "(", "double", "x", ")", "{", "return", "y", "-", "x", ";", "}"]));
    }

    [Fact]
    public void Numbers_are_spelt_and_their_suffixes_ignored()
    {
        Assert.Equal(TokenVocabulary.Encode(["1.5f"]), TokenVocabulary.Encode(["1.5"]));
        Assert.Equal(3, TokenVocabulary.Encode(["1.5"]).Length);
        Assert.NotEqual(TokenVocabulary.Encode(["1.5"]), TokenVocabulary.Encode(["15."]));
    }

    [Fact]
    public void A_float_function_is_read_as_its_double_sibling() =>
        Assert.Equal(TokenVocabulary.Encode(["sqrt"]), TokenVocabulary.Encode(["sqrtf"]));

    [Fact]
    public void Ranges_come_first_and_long_programs_are_cut()
    {
        InputVariable[] inputs = [new("x", ScalarKind.Double, new Interval(-2, 10))];
        var ids = TokenVocabulary.WithRanges(inputs, TokenVocabulary.Encode(Enumerable.Repeat("x", 1000)));
        Assert.Equal(TokenVocabulary.Start, ids[0]);
        Assert.Equal(TokenVocabulary.LongestProgram, ids.Length);
        Assert.NotEqual(ids, TokenVocabulary.WithRanges([inputs[0] with { Range = new Interval(2, 10) }], TokenVocabulary.Encode(Enumerable.Repeat("x", 1000))));
    }

    [Fact]
    public void Every_id_is_below_the_vocabularys_size()
    {
        var ids = TokenVocabulary.Encode(Enumerable.Range(0, 200).Select(i => $"name{i}").Concat(["@", "\"text\"", "'c'", "0x1Fu"]));
        Assert.All(ids, id => Assert.InRange(id, 0, TokenVocabulary.Size - 1));
    }
}
