// Names in generated code: no text ends its comment, and every name is an identifier.

using Nsc.Core.Surrogates;
using Nsc.Core.Text;
using Nsc.Export;
using Nsc.Export.Writing;
using Nsc.Tests.Core.Surrogates;

namespace Nsc.Tests.Export;

public class CommentTextTests
{
    [Theory]
    [InlineData("plain a / b * c ? d", "plain a / b * c ? d")]
    [InlineData("*/", "* /")]
    [InlineData("/*", "/ *")]
    [InlineData("/*/", "/ * /")]
    [InlineData("**//", "** //")]
    [InlineData("??/", "? ?/")]
    [InlineData("???", "? ? ?")]
    [InlineData(@"a\", "a<U+005C>")]
    [InlineData("a\nb", "a<U+000A>b")]
    public void A_text_cannot_leave_its_comment(string text, string written) => Assert.Equal(written, CommentText.Of(text));

    [Fact]
    public void Hostile_text_stays_on_its_line_of_a_comment() => Assert.All(HostileText.All, hostile =>
    {
        string[] lines = CExport.Write(SampleSurrogates.Linear([0], [1], 1), new ExportOptions(Notes: [hostile])).Split('\n');
        Assert.StartsWith("// ", lines[4], StringComparison.Ordinal);
        Assert.Equal(["", "#include <stddef.h>"], lines[5..7]);
        Assert.DoesNotContain('\\', lines[4]);
    });

    [Theory]
    [InlineData("f1", "f1")]
    [InlineData("a$b", "a$b")]
    [InlineData("f; int injected", "f__int_injected")]
    [InlineData("9", "_9")]
    [InlineData("", "_")]
    public void A_name_becomes_an_identifier(string name, string identifier) => Assert.Equal(identifier, CommentText.Identifier(name));

    [Fact]
    public void A_long_name_is_cut()
    {
        Assert.Equal($"_9{new string('x', TextRules.MaxName - 2)}", CommentText.Identifier($"9{new string('x', TextRules.MaxName - 1)}"));
        Assert.Equal(new string('x', TextRules.MaxName), CommentText.Identifier(new string('x', TextRules.MaxName)));
    }

    [Fact]
    public void A_hash_is_shown_by_its_first_digits()
    {
        Assert.Equal("0123456789abcdef", CommentText.Short("0123456789abcdef0123"));
        Assert.Equal("0123", CommentText.Short("0123"));
    }

    [Theory]
    [InlineData("sobel", "SobelSurrogate")]
    [InlineData("a$b", "A_bSurrogate")]
    [InlineData("_", "_Surrogate")]
    public void A_class_has_the_functions_name_with_a_capital(string function, string name) => Assert.Equal(name, CSharpExport.ClassName(function));
}
