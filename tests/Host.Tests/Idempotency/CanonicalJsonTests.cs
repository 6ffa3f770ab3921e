using System.Text.Json;
using Equaticket.Schema.Execution;

namespace Equaticket.Host.Tests.Idempotency;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("-0", "0")]
    [InlineData("1.0", "1")]
    [InlineData("1e2", "100")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("""{ "b": [1, 2], "a": "\u0041" }""", """{"a":"A","b":[1,2]}""")]
    public void Equal_values_have_the_same_canonical_form(string json, string canonical)
    {
        using var document = JsonDocument.Parse(json);
        Assert.Equal(canonical, CanonicalJson.Write(document.RootElement));
    }
}
