using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Equaticket.RestFacade.OpenApi;
using Equaticket.RestFacade.Operations;
using Equaticket.RestFacade.Routing;
using GraphQL.Types;

namespace Equaticket.RestFacade.Tests.OpenApi;

/// <summary>Compares the committed <c>openapi.json</c> with its sources.</summary>
public sealed partial class OpenApiFileTests : ApiTest
{
    private static readonly string Committed = File.ReadAllText(Repository.File("openapi.json"));

    private static readonly JsonNode Document = JsonNode.Parse(Committed)!;

    private static IEnumerable<(string Path, string Method, JsonNode Operation)> Operations =>
        Document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(
            method => (path.Key, method.Key.ToUpperInvariant(), method.Value!)));

    /// <summary>References to the schemas of all request bodies.</summary>
    private static IReadOnlyList<string> Bodies { get; } =
    [
        .. Operations
            .Select(operation => operation.Operation["requestBody"]?["content"]?["application/json"]?["schema"])
            .OfType<JsonNode>()
            .Select(schema => (string)schema["$ref"]!),
    ];

    [Fact]
    public void The_committed_file_matches_the_code()
    {
        var derived = ApiDocument.Text(
            Host.Get<OperationCatalog>(), Host.Get<ISchema>(), ApiDocument.PublicServer);
        Assert.True(
            Committed == derived,
            "openapi.json is stale. Refresh it: ./equaticket openapi export openapi.json");
    }

    [Fact]
    public void Every_route_is_an_operation_and_every_operation_a_route() => Assert.Equal(
        RouteTable.Routes.Select(route => (route.Template, route.Method, route.Operation)),
        Operations.Select(operation => (
            operation.Path, operation.Method, (string)operation.Operation["operationId"]!)));

    [Fact]
    public void Every_operation_documents_its_success_and_no_other()
    {
        var documented = Operations.Select(operation =>
            operation.Operation["responses"]!.AsObject().Single(r => r.Key.StartsWith('2')).Key);
        Assert.Equal(RouteTable.Routes.Select(route => $"{route.Status}"), documented);
    }

    [Fact]
    public void An_operation_is_public_or_documents_who_may_call_it() => Assert.All(
        RouteTable.Routes.Zip(Operations), pair =>
        {
            var (route, (_, _, operation)) = pair;
            var ways = operation["security"]!.AsArray().Select(way => way!.AsObject().Single().Key);
            Assert.Equal(route.IsPublic, !ways.Any());
            Assert.Equal(
                ways.Contains("apiKey"), operation["x-required-scopes"]!.AsArray().Count > 0);
        });

    [Fact]
    public void A_patch_documents_what_can_be_cleared()
    {
        var members = Document["components"]!["schemas"]!["UpdateEventRequest"]!["properties"]!;
        Assert.Equal("string", (string?)members["title"]!["type"]);
        Assert.Equal(["null", "string"], members["description"]!["type"]!.AsArray().Select(Text));
    }

    [Fact]
    public void The_server_in_the_file_is_the_public_one() =>
        Assert.Equal("https://app.equaticket.com", (string?)Document["servers"]!.AsArray().Single()!["url"]);

    [Fact]
    public void Requests_allow_no_additional_properties_and_responses_do() => Assert.All(
        ObjectSchemas(Document["components"]!["schemas"]!), schema =>
        {
            var isSent = schema.Path.EndsWith("Input", StringComparison.Ordinal)
                || Bodies.Contains($"#/components/schemas/{schema.Path}");
            Assert.Equal(isSent ? "false" : null, schema.Node["additionalProperties"]?.ToJsonString());
            Assert.Null(schema.Node["unevaluatedProperties"]);
        });

    [Fact]
    public void Every_summary_is_an_imperative_of_a_few_words() => Assert.All(Operations, operation =>
    {
        var summary = (string)operation.Operation["summary"]!;
        var verb = Verb().Match((string)operation.Operation["operationId"]!).Value;
        Assert.StartsWith($"{verb} ", summary, StringComparison.Ordinal);
        Assert.InRange(summary.Length, 1, 50);
        Assert.DoesNotMatch("[.,;:]", summary);
    });

    [Fact]
    public void Every_section_has_a_description() => Assert.All(
        Document["tags"]!.AsArray(), tag => Assert.NotEmpty((string)tag!["description"]!));

    [Fact]
    public void Descriptions_name_only_what_REST_has()
    {
        var known = Names(Document).ToHashSet();
        Assert.All(
            Named().Matches(Committed).Select(name => name.Groups["name"].Value),
            name => Assert.Contains(name, known));
    }

    [Fact]
    public void Lists_document_the_limits_that_are_enforced()
    {
        var requests = Document["components"]!["schemas"]!.AsObject()
            .Where(schema => Bodies.Contains($"#/components/schemas/{schema.Key}"))
            .SelectMany(schema => schema.Value!["properties"]!.AsObject().Select(
                property => ($"{schema.Key}.{property.Key}", Rules: property.Value!)))
            .Where(property => property.Rules["items"] is not null)
            .Select(property => $"{property.Item1} {property.Rules["minItems"]} "
                + $"{property.Rules["maxItems"]} {property.Rules["uniqueItems"]}");
        Assert.Equal(
            [
                "CreateApiKeyRequest.scopes 1  ",
                "CreateWebhookRequest.events 1  true",
                "SimulateOrderRequest.items 1 20 ",
                "SimulateRefundRequest.attendee_ids 1  true",
                "UpdateWebhookRequest.events 1  true",
            ],
            requests);
    }

    [Fact]
    public void Descriptions_of_ids_do_not_compare_with_another_API() => Assert.DoesNotContain(
        "as in REST", Document.ToJsonString(), StringComparison.Ordinal);

    [Fact]
    public void It_uses_only_REST_terms() => Assert.DoesNotContain(
        "GraphQL", Document.ToJsonString(), StringComparison.OrdinalIgnoreCase);

    private static string? Text(JsonNode? node) => (string?)node;

    /// <summary>The object schemas under a node, each with the name of the component that contains it.</summary>
    private static IEnumerable<(string Path, JsonNode Node)> ObjectSchemas(JsonNode components) =>
        components.AsObject().SelectMany(component => Descendants(component.Value!)
            .Where(node => node["properties"] is JsonObject && node["type"] is not null)
            .Select(node => (component.Key, (JsonNode)node)));

    private static IEnumerable<JsonObject> Descendants(JsonNode node) => node switch
    {
        JsonObject members =>
        [
            members,
            .. members.Where(member => member.Key is not "examples").Select(member => member.Value)
                .OfType<JsonNode>().SelectMany(Descendants),
        ],
        JsonArray items => items.OfType<JsonNode>().SelectMany(Descendants),
        _ => [],
    };

    /// <summary>All member names in the document, and all values of enums and names.</summary>
    private static IEnumerable<string> Names(JsonNode node) => Descendants(node)
        .SelectMany(members => members.Select(member => member.Key)
            .Concat((members["enum"] as JsonArray ?? []).Select(value => (string)value!))
            .Concat(members["name"] is JsonValue name ? [(string)name!] : []));

    [GeneratedRegex("^[A-Z][a-z]+")]
    private static partial Regex Verb();

    [GeneratedRegex("`(?<name>[a-z]+(_[a-z]+)+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Named();
}
