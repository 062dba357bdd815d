// What the strings of our files may be, up to their longest.

using Nsc.Core.Text;

namespace Nsc.Tests.Core.Text;

public class TextRulesTests
{
    private static readonly string s_hash = string.Concat(Enumerable.Repeat("0123456789abcdef", 4));

    [Fact]
    public void Names_have_at_most_256_characters()
    {
        string longest = new('x', 256);
        Assert.True(TextRules.IsIdentifier(longest) && TextRules.IsVariable(longest) && TextRules.IsFileName(longest));
        Assert.False(TextRules.IsIdentifier(longest + "x") || TextRules.IsVariable($"{longest}.y") || TextRules.IsFileName(longest + "x"));
    }

    [Theory]
    [InlineData("größe", true)]
    [InlineData("𝑓𝑥", true)]
    [InlineData("x1$_", true)]
    [InlineData("a\u0301", true)]
    [InlineData("\u0301a", false)]
    [InlineData("1x", false)]
    [InlineData("😀", false)]
    [InlineData("a\ud835", false)]
    [InlineData("a b", false)]
    [InlineData("", false)]
    public void Identifiers_have_letters_of_any_script(string text, bool isOne) => Assert.Equal(isOne, TextRules.IsIdentifier(text));

    [Theory]
    [InlineData("1.4.0-beta+3", true)]
    [InlineData("Z", true)]
    [InlineData("", false)]
    [InlineData("1 0", false)]
    [InlineData("1/0", false)]
    [InlineData("\u0661", false)]
    public void Versions_are_letters_digits_dots_and_signs(string text, bool isOne) => Assert.Equal(isOne, TextRules.IsVersion(text));

    [Fact]
    public void Versions_have_at_most_64_characters() => Assert.Equal((true, false), (TextRules.IsVersion(new string('1', 64)), TextRules.IsVersion(new string('1', 65))));

    [Fact]
    public void A_hash_is_64_lower_case_digits()
    {
        Assert.True(TextRules.IsHash(s_hash));
        Assert.All([s_hash[1..], s_hash + "0", s_hash.ToUpperInvariant(), s_hash[1..] + "g", ""], text => Assert.False(TextRules.IsHash(text)));
    }

    [Theory]
    [InlineData("compnet.safetensors", true)]
    [InlineData("with spaces, and commas", true)]
    [InlineData("", false)]
    [InlineData("a/b", false)]
    [InlineData("a\nb", false)]
    public void A_file_name_has_no_folder(string text, bool isOne) => Assert.Equal(isOne, TextRules.IsFileName(text));

    [Fact]
    public void A_path_may_be_empty_and_has_at_most_4096_characters_on_one_line()
    {
        Assert.True(TextRules.IsPath("") && TextRules.IsPath("/a b/c.c") && TextRules.IsPath(new string('x', 4096)));
        Assert.False(TextRules.IsPath(new string('x', 4097)) || TextRules.IsPath("a\nb"));
    }

    [Theory]
    [InlineData("x[0][12]", true)]
    [InlineData("x[0].y", true)]
    [InlineData("x]", false)]
    [InlineData("[0]", false)]
    [InlineData("x[0][]", false)]
    [InlineData("x[0].", false)]
    [InlineData("9[0]", false)]
    [InlineData("x[a]", false)]
    [InlineData("", false)]
    public void Subscripts_are_whole_numbers_behind_a_name(string text, bool isOne) => Assert.Equal(isOne, TextRules.IsVariable(text));

    [Theory]
    [InlineData("a\u0661", true)] // A digit of another script.
    [InlineData("a\u0903", true)] // A mark that goes on with a letter.
    [InlineData("\u0903a", false)]
    [InlineData("\u0661a", false)]
    [InlineData("a\u2019", false)]
    [InlineData("a~", false)]
    [InlineData("[", false)]
    [InlineData("a\u007f", false)]
    public void What_an_identifier_begins_with_is_no_digit_or_mark_of_any_script(string text, bool isOne) => Assert.Equal(isOne, TextRules.IsIdentifier(text));
}
