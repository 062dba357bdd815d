// Whatever a string holds, what is shown of it is one harmless line.

using Nsc.Core.Text;

namespace Nsc.Tests.Core.Text;

public class PrintableTextTests
{
    [Theory]
    [InlineData("plain text, \"quoted\" \\ and all")]
    [InlineData("\u00e9t\u00e9 \u03b1 \u6570 \U0001F600")]
    [InlineData("")]
    public void What_can_be_shown_stays(string text)
    {
        Assert.Same(text, PrintableText.OneLine(text));
        Assert.Same(text, PrintableText.Lines(text));
    }

    [Theory]
    [InlineData("\u001b[31m", "<U+001B>[31m")]
    [InlineData("a\nb", "a<U+000A>b")]
    [InlineData("\u202e\u2028\u0085\u007f\ue000", "<U+202E><U+2028><U+0085><U+007F><U+E000>")]
    [InlineData("\U000E0001", "<U+E0001>")]
    public void What_cannot_be_shown_is_spelled_out(string text, string shown) => Assert.Equal(shown, PrintableText.OneLine(text));

    [Fact]
    public void Half_a_character_is_spelled_out()
    {
        Assert.Equal("<U+D83D>x", PrintableText.OneLine("\ud83dx"));
        Assert.Equal("x<U+DE00>", PrintableText.OneLine("x\ude00"));
    }

    [Fact]
    public void Layout_stays_where_it_is_our_own()
    {
        Assert.Equal("a\n\tb<U+000D>", PrintableText.Lines("a\n\tb\r"));
        Assert.All(HostileText.All, text => Assert.True(PrintableText.IsOneLine(PrintableText.OneLine(text))));
    }

    [Theory]
    [InlineData("x", true)]
    [InlineData("_a$9", true)]
    [InlineData("\u03b1", true)]
    [InlineData("e\u0301", true)]
    [InlineData("\u0301e", false)]
    [InlineData("9x", false)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a\u200bb", false)]
    [InlineData("a;b", false)]
    public void Identifiers_are_letters_and_digits_of_any_script(string text, bool isOne) => Assert.Equal(isOne, TextRules.IsIdentifier(text));

    [Theory]
    [InlineData("x", true)]
    [InlineData("p[3]", true)]
    [InlineData("ray.origin[2][0].y.next", true)]
    [InlineData("x[", false)]
    [InlineData("x[]", false)]
    [InlineData("x[1]2", false)]
    [InlineData(".x", false)]
    [InlineData("x.", false)]
    [InlineData("x[1", false)]
    [InlineData("x[-1]", false)]
    public void Variables_are_identifiers_with_members_and_subscripts(string text, bool isOne) => Assert.Equal(isOne, TextRules.IsVariable(text));
}
