using Equaticket.Schema.ApiKeys;

namespace Equaticket.Schema.Tests.ApiKeys;

public sealed class Base62Tests
{
    [Theory]
    [InlineData(0, "0000")]
    [InlineData(61, "000z")]
    [InlineData(62, "0010")]
    [InlineData(14_776_335, "zzzz")]
    [InlineData(14_776_336, "0000")]
    public void A_number_is_padded_and_loses_the_digits_that_do_not_fit(long value, string text) =>
        Assert.Equal(text, Write(value, text.Length));

    [Fact]
    public void Texts_sort_as_their_numbers()
    {
        string[] texts = [.. Enumerable.Range(0, 5_000).Select(i => Write(i * 37L, 4))];
        Assert.Equal(texts.Order(StringComparer.Ordinal), texts);
    }

    private static string Write(long value, int length)
    {
        Span<char> text = stackalloc char[length];
        Base62.Write((ulong)value, text);
        return new string(text);
    }
}
