namespace Equaticket.Schema.Tests.Input;

/// <summary>A blank condition must not be ignored, or the list would contain everything.</summary>
public sealed class BlankConditionTests : ApiTest
{
    [Theory]
    [InlineData("events(filter: { slug: $ })", "slug")]
    [InlineData("eventBy(lookup: { slug: $ })", "slug")]
    [InlineData("orders(filter: { buyerEmail: $ })", "buyerEmail")]
    [InlineData("orders(filter: { orderNumber: $ })", "orderNumber")]
    [InlineData("attendees(filter: { email: $ })", "email")]
    [InlineData("attendees(filter: { ticketCode: $ })", "ticketCode")]
    public async Task A_blank_condition_is_refused(string field, string param)
    {
        foreach (var blank in new[] { "", " \t" })
        {
            var literal = await Org.Test.AskAsync(
                $"{{ {field.Replace("$", $"\"{blank}\"", StringComparison.Ordinal)} {{ __typename }} }}");
            var variable = await Org.Test.AskAsync(
                $"query ($text: String!) {{ {field.Replace("$", "$text", StringComparison.Ordinal)} {{ __typename }} }}",
                new { text = blank });
            Assert.Equal(("validation_error", param), (literal.ErrorCode, literal.Param?.Split('.')[^1]));
            Assert.Equal("validation_error", variable.ErrorCode);
        }
    }

    [Theory]
    [InlineData("nodes(ids: [$])")]
    [InlineData("node(id: $)")]
    [InlineData("__type(name: $)")]
    public async Task A_literal_that_is_not_valid_text_is_refused(string field)
    {
        foreach (var text in new[] { "\\u0000", "\\ud800" })
        {
            var answer = await Org.Test.AskAsync(
                $"{{ {field.Replace("$", $"\"{text}\"", StringComparison.Ordinal)} {{ __typename }} }}");
            answer.AssertRefused(400, "validation_error");
        }
    }

    [Fact]
    public async Task Ids_that_are_not_valid_text_are_refused_in_a_variable()
    {
        var answer = await Org.Test.AskAsync(
            "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }", new { ids = new[] { "\0" } });
        answer.AssertRefused(400, "validation_error");
    }
}
