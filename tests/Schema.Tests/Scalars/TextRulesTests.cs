using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;

namespace Equaticket.Schema.Tests.Scalars;

public sealed class TextRulesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("line\nbreak\ttab \u0001")]
    [InlineData("e\u0301 \U0001F3AB \uFFFD")]
    public void Valid_text_is_accepted(string text) => Assert.Same(text, TextRules.Sound(text));

    /// <remarks>Not a theory: an attribute cannot contain an unpaired surrogate.</remarks>
    [Fact]
    public void U_0000_and_unpaired_surrogates_are_refused()
    {
        string[] broken = ["a\0b", "\0", "\uD83C", "\uDFAB", "a\uD83Cb", "\uDFAB\uD83C"];
        Assert.All(broken, text =>
        {
            Assert.False(TextRules.IsSound(text));
            Assert.Throws<InvalidInputException>(() => TextRules.Sound(text));
        });
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("\U0001F3AB\U0001F3AB", 2)]
    [InlineData("e\u0301", 2)]
    public void Length_counts_code_points(string text, int length) =>
        Assert.Equal(length, TextRules.Length(text));
}
