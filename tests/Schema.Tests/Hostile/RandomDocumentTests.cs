using System.Text.Json;
using CsCheck;

namespace Equaticket.Schema.Tests.Hostile;

/// <summary>Every request gets a response that conforms to the specification, and never a 5xx.</summary>
public sealed class RandomDocumentTests : ApiTest
{
    private const int Seconds = 10;

    private static readonly Gen<string> Value = Gen.OneOf(
        Gen.OneOf(
            "null", "true", "-1", "0", "1", "100", "101", "25.0", "1e400", "2147483648",
            "9223372036854775808", "99999999999999999999999999", "\"\"", "\" \"", "\"x\"",
            "\"2099-01-01T00:00:00Z\"", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.999999Z\"",
            "\"usd\"", "\"UTC\"", "\"\\u0000\"", "\"\\uD800\"", "\"\\uD83C\\uDFAB\"", "[]", "[[]]",
            "[1, \"a\", null]", "{}", "{ a: 1 }", "{ a: \"b\" }", "DRAFT", "NOT_A_STATUS", "$v", "$w",
            "\"\"\"block \"\"\"", "\"00000000-0000-0000-0000-000000000000\"",
            "\"eyJjcmVhdGVkX2F0IjoiMDAwMS0wMS0wMVQwMDowMDowMFoiLCJpZCI6IjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMCJ9\""),
        Gen.String[0, 8].Select(text => JsonSerializer.Serialize(text)));

    private static readonly Gen<string> Arguments = Gen.Select(
        Gen.OneOf(
            "id", "ids", "eventId", "orgSlug", "slug", "first", "last", "after", "before", "filter",
            "input", "if", "name"),
        Value,
        (name, value) => $"{name}: {value}").Array[0, 4]
        .Select(arguments => arguments.Length == 0 ? "" : $"({string.Join(", ", arguments)})");

    private static readonly Gen<string> Input = Gen.Select(
        Gen.OneOf(
            "title", "timezone", "startsAt", "endsAt", "currency", "slug", "metadata", "name",
            "price", "quantityTotal", "minPerOrder", "maxPerOrder", "position", "salesStartAt",
            "status", "createdAfter", "updatedSince"),
        Value,
        (name, value) => $"{name}: {value}").Array[0, 8]
        .Select(fields => $"{{ {string.Join(", ", fields)} }}");

    private static readonly Gen<string> Field = Gen.OneOf(
        Gen.OneOf(
            "__typename", "id", "title", "mode", "totalCount", "cursor", "status", "price",
            "nodes { id }", "edges { cursor node { id } }", "pageInfo { endCursor hasNextPage }",
            "ticketTypes { nodes { id status } totalCount }", "viewer { mode organization { slug } }",
            "events { totalCount nodes { id ticketTypes { totalCount } } }", "...F", "... { id }",
            "... on Event { title }", "... on TicketType @skip(if: $v) { name }",
            "__schema { types { name } }", "__type(name: \"Event\") { name }"),
        Gen.Select(
            Gen.OneOf(
                "event", "events", "ticketType", "node", "nodes", "publicEvent", "publicEvents",
                "createEvent", "updateEvent", "createTicketType", "updateTicketType",
                "deleteTicketType", "publishEvent", "cancelEvent", "a: ticketTypes", "__type"),
            Arguments,
            Gen.OneOf("", " { id }", " { nodes { id } }", " { __typename }", " @include(if: $w) { id }"),
            (name, arguments, below) => name + arguments + below),
        Input.Select(input => $"createEvent(input: {input}) {{ id slug }}"),
        Input.Select(input => $"events(filter: {input}) {{ totalCount nodes {{ id }} }}"),
        Input.Select(input => $"updateEvent(id: $v, input: {input}) {{ id }}"));

    private static readonly Gen<string> Document = Gen.OneOf(
        Gen.Select(
            Gen.OneOf(
                "", "query ", "mutation ", "query ($v: ID!) ", "mutation ($v: ID!, $w: Boolean) ",
                "query ($v: Int, $w: [String!] = []) ", "query ($v: EventFilter, $w: Metadata) ",
                "query ($v: Boolean!, $w: Boolean! = true) ", "mutation ($v: CreateEventInput!) ",
                "query ($v: DateTime, $w: Money) ", "subscription "),
            Field.Array[1, 4],
            Gen.OneOf("", " fragment F on Query { __typename }", " fragment F on Event { id }"),
            (head, fields, tail) => $"{head}{{ {string.Join(' ', fields)} }}{tail}"),
        Gen.String[0, 60]);

    private static readonly Gen<string> Body = Gen.Select(
        Document, Value, Value, Gen.Bool, (document, v, w, isValid) =>
        {
            var variables = $"{{\"v\":{AsJson(v)},\"w\":{AsJson(w)}}}";
            return $"{{\"query\":{JsonSerializer.Serialize(document)}"
                + (isValid ? $",\"variables\":{variables}}}" : $",\"variables\":{AsJson(v)}}}");
        });

    [Fact]
    public void No_request_causes_a_server_error() => Body.Sample(
        body => Check(
            Org.Test.SendAsync(HttpMethod.Post, "/graphql", body, Asking.Accept)
                .GetAwaiter().GetResult(),
            body),
        time: Seconds,
        threads: 2);

    private static void Check(ApiResponse answer, string body)
    {
        var said = $"{answer.Status} {answer.Body}\nfor {body}";
        Assert.True(answer.Status is >= 200 and < 500, said);
        var codes = (answer.Json!["errors"]?.AsArray() ?? [])
            .Select(error => error!["extensions"]!["code"].Text()).ToList();
        Assert.False(codes.Contains("internal_error", StringComparer.Ordinal), said);
        Assert.False(codes.Contains("unavailable", StringComparer.Ordinal), said);
        Assert.True(answer.Json["data"] is not null || codes.Count > 0, said);
    }

    /// <summary>The literal if it is valid JSON; otherwise the literal as a JSON string.</summary>
    private static string AsJson(string literal)
    {
        try
        {
            using var json = JsonDocument.Parse(literal);
            return literal;
        }
        catch (JsonException)
        {
            return JsonSerializer.Serialize(literal);
        }
    }
}
