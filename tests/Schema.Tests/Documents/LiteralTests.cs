namespace Equaticket.Schema.Tests.Documents;

public sealed class LiteralTests : ApiTest
{
    private const string Grin = "\U0001F600";

    [Theory]
    [InlineData(Grin)]
    [InlineData("""\uD83D\uDE00""")]
    public async Task A_character_beyond_the_basic_plane_is_read_from_a_literal(string literal)
    {
        var made = await Org.Test.DataAsync(Document($"\"{literal}\""));
        Assert.Equal(Grin, made["createEvent"]!["title"].Text());
    }

    [Fact]
    public async Task A_character_beyond_the_basic_plane_is_read_from_a_variable()
    {
        var made = await Org.Test.DataAsync(
            $"mutation ($title: String!) {Document("$title")["mutation ".Length..]}", new { title = Grin });
        Assert.Equal(Grin, made["createEvent"]!["title"].Text());
    }

    /// <remarks>The parser does not support this escape, as documented in docs/graphql.md.</remarks>
    [Fact]
    public async Task An_escape_in_braces_is_refused() =>
        (await Org.Test.AskAsync(Document("""
            "\u{1F600}"
            """))).AssertRefused(400, "validation_error");

    private static string Document(string title) =>
        $$"""
        mutation { createEvent(input: { title: {{title}}, timezone: "UTC", currency: "usd",
          startsAt: "2099-01-01T00:00:00Z" }) { title } }
        """;
}
