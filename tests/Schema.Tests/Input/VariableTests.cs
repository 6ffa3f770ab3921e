using System.Text.Json.Nodes;
using static System.Globalization.CultureInfo;

namespace Equaticket.Schema.Tests.Input;

/// <summary>Errors for a variable's value are the same as for a literal.</summary>
public sealed class VariableTests : ApiTest
{
    [Fact]
    public async Task A_whole_number_of_more_than_32_bits_is_an_id_in_either_form()
    {
        var asLiteral = await Org.Test.AskAsync("{ event(id: 99999999999) { id } }");
        var asVariable = await Org.Test.AskAsync(
            "query ($id: ID!) { event(id: $id) { id } }", new { id = 99_999_999_999 });
        Assert.Equal(("not_found", "not_found"), (asLiteral.ErrorCode, asVariable.ErrorCode));
    }

    [Theory]
    [InlineData("EventStatus", "events(filter: {{ status: {0} }}) {{ totalCount }}", "published", "\"published\"",
        "status", "This must be one of: DRAFT, PUBLISHED, CANCELLED.")]
    [InlineData("ID!", "event(id: {0}) {{ id }}", "[1]", "[1]", "id", "This must be a value of type ID.")]
    [InlineData("Int", "events(first: {0}) {{ totalCount }}", "true", "true", "first", "This must be a value of type Int.")]
    [InlineData("EventLookup!", "eventBy(lookup: {0}) {{ id }}", "{ id: \"x\", slug: \"y\" }",
        "{ \"id\": \"x\", \"slug\": \"y\" }", "lookup", "Provide exactly one of these fields.")]
    [InlineData("EventLookup!", "eventBy(lookup: {0}) {{ id }}", "5", "5", "lookup", "This must be an object.")]
    [InlineData("EventLookup!", "eventBy(lookup: {0}) {{ id }}", "null", "null", "lookup", "This is required.")]
    public async Task An_invalid_value_is_reported_the_same_way(
        string type, string field, string literal, string json, string param, string message)
    {
        var asLiteral = await Org.Test.AskAsync($"{{ {string.Format(InvariantCulture, field, literal)} }}");
        var name = $"${param}";
        var asVariable = await Org.Test.AskAsync(
            $"query ({name}: {type}) {{ {string.Format(InvariantCulture, field, name)} }}",
            new Dictionary<string, JsonNode?> { [param] = JsonNode.Parse(json) });
        foreach (var answer in new[] { asLiteral, asVariable })
        {
            answer.AssertRefused(400, "validation_error");
            Assert.Equal(param, answer.Param);
            Assert.Equal(message, answer.Json!["errors"]![0]!["message"].Text());
        }
    }
}
