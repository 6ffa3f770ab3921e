using Equaticket.Engine.Errors;
using Equaticket.Engine.Scalars;
using GraphQLParser;
using GraphQLParser.AST;

namespace Equaticket.Schema.Tests.Scalars;

public sealed class MetadataTypeTests
{
    private static readonly MetadataGraphType Type = new();

    [Fact]
    public void Pairs_are_read_from_literals_and_variables()
    {
        var literal = Read("""{ seat: "A 1", gone: null }""");
        var variable = Type.ParseValue(
            new Dictionary<string, object?> { ["seat"] = "A 1", ["gone"] = null });
        Assert.Equal(Assert.IsType<Dictionary<string, string?>>(literal), variable);
        Assert.Null(Read("null"));
        Assert.Null(Type.ParseValue(null));
    }

    [Theory]
    [InlineData("{ a: 1 }")]
    [InlineData("{ a: true }")]
    [InlineData("{ a: [] }")]
    [InlineData("{ a: { b: \"c\" } }")]
    [InlineData("{ a: $b }")]
    [InlineData("{ a: \"1\", a: \"2\" }")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("1")]
    public void Only_an_object_of_strings_is_metadata(string literal) =>
        Assert.Throws<InvalidInputException>(() => Read(literal));

    [Fact]
    public void Keys_have_1_to_40_characters_and_values_up_to_500()
    {
        Assert.NotNull(Pair(new string('k', 40), new string('v', 500)));
        Assert.NotNull(Pair("\U0001F3AB", ""));
        Assert.Throws<InvalidInputException>(() => Pair("", "v"));
        Assert.Throws<InvalidInputException>(() => Pair(new string('k', 41), "v"));
        Assert.Throws<InvalidInputException>(() => Pair("k", new string('v', 501)));
        Assert.Throws<InvalidInputException>(() => Pair("k\0", "v"));
        Assert.Throws<InvalidInputException>(() => Pair("k", "\0"));
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("\u200b\ufeff")]
    [InlineData("a\nb")]
    [InlineData("a\u0007")]
    [InlineData("a\u2029b")]
    public void A_key_is_a_single_line_that_is_not_blank(string key)
    {
        Assert.Throws<InvalidInputException>(() => Pair(key, "v"));
        Assert.NotNull(Pair("k", key));
    }

    [Fact]
    public void At_most_50_pairs_are_accepted()
    {
        Assert.NotNull(Type.ParseValue(Pairs(50)));
        Assert.Throws<InvalidInputException>(() => Type.ParseValue(Pairs(51)));
    }

    private static Dictionary<string, object?> Pairs(int count) =>
        Enumerable.Range(0, count).ToDictionary(n => $"key {n}", object? (_) => "value");

    private static object? Pair(string key, string value) =>
        Type.ParseValue(new Dictionary<string, object?> { [key] = value });

    private static object? Read(string literal) =>
        Type.ParseLiteral(Parser.Parse<GraphQLValue>(literal));
}
